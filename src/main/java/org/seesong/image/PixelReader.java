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

  static RgbImage rgb(BufferedImage image) {
    ColorModel colours = image.getColorModel();
    Raster raster = image.getRaster();
    int type = raster.getTransferType();
    boolean wholeSamples = type == DataBuffer.TYPE_BYTE || type == DataBuffer.TYPE_USHORT;
    boolean channels =
        colours instanceof ComponentColorModel
            && wholeSamples
            && !colours.isAlphaPremultiplied()
            && raster.getNumBands() <= 4;
    return channels ? fromChannels(image) : fromColours(image);
  }

  private static RgbImage fromChannels(BufferedImage image) {
    Raster raster = image.getRaster();
    int width = image.getWidth();
    int bands = raster.getNumBands();
    boolean alpha = image.getColorModel().hasAlpha();
    int[] max = new int[bands];
    for (int b = 0; b < bands; b++) {
      max[b] = (1 << image.getColorModel().getComponentSize(b)) - 1;
    }
    int green = bands >= 3 ? 1 : 0;
    int blue = bands >= 3 ? 2 : 0;
    byte[] pixels = new byte[3 * width * image.getHeight()];
    int[] row = new int[bands * width];
    for (int y = 0, to = 0; y < image.getHeight(); y++) {
      raster.getPixels(0, y, width, 1, row);
      for (int i = 0; i < row.length; i += bands, to += 3) {
        int opacity = alpha ? scaled(row[i + bands - 1], max[bands - 1]) : 255;
        pixels[to] = onWhite(scaled(row[i], max[0]), opacity);
        pixels[to + 1] = onWhite(scaled(row[i + green], max[green]), opacity);
        pixels[to + 2] = onWhite(scaled(row[i + blue], max[blue]), opacity);
      }
    }
    return new RgbImage(width, image.getHeight(), pixels);
  }

  private static RgbImage fromColours(BufferedImage image) {
    int width = image.getWidth();
    byte[] pixels = new byte[3 * width * image.getHeight()];
    int[] row = new int[width];
    IndexColorModel palette = image.getColorModel() instanceof IndexColorModel index ? index : null;
    int[] colours = new int[palette == null ? 0 : palette.getMapSize()];
    if (palette != null) {
      palette.getRGBs(colours);
    }
    for (int y = 0, to = 0; y < image.getHeight(); y++) {
      if (palette == null) {
        image.getRGB(0, y, width, 1, row, 0, width);
      } else {
        image.getRaster().getSamples(0, y, width, 1, 0, row);
      }
      for (int value : row) {
        // An index beyond the palette is black, as most programs show it.
        int argb = palette == null ? value : value < colours.length ? colours[value] : 0xff000000;
        pixels[to++] = onWhite(argb >> 16 & 0xff, argb >>> 24);
        pixels[to++] = onWhite(argb >> 8 & 0xff, argb >>> 24);
        pixels[to++] = onWhite(argb & 0xff, argb >>> 24);
      }
    }
    return new RgbImage(width, image.getHeight(), pixels);
  }

  /** Four channels as a JPEG stores them. */
  static RgbImage fourChannels(Raster raster, CheckedPicture.Colours meaning) {
    int width = raster.getWidth();
    byte[] pixels = new byte[3 * width * raster.getHeight()];
    int[] row = new int[4 * width];
    for (int y = 0, to = 0; y < raster.getHeight(); y++) {
      raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
      for (int i = 0; i < row.length; i += 4) {
        if (meaning == CheckedPicture.Colours.YCCK) {
          lumaChromaToInk(row, i);
        }
        boolean inverted = meaning != CheckedPicture.Colours.CMYK;
        int light = inverted ? row[i + 3] : 255 - row[i + 3];
        for (int c = 0; c < 3; c++) {
          int colour = inverted ? row[i + c] : 255 - row[i + c];
          pixels[to++] = (byte) ((colour * light + 127) / 255);
        }
      }
    }
    return new RgbImage(width, raster.getHeight(), pixels);
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
