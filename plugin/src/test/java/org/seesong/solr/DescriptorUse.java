package org.seesong.solr;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import javax.imageio.ImageIO;
import org.seesong.encoder.ImageEncoder;
import org.seesong.encoder.ModelHome;
import org.seesong.image.ImageDecoder;
import org.seesong.image.RgbImage;

/** Encodes a picture by the built-in encoder, in whatever class loader this is. */
public final class DescriptorUse implements Function<Path, float[]> {
  @Override
  public float[] apply(Path models) {
    try (ImageEncoder encoder = new ModelHome(models).open(ModelHome.DESCRIPTOR)) {
      BufferedImage image = new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB);
      for (int x = 0; x < image.getWidth(); x++) {
        image.setRGB(x, x % image.getHeight(), 0x31a7 * x);
      }
      ByteArrayOutputStream png = new ByteArrayOutputStream();
      ImageIO.write(image, "png", png);
      int size = encoder.inputSize();
      RgbImage picture = new ImageDecoder().decode(png.toByteArray(), "drawing");
      return encoder.encode(List.of(picture.resizedTo(size, size)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
