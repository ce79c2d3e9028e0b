package org.seesong.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.seesong.testing.SharedData;

/** Files from cameras, editors and fuzzers. */
@Timeout(120)
class RealImagesTest {
  private final ImageDecoder decoder = new ImageDecoder();

  @Test
  void everyOddFileIsAPictureOrAnImageException() throws IOException {
    List<Path> files = files(SharedData.require("odd-images"));
    int pictures = 0;
    for (Path file : files) {
      try {
        pictures += decoder.decode(file).width() > 0 ? 1 : 0;
      } catch (ImageException e) {
        assertThat(e).hasMessageStartingWith(file.getFileName() + ": ");
      }
    }
    assertThat(pictures).isBetween(files.size() / 5, files.size() / 2);
  }

  @Test
  void noPhotographIsRefused() throws IOException {
    List<Path> files = files(SharedData.require("photos"));
    for (int i = 0; i < files.size(); i += 20) {
      assertThat(decoder.decode(files.get(i)).height()).isPositive();
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> walk = Files.walk(folder)) {
      return walk.filter(Files::isRegularFile).sorted().toList();
    }
  }
}
