package org.seesong.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Standard output that cannot be written, on a full disk or to a reader that has gone. */
class OutputFailureTest {
  @TempDir Path folder;
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private Path picture;

  @BeforeEach
  void writePicture() throws IOException {
    picture = folder.resolve("a.png");
    ImageIO.write(new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB), "png", picture.toFile());
  }

  /** Takes so many bytes and then fails. */
  private OutputStream failing(int room, String message) {
    return new OutputStream() {
      @Override
      public void write(int single) throws IOException {
        if (written.size() == room) {
          throw new IOException(message);
        }
        written.write(single);
      }
    };
  }

  private int run(PrintStream data, String... arguments) {
    return Seesong.run(arguments, data, new PrintStream(log, true, StandardCharsets.UTF_8));
  }

  private String log() {
    return log.toString(StandardCharsets.UTF_8);
  }

  private String[] encode(int pictures) {
    String[] arguments = new String[4 + pictures];
    arguments[0] = "encode";
    arguments[1] = "--encoder";
    arguments[2] = "descriptor";
    arguments[3] = "--json";
    java.util.Arrays.fill(arguments, 4, arguments.length, picture.toString());
    return arguments;
  }

  @Test
  void aFullDiskIsAnErrorAndEndsTheCommandSoon() {
    DataStream data = new DataStream(failing(8000, "No space left on device"));
    assertThat(run(data, encode(50))).isEqualTo(1);
    assertThat(log())
        .isEqualTo(
            "seesong: the results could not all be written to standard output: No space left on"
                + " device\n");
    assertThat(written.size()).isEqualTo(8000);
  }

  @Test
  void aReaderThatHasGoneEndsTheCommandQuietly() {
    DataStream data = new DataStream(failing(8000, "Broken pipe"));
    assertThat(run(data, encode(50))).isEqualTo(Seesong.CLOSED);
    assertThat(log()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--help", "--version", "help"})
  void helpIsOutputToo(String argument) {
    assertThat(run(new DataStream(failing(3, "No space left on device")), argument)).isEqualTo(1);
    assertThat(log()).endsWith("No space left on device\n");
  }

  @Test
  void aStreamThatDoesNotSayWhyIsAnErrorAllTheSame() {
    PrintStream data = new PrintStream(failing(0, "?"), true, StandardCharsets.UTF_8);
    assertThat(run(data, encode(1))).isEqualTo(1);
    assertThat(log())
        .isEqualTo("seesong: the results could not all be written to standard output\n");
  }
}
