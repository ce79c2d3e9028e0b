package org.seesong.image;

import java.nio.ByteBuffer;

/**
 * A picture file whose structure was walked and rewritten before any decoder sees it: only the
 * parts that make the first picture are left, and sides and work are within the limits.
 *
 * @param format what {@code bytes} are
 * @param bytes the rewritten file, all of the buffer's array
 * @param width pixels in a row, as stored
 * @param height number of rows, as stored
 * @param orientation EXIF's number, 1 to 8
 * @param colours how four-channel samples are meant
 */
record CheckedPicture(
    PictureFormat format,
    ByteBuffer bytes,
    int width,
    int height,
    int orientation,
    Colours colours) {

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

  static CheckedPicture plain(PictureFormat format, byte[] bytes, int width, int height) {
    return new CheckedPicture(format, ByteBuffer.wrap(bytes), width, height, 1, Colours.STANDARD);
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
              + " in all are read");
    }
  }
}
