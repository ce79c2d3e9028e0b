package org.seesong.bench.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.seesong.app.demo.DemoCatalogue;

class DemoPicturesTest {
  @ParameterizedTest
  @EnumSource(Scene.class)
  void theShippedPicturesAreThoseOfTheGenerator(Scene scene) throws IOException {
    String first = "pictures/" + scene.english() + "/" + scene.english() + "-01.jpg";

    assertThat(meanDifference(shipped(first), DemoPictures.jpeg(scene, 1))).isLessThan(2);
    assertThat(
            meanDifference(
                shipped("queries/" + scene.english() + ".jpg"),
                DemoPictures.jpeg(scene, DemoPictures.QUERY_SEED)))
        .isLessThan(2);
  }

  private static byte[] shipped(String name) throws IOException {
    try (InputStream in = DemoCatalogue.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    }
  }

  /** Mean difference of a colour value; another JDK may round otherwise. */
  private static double meanDifference(byte[] one, byte[] other) throws IOException {
    BufferedImage a = ImageIO.read(new ByteArrayInputStream(one));
    BufferedImage b = ImageIO.read(new ByteArrayInputStream(other));
    assertThat(a.getWidth()).isEqualTo(b.getWidth()).isEqualTo(240);
    assertThat(a.getHeight()).isEqualTo(b.getHeight()).isEqualTo(180);
    long sum = 0;
    for (int y = 0; y < a.getHeight(); y++) {
      for (int x = 0; x < a.getWidth(); x++) {
        for (int shift = 0; shift < 24; shift += 8) {
          sum += Math.abs((a.getRGB(x, y) >> shift & 255) - (b.getRGB(x, y) >> shift & 255));
        }
      }
    }
    return sum / (3.0 * a.getWidth() * a.getHeight());
  }
}
