package org.seesong.image;

/**
 * The size a picture is wanted in, so that it is shrunk while it is read: either squeezed to a
 * square, as encoders want it, or with its proportions within a longest side.
 */
public final class ImageSize {
  private final int side;
  private final boolean square;

  private ImageSize(int side, boolean square) {
    if (side < 1) {
      throw new IllegalArgumentException("side must be at least 1; got: " + side);
    }
    this.side = side;
    this.square = square;
  }

  /**
   * The whole picture squeezed or stretched to a square, see {@link RgbImage#resizedTo}.
   *
   * @param side pixels a side, at least 1
   * @return the size
   */
  public static ImageSize square(int side) {
    return new ImageSize(side, true);
  }

  /**
   * A picture of the same proportions, never enlarged.
   *
   * @param maxSide its longest side, at least 1
   * @return the size
   */
  public static ImageSize within(int maxSide) {
    return new ImageSize(maxSide, false);
  }

  int width(int width, int height) {
    return square ? side : scaled(width, width, height);
  }

  int height(int width, int height) {
    return square ? side : scaled(height, width, height);
  }

  private int scaled(int length, int width, int height) {
    double scale = Math.min(1, (double) side / Math.max(width, height));
    return Math.max(1, (int) Math.round(length * scale));
  }
}
