package org.seesong.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FramedFileTest {
  @TempDir Path folder;
  private Path path;
  private FramedFile file;

  @BeforeEach
  void nameFile() {
    path = folder.resolve("numbers");
    file = new FramedFile(path, "Numbers", 1);
  }

  private void write(double... numbers) throws IOException {
    file.write(out -> FramedFile.writeDoubles(out, numbers));
  }

  private double[] read() throws IOException {
    return file.read((in, bytes) -> file.finiteDoubles(in, (int) (bytes / Double.BYTES)));
  }

  @Test
  void whatWasWrittenIsRead() throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    for (int length : new int[] {0, 1, 2, 19, 100_000}) {
      double[] numbers = random.doubles(length).toArray();
      write(numbers);
      assertThat(read()).isEqualTo(numbers);
      assertThat(FramedFile.isWhole(path)).isTrue();
    }
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).isEqualTo(List.of(path)).hasSize(1);
    }
  }

  @Test
  void anyChangedOrMissingByteIsNoticed() throws IOException {
    write(1, 2, 3);
    byte[] good = Files.readAllBytes(path);
    for (int i = 0; i < good.length; i++) {
      byte[] changed = good.clone();
      changed[i] ^= 1;
      Files.write(path, changed);
      isDamaged();
      Files.write(path, Arrays.copyOf(good, i));
      isDamaged();
    }
    Files.write(path, Arrays.copyOf(good, good.length + 1));
    isDamaged();
  }

  private void isDamaged() throws IOException {
    assertThatThrownBy(this::read)
        .isExactlyInstanceOf(IOException.class)
        .hasMessage(path + " is damaged or of another version; build again, which writes it anew");
    assertThat(FramedFile.isWhole(path)).isFalse();
  }

  @Test
  void anotherSortAndAnotherVersionAreRefused() throws IOException {
    write(1);
    for (FramedFile other :
        List.of(new FramedFile(path, "Letters", 1), new FramedFile(path, "Numbers", 2))) {
      assertThatThrownBy(() -> other.read((in, bytes) -> in.readLong()))
          .hasMessageContaining("damaged or of another version");
    }
    assertThatThrownBy(
            () -> new FramedFile(folder.resolve("none"), "Numbers", 1).read((in, bytes) -> 1))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void whatIsNotReadToItsEndOrBeyondIsNotWhatWasWritten() throws IOException {
    write(1, 2);
    assertThatThrownBy(() -> file.read((in, bytes) -> in.readLong()))
        .hasMessageContaining("damaged");
    assertThatThrownBy(() -> file.read((in, bytes) -> file.finiteDoubles(in, 9)))
        .hasMessageContaining("damaged");
    write(1, Double.NaN);
    assertThatThrownBy(this::read).hasMessageContaining("damaged");
  }

  @Test
  void aFailureWhileWritingLeavesTheOldFile() throws IOException {
    write(7);
    assertThatThrownBy(
            () ->
                file.write(
                    out -> {
                      out.writeLong(1);
                      throw new IOException("disk is full");
                    }))
        .hasMessageContaining("disk is full");
    assertThat(read()).containsExactly(7);
  }
}
