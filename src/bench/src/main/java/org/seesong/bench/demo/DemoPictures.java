package org.seesong.bench.demo;

import java.awt.Image;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/**
 * Makes the pictures that ship with the demo catalogue: for each scene {@value #VARIATIONS}
 * catalogued pictures and one query, and {@code pictures.csv}, which names the catalogued ones.
 *
 * <p>The same JDK gives the same bytes every time; another one may round a pixel otherwise.
 */
public final class DemoPictures {
  /** How many catalogued pictures each scene has. */
  static final int VARIATIONS = 12;

  /** The seed of a query picture; the catalogued ones have 1 to {@value #VARIATIONS}. */
  static final long QUERY_SEED = 101;

  /** Painted twice as wide and high, then averaged down. */
  private static final int WIDTH = 240;

  private static final int HEIGHT = 180;
  private static final float JPEG_QUALITY = 0.85f;

  private DemoPictures() {}

  /**
   * Writes the pictures into the folder of the demo catalogue's resources.
   *
   * @param arguments the folder
   * @throws IOException if a file cannot be written
   */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 1) {
      throw new IllegalArgumentException("give one argument: the folder to write into");
    }
    Path folder = Path.of(arguments[0]);
    StringBuilder table = new StringBuilder("path,id,keywords\n");
    for (Scene scene : Scene.values()) {
      Path own = Files.createDirectories(folder.resolve("pictures").resolve(scene.english()));
      for (int number = 1; number <= VARIATIONS; number++) {
        String id = String.format(Locale.ROOT, "%s-%02d", scene.english(), number);
        Files.write(own.resolve(id + ".jpg"), jpeg(scene, number));
        table.append(scene.english()).append('/').append(id).append(".jpg,").append(id).append(',');
        table.append(scene.chinese()).append('|').append(scene.english()).append('\n');
      }
      Path queries = Files.createDirectories(folder.resolve("queries"));
      Files.write(queries.resolve(scene.english() + ".jpg"), jpeg(scene, QUERY_SEED));
    }
    Files.write(folder.resolve("pictures.csv"), table.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** A picture of 240 by 180 pixels as a JPEG file. */
  static byte[] jpeg(Scene scene, long seed) throws IOException {
    BufferedImage small = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    Image averaged =
        ScenePainter.paint(scene, seed)
            .getScaledInstance(WIDTH, HEIGHT, Image.SCALE_AREA_AVERAGING);
    var graphics = small.createGraphics();
    graphics.drawImage(averaged, 0, 0, null);
    graphics.dispose();
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 14);
    // The stream is flushed into the bytes when it is closed, not before.
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      ImageWriteParam how = writer.getDefaultWriteParam();
      how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      how.setCompressionQuality(JPEG_QUALITY);
      writer.setOutput(out);
      writer.write(null, new IIOImage(small, null, null), how);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }
}
