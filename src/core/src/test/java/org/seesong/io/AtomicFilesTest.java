package org.seesong.io;

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

  @Test
  void aProgramErrorLeavesNoTemporaryFileEither() throws IOException {
    Path file = folder.resolve("answer.json");
    AtomicFiles.write(file, new byte[] {1});
    assertThatThrownBy(
            () ->
                AtomicFiles.write(
                    file,
                    channel -> {
                      throw new IllegalStateException("a bug");
                    }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("a bug");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void whatKilledWritersLeftIsRemovedAndNothingElse() throws IOException {
    Path own = Files.createFile(folder.resolve("x.123e4567-e89b-12d3-a456-426614174000.tmp"));
    Path other = Files.createFile(folder.resolve("letter.tmp"));
    AtomicFiles.removeLeftovers(folder);
    AtomicFiles.removeLeftovers(folder.resolve("absent"));
    assertThat(own).doesNotExist();
    assertThat(other).exists();
  }
}
