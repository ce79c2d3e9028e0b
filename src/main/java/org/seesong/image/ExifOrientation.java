package org.seesong.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Reads the one number we need from a JPEG's APP1 segment. Metadata readers are not used: they
 * parse everything else as well, and fail or exhaust memory on damaged segments.
 */
final class ExifOrientation {
  private static final int TAG = 0x0112;
  private static final int SHORT = 3;

  private ExifOrientation() {}

  /**
   * The orientation, or 1 (upright) where the segment is another kind, damaged or silent about it.
   *
   * @param bytes a file
   * @param from where the segment's content begins
   * @param to where it ends
   * @return EXIF's number, 1 to 8
   */
  static int read(byte[] bytes, int from, int to) {
    if (to - from < 14 || !new ByteReader(bytes, "").hasAscii(from, "Exif\0\0")) {
      return 1;
    }
    ByteBuffer tiff = ByteBuffer.wrap(bytes, from + 6, to - from - 6).slice();
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
      if ((tiff.getShort(entry) & 0xffff) == TAG && tiff.getShort(entry + 2) == SHORT) {
        int value = tiff.getShort(entry + 8);
        return value >= 1 && value <= 8 ? value : 1;
      }
    }
    return 1;
  }
}
