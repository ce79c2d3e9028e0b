package org.seesong.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChecksumFileTest {
  @TempDir Path folder;
  private Path path;
  private ChecksumFile file;

  @BeforeEach
  void nameFile() {
    path = folder.resolve("numbers");
    file = new ChecksumFile(path, 7, 1);
  }

  private void write(double... numbers) throws IOException {
    file.write(
        (long) numbers.length * Double.BYTES,
        out -> {
          for (double number : numbers) {
            out.putDouble(number);
          }
        });
  }

  @Test
  void whatWasWrittenIsRead() throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    for (int length = 0; length < 20; length++) {
      double[] numbers = random.doubles(length).toArray();
      write(numbers);
      ByteBuffer body = file.read();
      assertThat(file.finiteDoubles(body, length)).isEqualTo(numbers);
      assertThat(body.hasRemaining()).isFalse();
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

  private void isDamaged() {
    assertThatThrownBy(file::read)
        .isExactlyInstanceOf(IOException.class)
        .hasMessage(path + " is damaged or of another version; build again, which writes it anew");
  }

  @Test
  void anotherSortAndAnotherVersionAreRefused() throws IOException {
    write(1);
    assertThatThrownBy(() -> new ChecksumFile(path, 8, 1).read()).hasMessageContaining("damaged");
    assertThatThrownBy(() -> new ChecksumFile(path, 7, 2).read())
        .hasMessageContaining("another version");
    assertThatThrownBy(() -> new ChecksumFile(folder.resolve("none"), 7, 1).read())
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void numbersThatAreNoneOrMissingAreRefused() throws IOException {
    for (double odd : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
      write(1, odd);
      ByteBuffer body = file.read();
      assertThatThrownBy(() -> file.finiteDoubles(body, 2)).hasMessageContaining("damaged");
    }
    write(1, 2);
    assertThatThrownBy(() -> file.finiteDoubles(file.read(), 3)).hasMessageContaining("damaged");
    assertThatThrownBy(() -> file.finiteDoubles(file.read(), -1)).hasMessageContaining("damaged");
  }

  @Test
  void aBodyIsAsLongAsItWasAnnounced() {
    assertThatThrownBy(() -> file.write(8, out -> out.putInt(1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("a body of 8 bytes was announced; 4 are missing");
    assertThatThrownBy(() -> file.write(-1, out -> {}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a body must have 0 to 2147483627 bytes; got: -1");
    assertThatThrownBy(() -> file.write(Integer.MAX_VALUE, out -> {}))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(path).doesNotExist();
  }
}
