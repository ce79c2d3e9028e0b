package org.seesong.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessorKindTest {
  @TempDir Path folder;

  @Test
  void namesWhatEnginesHaveKernelsFor() throws IOException {
    Path file = folder.resolve("cpuinfo");
    Files.write(
        file,
        List.of(
            "processor : 0",
            "flags\t\t: fpu sse2 avx avx2 avx512f avx512_vnni",
            "flags\t\t: fpu amx_int8"));
    assertThat(ProcessorKind.instructions(file)).isEqualTo(" avx2 avx512f avx512_vnni");
    Files.writeString(file, "Features\t: fp asimd sve");
    assertThat(ProcessorKind.instructions(file)).isEqualTo(" asimd sve");
    Files.writeString(file, "nothing that is known");
    assertThat(ProcessorKind.instructions(file)).isEmpty();
    assertThat(ProcessorKind.instructions(folder.resolve("none"))).isEmpty();
    assertThat(ProcessorKind.own()).startsWith(System.getProperty("os.arch"));
  }
}
