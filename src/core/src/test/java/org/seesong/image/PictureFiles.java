package org.seesong.image;

import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.ComponentSampleModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.zip.CRC32;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Picture files made by code. */
public final class PictureFiles {
  private PictureFiles() {}

  /** A smooth picture with a few hard edges; different seeds look different. */
  public static BufferedImage scene(int width, int height, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int red = random.nextInt(256);
    int step = 5 + random.nextInt(20);
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int green = 255 * x / width;
        int blue = (x / step + y / step) % 2 == 0 ? 40 : 200;
        image.setRGB(x, y, red << 16 | green << 8 | blue);
      }
    }
    return image;
  }

  public static RgbImage noise(int width, int height, long seed) {
    byte[] pixels = new byte[3 * width * height];
    new SplittableRandom(seed).nextBytes(pixels);
    return new RgbImage(width, height, pixels);
  }

  public static byte[] write(BufferedImage image, String format) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      if (!ImageIO.write(image, format, out)) {
        throw new IllegalArgumentException("no writer for " + format);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** One good file of each format. */
  public static Map<String, byte[]> good() {
    BufferedImage scene = scene(90, 60, 1);
    BufferedImage palette = new BufferedImage(90, 60, BufferedImage.TYPE_BYTE_INDEXED);
    palette.getGraphics().drawImage(scene, 0, 0, null);
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("a.jpg", write(scene, "jpeg"));
    files.put("a.png", write(scene, "png"));
    files.put("a.gif", write(palette, "gif"));
    files.put("a.bmp", write(scene, "bmp"));
    files.put("lossless.webp", webpLossless());
    files.put("lossy.webp", webpLossy());
    return files;
  }

  public static byte[] webpLossless() {
    return Base64.getDecoder().decode("UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==");
  }

  public static byte[] webpLossy() {
    return Base64.getDecoder().decode("UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA");
  }

  public static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  public static byte[] pngChunk(String type, byte[] content) {
    byte[] body = concat(type.getBytes(StandardCharsets.US_ASCII), content);
    CRC32 crc = new CRC32();
    crc.update(body);
    return concat(
        ByteBuffer.allocate(4).putInt(content.length).array(),
        body,
        ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
  }

  public static byte[] pngHeader(int width, int height, int bits, int colourType) {
    ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(height);
    header.put((byte) bits).put((byte) colourType);
    return concat(
        new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'},
        pngChunk("IHDR", header.array()));
  }

  /** The file with some bytes put in at a place. */
  public static byte[] insert(byte[] file, int at, byte[] bytes) {
    byte[] head = Arrays.copyOf(file, at);
    byte[] tail = Arrays.copyOfRange(file, at, file.length);
    return concat(head, bytes, tail);
  }

  /** A JPEG's EXIF segment that says the orientation, in either byte order. */
  public static byte[] exif(int orientation, boolean littleEndian) {
    return concat(
        new byte[] {(byte) 0xff, (byte) 0xe1, 0, 34, 'E', 'x', 'i', 'f', 0, 0},
        tiff(orientation, littleEndian, 3));
  }

  /** EXIF data that says the orientation, stored as SHORT (3) or LONG (4). */
  public static byte[] tiff(int orientation, boolean littleEndian, int type) {
    ByteBuffer tiff = ByteBuffer.allocate(26);
    tiff.order(littleEndian ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    tiff.put(littleEndian ? new byte[] {'I', 'I'} : new byte[] {'M', 'M'});
    tiff.putShort((short) 42).putInt(8).putShort((short) 1);
    tiff.putShort((short) 0x0112).putShort((short) type).putInt(1);
    if (type == 3) {
      tiff.putShort((short) orientation);
    } else {
      tiff.putInt(orientation);
    }
    return tiff.array();
  }

  /**
   * A JPEG of any size out of memory for one row: every row is the same noise.
   *
   * @param progressive whether in several scans
   */
  public static byte[] hugeJpeg(int width, int height, boolean progressive) {
    byte[] row = new byte[3 * width];
    new SplittableRandom(7).nextBytes(row);
    ComponentSampleModel model =
        new ComponentSampleModel(DataBuffer.TYPE_BYTE, width, height, 3, 0, new int[] {0, 1, 2});
    WritableRaster raster =
        Raster.createWritableRaster(model, new DataBufferByte(row, row.length), null);
    ColorModel rgb =
        new ComponentColorModel(
            ColorSpace.getInstance(ColorSpace.CS_sRGB),
            false,
            false,
            Transparency.OPAQUE,
            DataBuffer.TYPE_BYTE);
    return jpeg(new BufferedImage(rgb, raster, false, null), progressive);
  }

  public static byte[] jpeg(BufferedImage image, boolean progressive) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
      ImageWriteParam param = writer.getDefaultWriteParam();
      if (progressive) {
        param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
      }
      writer.setOutput(stream);
      writer.write(null, new IIOImage(image, null, null), param);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
    return out.toByteArray();
  }

  /**
   * A baseline JPEG whose channels come one after the other, in a scan each: three grey files put
   * together, for a scan of one channel is coded as a grey picture is.
   */
  public static byte[] scanByChannel(BufferedImage image) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int channel = 0; channel < 3; channel++) {
      byte[] grey = jpeg(channel(image, channel), false);
      boolean isLast = channel == 2;
      for (int at = 2; ; ) {
        int marker = grey[at + 1] & 0xff;
        int end = at + 2 + ((grey[at + 2] & 0xff) << 8) + (grey[at + 3] & 0xff);
        if (marker == 0xda) {
          grey[at + 5] = (byte) (channel + 1);
          out.write(grey, at, (isLast ? grey.length : grey.length - 2) - at);
          break;
        } else if (channel == 0) {
          out.writeBytes(at == 2 ? new byte[] {(byte) 0xff, (byte) 0xd8} : new byte[0]);
          out.writeBytes(
              marker == 0xc0 ? threeChannels(grey, at) : Arrays.copyOfRange(grey, at, end));
        }
        at = end;
      }
    }
    return out.toByteArray();
  }

  /** A frame header like that of a grey picture with as many samples of three channels. */
  private static byte[] threeChannels(byte[] grey, int at) {
    byte[] frame = Arrays.copyOfRange(grey, at, at + 19);
    frame[3] = 17;
    frame[9] = 3;
    for (int channel = 0; channel < 3; channel++) {
      frame[10 + 3 * channel] = (byte) (channel + 1);
      frame[11 + 3 * channel] = 0x11;
      frame[12 + 3 * channel] = grey[at + 12];
    }
    return frame;
  }

  /** Luma, blue or red difference of a picture (JFIF). */
  private static BufferedImage channel(BufferedImage image, int channel) {
    double[] weights =
        new double[][] {{.299, .587, .114}, {-.1687, -.3313, .5}, {.5, -.4187, -.0813}}[channel];
    int width = image.getWidth();
    BufferedImage grey = new BufferedImage(width, image.getHeight(), BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < width * image.getHeight(); i++) {
      int rgb = image.getRGB(i % width, i / width);
      double sum =
          weights[0] * ((rgb >> 16) & 0xff)
              + weights[1] * ((rgb >> 8) & 0xff)
              + weights[2] * (rgb & 0xff);
      long sample = Math.round(sum + (channel == 0 ? 0 : 128));
      grey.getRaster().setSample(i % width, i / width, 0, (int) Math.min(255, sample));
    }
    return grey;
  }
}
