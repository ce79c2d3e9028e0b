package org.seesong.bench.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.seesong.image.ImageDecoder;

class LoadClientsTest {
  @Test
  void theHeapsObjectsAreRead() {
    String histogram =
        """
         num     #instances         #bytes  class name (module)
           1:         53231        5190240  [B (java.base@17)
        Total        390721       21042208
        """;
    assertThat(ServedProcess.totalBytes(histogram)).isEqualTo(21_042_208);
    assertThat(ServedProcess.totalBytes("Exception: cannot attach\n")).isZero();
  }

  @Test
  void picturesDifferInACommentAlone() throws IOException {
    BufferedImage image = new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB);
    for (int x = 0; x < 40; x++) {
      image.setRGB(x, x % 30, 0x336699 * x);
    }
    ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
    ImageIO.write(image, "jpg", jpeg);
    byte[] one = LoadClients.differing(jpeg.toByteArray(), 1);
    byte[] other = LoadClients.differing(jpeg.toByteArray(), Long.MIN_VALUE);
    assertThat(one).isNotEqualTo(other);
    ImageDecoder decoder = new ImageDecoder();
    byte[] pixels = decoder.decode(jpeg.toByteArray(), "a picture").pixels();
    assertThat(decoder.decode(one, "a picture").pixels()).isEqualTo(pixels);
    assertThat(decoder.decode(other, "a picture").pixels()).isEqualTo(pixels);
  }

  @Test
  void quantilesAreValues() {
    List<Double> values = List.of(4.0, 1.0, 3.0, 2.0);
    assertThat(LoadClients.quantile(values, 0.5)).isEqualTo(3);
    assertThat(LoadClients.quantile(values, 0.99)).isEqualTo(4);
    assertThat(LoadClients.max(values)).isEqualTo(4);
    assertThat(LoadClients.quantile(List.of(), 0.5)).isNaN();
  }
}
