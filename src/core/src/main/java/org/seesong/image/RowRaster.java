package org.seesong.image;

import java.awt.Point;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.awt.image.SampleModel;
import java.awt.image.WritableRaster;
import java.util.function.Consumer;
import javax.imageio.ImageTypeSpecifier;

/**
 * The destination for readers that write a picture from top to bottom: holds one row, and passes it
 * on when the next one begins. So a picture of any size is read within the memory of a row. Readers
 * of JPEG call {@link #setRect}, those of PNG {@link #setPixel}; what else writes to it fails.
 */
final class RowRaster extends WritableRaster {
  private final PixelReader.Colours colours;
  private final Consumer<byte[]> rows;
  private final int[] samples;
  private final byte[] rgb;
  private int row;

  private RowRaster(
      SampleModel model, PixelReader.Colours colours, int bands, Consumer<byte[]> rows) {
    super(model, new DataBufferByte(1), new Point(0, 0));
    this.colours = colours;
    this.rows = rows;
    this.samples = new int[bands * model.getWidth()];
    this.rgb = new byte[3 * model.getWidth()];
  }

  /**
   * A raster for a reader's picture.
   *
   * @param type what the reader gives
   * @param width pixels in a row
   * @param height number of rows
   * @param rows takes red, green and blue of each row in turn; the array is used again
   * @return the raster, or null where samples of this type cannot be told row by row
   */
  static RowRaster of(ImageTypeSpecifier type, int width, int height, Consumer<byte[]> rows) {
    Raster pattern = type.createBufferedImage(1, 1).getRaster();
    PixelReader.Colours colours = PixelReader.colours(type.getColorModel(), pattern);
    SampleModel model = type.getSampleModel(width, height);
    return colours == null ? null : new RowRaster(model, colours, pattern.getNumBands(), rows);
  }

  BufferedImage image(ColorModel colourModel) {
    return new BufferedImage(colourModel, this, false, null);
  }

  /** How many rows of the picture came. */
  int rows() {
    return row;
  }

  @Override
  public void setRect(int x, int y, Raster source) {
    begin(y);
    if (x != 0 || source.getHeight() != 1 || source.getWidth() != getWidth()) {
      throw new IllegalStateException("the reader does not write whole rows");
    }
    if (source.getTransferType() == DataBuffer.TYPE_BYTE && source.getNumBands() == 3) {
      source.getDataElements(0, 0, getWidth(), 1, rgb);
    } else {
      source.getPixels(0, 0, getWidth(), 1, samples);
      colours.toRgb(samples, rgb);
    }
    pass();
  }

  @Override
  public void setPixel(int x, int y, int[] pixel) {
    begin(y);
    System.arraycopy(pixel, 0, samples, x * numBands, numBands);
    if (x == getWidth() - 1) {
      colours.toRgb(samples, rgb);
      pass();
    }
  }

  private void begin(int y) {
    if (y == 0 && row == getHeight()) {
      row = 0; // another scan of the picture
    }
    if (y != row) {
      throw new IllegalStateException("row " + y + " comes instead of row " + row);
    }
  }

  private void pass() {
    row++;
    rows.accept(rgb);
  }
}
