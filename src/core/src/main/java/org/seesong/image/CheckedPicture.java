package org.seesong.image;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * A picture file whose structure was walked and rewritten before any decoder sees it: only the
 * parts that make the first picture are left, and sides and work are within the limits.
 *
 * @param format what {@code bytes} are
 * @param bytes the rewritten file: parts of the file and of other arrays, each from its buffer's
 *     offset to its limit
 * @param width pixels in a row, as stored
 * @param height number of rows, as stored
 * @param orientation EXIF's number, 1 to 8
 * @param colours how four-channel samples are meant
 * @param layout what a reader needs to decode it
 * @param scans how often a reader gives all rows, at least 1; only the last time counts
 * @param hasEnd whether the file says where it ends; else only decoding shows whether data is
 *     missing
 */
record CheckedPicture(
    PictureFormat format,
    List<ByteBuffer> bytes,
    int width,
    int height,
    int orientation,
    Colours colours,
    Layout layout,
    int scans,
    boolean hasEnd) {

  /** How a reader works through a picture. */
  enum Layout {
    /** Row by row from the top, each row whole. */
    TOP_DOWN(4),
    /** In memory, a byte a pixel. */
    ONE_BYTE(1),
    /** In memory, four bytes a pixel. */
    FOUR_BYTES(4),
    /** In memory, eight bytes a pixel. */
    EIGHT_BYTES(8);

    private final int bytesPerPixel;

    Layout(int bytesPerPixel) {
      this.bytesPerPixel = bytesPerPixel;
    }
  }

  /** How a decoder's samples become red, green and blue. */
  enum Colours {
    /** The decoder gives the colours itself. */
    STANDARD,
    /** Cyan, magenta, yellow, black: 255 is full ink. */
    CMYK,
    /** The same with 255 for no ink, as Photoshop writes it. */
    INVERTED_CMYK,
    /** Inverted CMYK whose first three channels are stored as luma and chroma. */
    YCCK
  }

  static CheckedPicture plain(
      PictureFormat format, byte[] bytes, int width, int height, int orientation, Layout layout) {
    List<ByteBuffer> parts = List.of(ByteBuffer.wrap(bytes));
    return new CheckedPicture(
        format, parts, width, height, orientation, Colours.STANDARD, layout, 1, true);
  }

  boolean isTopDown() {
    return layout == Layout.TOP_DOWN;
  }

  int bytesPerPixel() {
    return colours == Colours.STANDARD ? layout.bytesPerPixel : 4;
  }

  String whatIsMissing() {
    return hasEnd
        ? "is cut off: parts of its picture data are missing"
        : "is cut off: the JPEG data ends " + JpegCheck.LAST_SCAN;
  }

  static CheckedPicture check(byte[] bytes, DecoderLimits limits) throws DamageException {
    return switch (PictureFormat.of(bytes)) {
      case JPEG -> new JpegCheck(bytes, limits).check();
      case PNG -> PngCheck.check(bytes, limits);
      case GIF -> GifCheck.check(bytes, limits);
      case BMP -> BmpCheck.check(bytes, limits);
      case WEBP -> WebpCheck.check(bytes, limits);
    };
  }

  static void requireSides(long width, long height, long maxPixels, DecoderLimits limits)
      throws DamageException {
    if (width < 1 || height < 1) {
      throw new DamageException("is damaged: its size is " + width + " x " + height);
    }
    if (width > limits.maxSide() || height > limits.maxSide()) {
      throw new DamageException(
          "is too large: "
              + width
              + " x "
              + height
              + " pixels, at most "
              + limits.maxSide()
              + " a side are read");
    }
    if (width * height > maxPixels) {
      throw new DamageException(
          "is too large: "
              + width
              + " x "
              + height
              + " pixels, at most "
              + maxPixels
              + " in all are read"
              + (maxPixels == limits.maxPixels()
                  ? "; raise the limit (--max-megapixels, in Solr maxPixels) or make it smaller"
                  : ""));
    }
  }
}
