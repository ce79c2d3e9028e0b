package org.seesong.image;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;

/**
 * Turns decoded samples into plain RGB, with transparent parts on white. Samples are taken as
 * stored wherever a channel is a channel: Java2D's colour management would brighten grey pictures.
 */
final class PixelReader {
  private PixelReader() {}

  /** Turns a row's samples, those of a pixel together, into red, green and blue bytes. */
  interface Colours {
    void toRgb(int[] samples, byte[] rgb);
  }

  /** A decoded picture, row by row. */
  interface Rows {
    void read(int y, byte[] rgb);
  }

  static RgbImage rgb(BufferedImage image) {
    return all(image.getWidth(), image.getHeight(), rows(image));
  }

  /** Four channels as a JPEG stores them. */
  static RgbImage fourChannels(Raster raster, CheckedPicture.Colours meaning) {
    return all(raster.getWidth(), raster.getHeight(), fourChannelRows(raster, meaning));
  }

  private static RgbImage all(int width, int height, Rows rows) {
    byte[] pixels = new byte[3 * width * height];
    byte[] row = new byte[3 * width];
    for (int y = 0; y < height; y++) {
      rows.read(y, row);
      System.arraycopy(row, 0, pixels, y * row.length, row.length);
    }
    return new RgbImage(width, height, pixels);
  }

  static Rows rows(BufferedImage image) {
    Raster raster = image.getRaster();
    int width = image.getWidth();
    Colours colours = colours(image.getColorModel(), raster);
    if (colours == null) {
      int[] row = new int[width];
      return (y, rgb) -> {
        image.getRGB(0, y, width, 1, row, 0, width);
        argbToRgb(row, rgb);
      };
    }
    int[] row = new int[raster.getNumBands() * width];
    return (y, rgb) -> {
      raster.getPixels(0, y, width, 1, row);
      colours.toRgb(row, rgb);
    };
  }

  /** What a raster's samples mean; null where only {@link BufferedImage#getRGB} knows. */
  static Colours colours(ColorModel model, Raster raster) {
    int type = raster.getTransferType();
    boolean wholeSamples = type == DataBuffer.TYPE_BYTE || type == DataBuffer.TYPE_USHORT;
    if (model instanceof IndexColorModel palette && raster.getNumBands() == 1) {
      return palette(palette);
    }
    boolean channels =
        model instanceof ComponentColorModel
            && wholeSamples
            && !model.isAlphaPremultiplied()
            && raster.getNumBands() <= 4;
    return channels ? channels(model, raster.getNumBands()) : null;
  }

  private static Colours channels(ColorModel model, int bands) {
    boolean alpha = model.hasAlpha();
    int[] max = new int[bands];
    for (int b = 0; b < bands; b++) {
      max[b] = (1 << model.getComponentSize(b)) - 1;
    }
    int green = bands >= 3 ? 1 : 0;
    int blue = bands >= 3 ? 2 : 0;
    return (row, rgb) -> {
      for (int i = 0, to = 0; i < row.length; i += bands, to += 3) {
        int opacity = alpha ? scaled(row[i + bands - 1], max[bands - 1]) : 255;
        rgb[to] = onWhite(scaled(row[i], max[0]), opacity);
        rgb[to + 1] = onWhite(scaled(row[i + green], max[green]), opacity);
        rgb[to + 2] = onWhite(scaled(row[i + blue], max[blue]), opacity);
      }
    };
  }

  private static Colours palette(IndexColorModel palette) {
    int[] colours = new int[palette.getMapSize()];
    palette.getRGBs(colours);
    return (row, rgb) -> {
      for (int i = 0; i < row.length; i++) {
        // An index beyond the palette is black, as most programs show it.
        row[i] = row[i] < colours.length ? colours[row[i]] : 0xff000000;
      }
      argbToRgb(row, rgb);
    };
  }

  private static void argbToRgb(int[] row, byte[] rgb) {
    int to = 0;
    for (int argb : row) {
      rgb[to++] = onWhite(argb >> 16 & 0xff, argb >>> 24);
      rgb[to++] = onWhite(argb >> 8 & 0xff, argb >>> 24);
      rgb[to++] = onWhite(argb & 0xff, argb >>> 24);
    }
  }

  static Rows fourChannelRows(Raster raster, CheckedPicture.Colours meaning) {
    int width = raster.getWidth();
    int[] row = new int[4 * width];
    boolean inverted = meaning != CheckedPicture.Colours.CMYK;
    return (y, rgb) -> {
      raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
      for (int i = 0, to = 0; i < row.length; i += 4) {
        if (meaning == CheckedPicture.Colours.YCCK) {
          lumaChromaToInk(row, i);
        }
        int light = inverted ? row[i + 3] : 255 - row[i + 3];
        for (int c = 0; c < 3; c++) {
          int colour = inverted ? row[i + c] : 255 - row[i + c];
          rgb[to++] = (byte) ((colour * light + 127) / 255);
        }
      }
    };
  }

  private static void lumaChromaToInk(int[] row, int i) {
    int y = row[i];
    double cb = row[i + 1] - 128;
    double cr = row[i + 2] - 128;
    row[i] = 255 - clamped(y + 1.402 * cr);
    row[i + 1] = 255 - clamped(y - 0.344136 * cb - 0.714136 * cr);
    row[i + 2] = 255 - clamped(y + 1.772 * cb);
  }

  private static int clamped(double value) {
    return (int) Math.max(0, Math.min(255, Math.floor(value + 0.5)));
  }

  private static int scaled(int sample, int max) {
    return max == 255 ? sample : (int) ((sample * 255L + max / 2) / max);
  }

  private static byte onWhite(int colour, int opacity) {
    return (byte)
        (opacity == 255 ? colour : (colour * opacity + 255 * (255 - opacity) + 127) / 255);
  }
}
