package org.seesong.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassNamesTest {
  @TempDir Path temp;

  private Path file(byte[] bytes) throws IOException {
    return Files.write(temp.resolve("labels.txt"), bytes);
  }

  private Path file(String text) throws IOException {
    return file(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aLineIsAClass() throws IOException {
    assertThat(ClassNames.read(file("background\r\ntench, Tinca tinca \r\n")))
        .containsExactly("background", "tench, Tinca tinca");
  }

  @Test
  void whatIsNoListOfNamesIsRefused() throws IOException {
    assertRefused(file(""), " is empty; give a file with the name of a class a line");
    assertRefused(
        file("cat\n\ndog\n"),
        ": name 2 of the classes must not be blank nor longer than 500 characters");
    assertRefused(
        file("x".repeat(501)),
        ": name 1 of the classes must not be blank nor longer than 500 characters");
    assertRefused(
        file(new byte[] {(byte) 0xff, 0}), " is not UTF-8; give a text file of names, one a line");
    assertRefused(
        file("x\n".repeat(40_000)),
        ": an output of classes needs names, 1 to 32768 of them, and names need an output; got:"
            + " 'names' with 40000");
    assertRefused(file("x".repeat(1 << 20)), " is too large for names of classes: above 512 KB");
  }

  private static void assertRefused(Path file, String problem) {
    assertThatThrownBy(() -> ClassNames.read(file))
        .isInstanceOf(ModelException.class)
        .hasMessage(file + problem);
  }

  @Test
  void namesWithoutAnOutputAreRefused() {
    assertThatThrownBy(() -> ImportRequest.of("net", "p").withClasses("", List.of("cat")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "an output of classes needs names, 1 to 32768 of them, and names need an output; got:"
                + " '' with 1");
  }
}
