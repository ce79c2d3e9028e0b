package org.seesong.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Reads the one number we need from EXIF data: JPEG's APP1 segment, PNG's eXIf and WebP's EXIF
 * chunk. Metadata readers are not used: they parse everything else as well, and fail or exhaust
 * memory on damaged segments.
 */
final class ExifOrientation {
  private static final String PREFIX = "Exif\0\0";
  private static final int TAG = 0x0112;
  private static final int SHORT = 3;
  private static final int LONG = 4;

  private ExifOrientation() {}

  /**
   * The orientation, or 1 (upright) where a JPEG's APP1 segment is another kind, damaged or silent
   * about it.
   *
   * @param bytes a file
   * @param from where the segment's content begins
   * @param to where it ends
   * @return EXIF's number, 1 to 8
   */
  static int ofSegment(byte[] bytes, int from, int to) {
    return new ByteReader(bytes, "").hasAscii(from, PREFIX) ? ofChunk(bytes, from, to) : 1;
  }

  /**
   * The same for a chunk of EXIF data, with or without JPEG's prefix: programs write PNG and WebP
   * both ways.
   *
   * @param bytes a file
   * @param from where the chunk's content begins
   * @param to where it ends
   * @return EXIF's number, 1 to 8
   */
  static int ofChunk(byte[] bytes, int from, int to) {
    int begin = new ByteReader(bytes, "").hasAscii(from, PREFIX) ? from + PREFIX.length() : from;
    return to - begin < 8 ? 1 : ofTiff(ByteBuffer.wrap(bytes, begin, to - begin).slice());
  }

  private static int ofTiff(ByteBuffer tiff) {
    short order = tiff.getShort(0);
    if (order != 0x4949 && order != 0x4d4d) {
      return 1;
    }
    tiff.order(order == 0x4949 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    long directory = tiff.getInt(4) & 0xffffffffL;
    if (tiff.getShort(2) != 42 || directory + 2 > tiff.limit()) {
      return 1;
    }
    int entries = tiff.getShort((int) directory) & 0xffff;
    for (int i = 0; i < entries; i++) {
      int entry = (int) directory + 2 + 12 * i;
      if (entry + 12 > tiff.limit()) {
        return 1;
      }
      if ((tiff.getShort(entry) & 0xffff) == TAG) {
        // The standard asks for SHORT; some programs write LONG.
        int type = tiff.getShort(entry + 2);
        int value =
            type == SHORT ? tiff.getShort(entry + 8) : type == LONG ? tiff.getInt(entry + 8) : 1;
        return value >= 1 && value <= 8 ? value : 1;
      }
    }
    return 1;
  }
}
