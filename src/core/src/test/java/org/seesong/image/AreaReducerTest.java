package org.seesong.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AreaReducerTest {
  /** The definition: a mean over small pieces, of which both pictures' pixels are made. */
  private static byte[] plain(RgbImage source, int width, int height) {
    byte[] result = new byte[3 * width * height];
    for (int i = 0; i < result.length; i++) {
      int x = i / 3 % width;
      int y = i / 3 / width;
      long sum = 0;
      for (int v = y * source.height(); v < (y + 1) * source.height(); v++) {
        for (int u = x * source.width(); u < (x + 1) * source.width(); u++) {
          int pixel = v / height * source.width() + u / width;
          sum += source.pixels()[3 * pixel + i % 3] & 0xff;
        }
      }
      long area = (long) source.width() * source.height();
      result[i] = (byte) ((sum + area / 2) / area);
    }
    return result;
  }

  private static byte[] reduced(RgbImage source, int width, int height) {
    AreaReducer reducer = new AreaReducer(source.width(), source.height(), width, height);
    // Twice, as a picture in several scans comes.
    for (int y = 0; y < 2 * source.height(); y++) {
      int begin = 3 * source.width() * (y % source.height());
      reducer.add(Arrays.copyOfRange(source.pixels(), begin, begin + 3 * source.width()));
    }
    return reducer.result().pixels();
  }

  @Test
  void everySampleIsTheMeanOfItsArea() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 200; i++) {
      RgbImage source = PictureFiles.noise(1 + random.nextInt(30), 1 + random.nextInt(30), i);
      int width = 1 + random.nextInt(source.width());
      int height = 1 + random.nextInt(source.height());
      assertThat(reduced(source, width, height)).isEqualTo(plain(source, width, height));
    }
  }
}
