package org.seesong.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.seesong.image.PictureFiles;
import org.seesong.image.RgbImage;

class DescriptorEncoderTest extends ImageEncoderTestCase {
  @Override
  protected ImageEncoder open() {
    return new DescriptorEncoder();
  }

  @Test
  void itsIdAndShapeAreFixed() {
    try (ImageEncoder encoder = open()) {
      assertThat(encoder.id()).isEqualTo("descriptor-2");
      assertThat(encoder.dimension()).isEqualTo(912);
      assertThat(encoder.inputSize()).isEqualTo(128);
    }
  }

  @Test
  void vectorsHaveLengthOne() {
    try (ImageEncoder encoder = open()) {
      byte[] flat = new byte[3 * 128 * 128];
      for (RgbImage image :
          List.of(PictureFiles.noise(128, 128, 1), new RgbImage(128, 128, flat))) {
        double sum = 0;
        for (float value : encoder.encode(List.of(image))) {
          sum += (double) value * value;
        }
        assertThat(sum).isEqualTo(1, within(1e-5));
      }
    }
  }

  @Test
  void theSameNumbersComeOutOnEveryJdk() {
    try (ImageEncoder encoder = open()) {
      float[] vector = encoder.encode(List.of(PictureFiles.noise(128, 128, 1)));
      assertThat(java.util.Arrays.hashCode(vector)).isEqualTo(-1349935458);
    }
  }

  @Test
  void aBlurredPictureIsNearerThanAnotherOne() {
    try (ImageEncoder encoder = open()) {
      RgbImage scene =
          RgbImage.fromBufferedImage(PictureFiles.scene(200, 150, 1)).resizedTo(128, 128);
      RgbImage blurred = scene.resizedTo(80, 80).resizedTo(128, 128);
      float[] vectors = encoder.encode(List.of(scene, blurred, PictureFiles.noise(128, 128, 2)));
      assertThat(distance(vectors, 0, 1)).isLessThan(distance(vectors, 0, 2) / 2);
    }
  }

  private static double distance(float[] vectors, int a, int b) {
    double sum = 0;
    for (int i = 0; i < 912; i++) {
      sum += Math.pow((double) vectors[912 * a + i] - vectors[912 * b + i], 2);
    }
    return Math.sqrt(sum);
  }
}
