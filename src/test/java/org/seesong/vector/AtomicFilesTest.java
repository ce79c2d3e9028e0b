package org.seesong.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFilesTest {
  @TempDir Path folder;

  @Test
  void aFileIsWrittenReplacedAndLeavesNothingElse() throws IOException {
    Path file = folder.resolve("answer.json");
    AtomicFiles.write(file, new byte[] {1, 2, 3});
    AtomicFiles.write(file, new byte[] {4});
    assertThat(Files.readAllBytes(file)).containsExactly(4);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void afterAFailureTheOldContentIsThereAndNoTemporaryFile() throws IOException {
    Path occupied = Files.createDirectories(folder.resolve("taken/inside")).getParent();
    assertThatThrownBy(() -> AtomicFiles.write(occupied, new byte[] {1}))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("cannot write " + occupied + ": ");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(occupied);
    }
  }
}
