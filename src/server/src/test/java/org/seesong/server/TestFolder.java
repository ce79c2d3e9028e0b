package org.seesong.server;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import javax.imageio.ImageIO;
import org.seesong.encoder.ImageEncoder;
import org.seesong.encoder.TextEncoder;
import org.seesong.image.RgbImage;
import org.seesong.index.TestCatalogue;

/** A small index and servers over it, with encoders that need no model. */
final class TestFolder {
  static final TestCatalogue CATALOGUE =
      TestCatalogue.random(new TestCatalogue.Size(60, 90, 3, 4, 50), 8);

  static final ServerOptions OPTIONS =
      ServerOptions.DEFAULT.toBuilder()
          .port(0)
          .watchInterval(Duration.ofMillis(50))
          .timeLimit(Duration.ofSeconds(20))
          .version("9.9")
          .build();

  private TestFolder() {}

  /** Its vectors are the mean red, green and blue, 0 to 60. */
  static class MeanColour implements ImageEncoder {
    private final String id;

    MeanColour(String id) {
      this.id = id;
    }

    @Override
    public String id() {
      return id;
    }

    @Override
    public int dimension() {
      return 3;
    }

    @Override
    public int inputSize() {
      return 8;
    }

    @Override
    public int preferredBatch() {
      return 4;
    }

    @Override
    public float[] encode(List<RgbImage> batch) {
      float[] means = new float[3 * batch.size()];
      for (int i = 0; i < batch.size(); i++) {
        byte[] pixels = batch.get(i).pixels();
        for (int at = 0; at < pixels.length; at++) {
          means[3 * i + at % 3] += (pixels[at] & 255) * 180f / 255 / pixels.length;
        }
      }
      return means;
    }

    @Override
    public void close() {
      // Holds nothing.
    }
  }

  /** Encodes no picture until it is told to. */
  static final class HeldUp extends MeanColour {
    final Semaphore go = new Semaphore(0);

    HeldUp() {
      super("descriptor-1");
    }

    @Override
    public float[] encode(List<RgbImage> batch) {
      go.acquireUninterruptibly(batch.size());
      return super.encode(batch);
    }
  }

  static SeesongServer serve(Path folder, ServerOptions options) throws IOException {
    return serve(folder, options, new MeanColour("descriptor-1"));
  }

  static SeesongServer serve(Path folder, ServerOptions options, ImageEncoder encoder)
      throws IOException {
    return SeesongServer.start(folder, options, metadata -> encoder, Optional.empty());
  }

  static SeesongServer serve(Path folder, ServerOptions options, TextEncoder text)
      throws IOException {
    return SeesongServer.start(
        folder, options, metadata -> new MeanColour("descriptor-1"), Optional.of(text));
  }

  /** A picture of one colour. */
  static byte[] png(int red, int green, int blue) throws IOException {
    return png(red, green, blue, 40, 30);
  }

  static byte[] png(int red, int green, int blue, int width, int height) throws IOException {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(new Color(red, green, blue));
    graphics.fillRect(0, 0, width, height);
    graphics.dispose();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image, "png", bytes);
    return bytes.toByteArray();
  }
}
