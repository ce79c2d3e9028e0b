package org.seesong.bench.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ScenePainterTest {
  @ParameterizedTest
  @EnumSource(Scene.class)
  void drawsTheSameBitsForTheSameSeed(Scene scene) {
    assertThat(pixels(ScenePainter.paint(scene, 7)))
        .isEqualTo(pixels(ScenePainter.paint(scene, 7)));
  }

  @ParameterizedTest
  @EnumSource(Scene.class)
  void drawsAnotherPictureForAnotherSeed(Scene scene) {
    int[] one = pixels(ScenePainter.paint(scene, 1));
    int[] other = pixels(ScenePainter.paint(scene, 2));

    long different = 0;
    for (int i = 0; i < one.length; i++) {
      // More than the grain laid over each picture can make.
      if (Math.abs(((one[i] >> 8) & 255) - ((other[i] >> 8) & 255)) > 8) {
        different++;
      }
    }

    assertThat(different).isGreaterThan(one.length / 20);
  }

  @ParameterizedTest
  @EnumSource(Scene.class)
  void hasTheSizeAndTypePromised(Scene scene) {
    BufferedImage image = ScenePainter.paint(scene, 3);

    assertThat(image.getWidth()).isEqualTo(480);
    assertThat(image.getHeight()).isEqualTo(360);
    assertThat(image.getType()).isEqualTo(BufferedImage.TYPE_INT_RGB);
  }

  private static int[] pixels(BufferedImage image) {
    return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
  }
}
