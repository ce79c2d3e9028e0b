package org.seesong.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seesong.vector.FloatMatrix;

class EmbeddingFileTest {
  private static final FloatMatrix MATRIX = FloatMatrix.zeros(3000, 8);

  @TempDir Path folder;

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void aResultThatCannotBeWrittenDoesNotCostTheTrainingsState() throws IOException {
    Files.createFile(folder.resolve("line-8-a.training"));
    Files.createFile(folder.resolve("line-8-b.embedding"));
    Files.createDirectories(folder.resolve("line-8-a.embedding/in the way"));
    assertThatThrownBy(() -> EmbeddingFile.write(folder, "line-8-a", MATRIX))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("cannot keep the embedding line-8-a in " + folder + ": ");
    assertThat(names())
        .containsExactly("line-8-a.embedding", "line-8-a.training", "line-8-b.embedding");
  }

  @Test
  void anInterruptionDoesNotEndTheWriting() throws IOException {
    Files.createFile(folder.resolve("line-8-a.training"));
    Thread.currentThread().interrupt();
    try {
      EmbeddingFile.write(folder, "line-8-a", MATRIX);
    } finally {
      assertThat(Thread.interrupted()).as("can be seen afterwards").isTrue();
    }
    assertThat(names()).containsExactly("line-8-a.embedding");
    assertThat(EmbeddingFile.read(folder, "line-8-a").orElseThrow().rows()).isEqualTo(3000);
  }

  @Test
  void manyInterruptionsWhileItIsWrittenDoNotEither() throws Exception {
    Thread writing = Thread.currentThread();
    FloatMatrix large = FloatMatrix.zeros(200_000, 8);
    Thread other =
        new Thread(
            () -> {
              writing.interrupt();
              for (long start = System.nanoTime(); System.nanoTime() - start < 2_000_000; ) {
                Thread.onSpinWait();
              }
              writing.interrupt();
            });
    other.start();
    try {
      EmbeddingFile.write(folder, "line-8-a", large);
    } finally {
      Thread.interrupted();
      other.join();
      Thread.interrupted();
    }
    assertThat(EmbeddingFile.read(folder, "line-8-a")).isPresent();
  }

  @Test
  void damageIsFound() throws IOException {
    EmbeddingFile.write(folder, "x", MATRIX);
    assertThat(EmbeddingFile.problem(folder.resolve("x.embedding"))).isEmpty();
    Path file = folder.resolve("x.embedding");
    byte[] whole = Files.readAllBytes(file);
    for (int at = 0; at < whole.length; at += 997) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 1;
      Files.write(file, damaged);
      assertThat(EmbeddingFile.problem(folder.resolve("x.embedding")).orElseThrow())
          .startsWith(file + ": bytes 0 to 96,");
      Files.write(file, Arrays.copyOf(whole, at));
      assertThat(EmbeddingFile.problem(folder.resolve("x.embedding"))).isPresent();
      assertThat(EmbeddingFile.read(folder, "x")).isEmpty();
    }
  }
}
