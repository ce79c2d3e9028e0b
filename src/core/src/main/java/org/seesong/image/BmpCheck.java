package org.seesong.image;

/** Checks a BMP's header: size, a coding that is ours to read, and rows that are all there. */
final class BmpCheck {
  private static final int CORE_HEADER = 12;
  private static final String HEADER = "header";

  private BmpCheck() {}

  static CheckedPicture check(byte[] bytes, DecoderLimits limits) throws DamageException {
    ByteReader in = new ByteReader(bytes, "BMP");
    boolean core = in.i32le(14, HEADER) == CORE_HEADER;
    long width = core ? in.u16le(18, HEADER) : in.i32le(18, HEADER);
    long height = core ? in.u16le(20, HEADER) : Math.abs((long) in.i32le(22, HEADER));
    int bits = in.u16le(core ? 24 : 28, HEADER);
    int coding = core ? 0 : in.i32le(30, HEADER);
    CheckedPicture.requireSides(width, height, limits.maxPixels(), limits);
    if (coding == 4 || coding == 5) {
      throw new DamageException("is a BMP that wraps a JPEG or PNG file; not read");
    }
    if (coding == 0 || coding == 3 || coding == 6) {
      long row = (width * bits + 31) / 32 * 4;
      long begin = in.i32le(10, HEADER) & 0xffffffffL;
      // The last row's padding may be missing.
      if (begin + row * (height - 1) + (width * bits + 7) / 8 > bytes.length) {
        throw in.cutOff("before its last row");
      }
    }
    return CheckedPicture.plain(
        PictureFormat.BMP,
        bytes,
        (int) width,
        (int) height,
        1,
        bits <= 8 ? CheckedPicture.Layout.ONE_BYTE : CheckedPicture.Layout.FOUR_BYTES);
  }
}
