package org.seesong.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Walks a WebP's chunks to its first picture, also within an animation, and writes a still of it:
 * coded picture and transparency, without profile and metadata, of which the EXIF orientation is
 * read.
 */
final class WebpCheck {
  private static final String PICTURE = "first picture";
  private static final int FRAME_HEADER = 16;

  /** Zeros after the file, because the reader looks ahead and is slow at the very end. */
  private static final int READ_AHEAD = 64;

  /**
   * Heap that the reader holds for a pixel of a lossy picture, in small objects; measured: 17
   * before it reads, 24 at the end of a photograph of 10 megapixels.
   */
  private static final int LOSSY_BYTES = 24;

  private final ByteReader in;
  private final DecoderLimits limits;
  private int alphaAt = -1;
  private int orientation = 1;

  private WebpCheck(byte[] bytes, DecoderLimits limits) {
    this.in = new ByteReader(bytes, "WebP");
    this.limits = limits;
  }

  static CheckedPicture check(byte[] bytes, DecoderLimits limits) throws DamageException {
    WebpCheck check = new WebpCheck(bytes, limits);
    long declared = 8 + (check.in.i32le(4, "header") & 0xffffffffL);
    if (declared > bytes.length) {
      throw check.in.cutOff("after " + bytes.length + " of " + declared + " bytes");
    }
    return check.walk(12);
  }

  private CheckedPicture walk(int from) throws DamageException {
    int at = from;
    while (true) {
      long length = in.i32le(at + 4, PICTURE) & 0xffffffffL;
      in.require(at, 8 + length, PICTURE);
      if (in.hasAscii(at, "VP8L")) {
        readOrientation(at);
        return lossless(at, (int) length);
      } else if (in.hasAscii(at, "VP8 ")) {
        readOrientation(at);
        return lossy(at, (int) length);
      } else if (in.hasAscii(at, "ALPH")) {
        alphaAt = at;
      }
      boolean frame = in.hasAscii(at, "ANMF");
      at = Math.toIntExact(frame ? at + 8L + FRAME_HEADER : at + 8 + length + (length & 1));
    }
  }

  /** Looks for EXIF data from the picture on: it comes last, after all frames. */
  private void readOrientation(int from) throws DamageException {
    long at = from;
    while (orientation == 1 && at + 8 <= in.bytes.length) {
      long length = in.i32le((int) at + 4, PICTURE) & 0xffffffffL;
      if (in.hasAscii((int) at, "EXIF") && at + 8 + length <= in.bytes.length) {
        orientation = ExifOrientation.ofChunk(in.bytes, (int) at + 8, (int) (at + 8 + length));
      }
      at += 8 + padded(length);
    }
  }

  private CheckedPicture lossless(int at, int length) throws DamageException {
    if (length < 5 || in.u8(at + 8, PICTURE) != 0x2f) {
      throw in.damaged("the WebP picture's header is wrong");
    }
    int bits = in.i32le(at + 9, PICTURE);
    return still((bits & 0x3fff) + 1, (bits >>> 14 & 0x3fff) + 1, -1, at, length);
  }

  private CheckedPicture lossy(int at, int length) throws DamageException {
    if (length < 10 || in.u24le(at + 11, PICTURE) != 0x2a019d) {
      throw in.damaged("the WebP picture's header is wrong");
    }
    int firstPartition = in.u24le(at + 8, PICTURE) >>> 5;
    if (firstPartition > length - 10) {
      throw in.cutOff("within its " + PICTURE);
    }
    int width = in.u16le(at + 14, PICTURE) & 0x3fff;
    int height = in.u16le(at + 16, PICTURE) & 0x3fff;
    CheckedPicture picture = still(width, height, alphaAt, at, length);
    requireHeap((long) width * height * LOSSY_BYTES);
    return picture;
  }

  /**
   * Refuses what would fill the heap: the last small object that is not got may be that of another
   * thread.
   */
  private static void requireHeap(long bytes) throws DamageException {
    long most = Runtime.getRuntime().maxMemory() / 4 * 3;
    if (bytes > most) {
      throw new DamageException(
          "needs "
              + (bytes >> 20)
              + " MB of memory, of which there are "
              + (most >> 20)
              + " for a picture: give Java a larger -Xmx");
    }
  }

  private CheckedPicture still(int width, int height, int alpha, int at, int length)
      throws DamageException {
    long maxPixels = Math.min(limits.maxPixels(), limits.maxPixelsInMemory());
    CheckedPicture.requireSides(width, height, maxPixels, limits);
    int alphaLength = alpha < 0 ? 0 : 8 + padded(in.i32le(alpha + 4, PICTURE));
    int header = alpha < 0 ? 0 : 18;
    ByteBuffer out =
        ByteBuffer.allocate(12 + header + alphaLength + 8 + padded(length) + READ_AHEAD);
    out.order(ByteOrder.LITTLE_ENDIAN);
    out.put(ascii("RIFF")).putInt(out.capacity() - READ_AHEAD - 8).put(ascii("WEBP"));
    if (alpha >= 0) {
      out.put(ascii("VP8X")).putInt(10).putInt(0x10);
      out.putShort((short) (width - 1)).put((byte) 0).putShort((short) (height - 1)).put((byte) 0);
      out.put(in.bytes, alpha, Math.min(alphaLength, in.bytes.length - alpha));
      out.position(12 + header + alphaLength);
    }
    out.put(in.bytes, at, 8 + length);
    return CheckedPicture.plain(
        PictureFormat.WEBP,
        out.array(),
        width,
        height,
        orientation,
        alpha < 0 ? CheckedPicture.Layout.FOUR_BYTES : CheckedPicture.Layout.EIGHT_BYTES);
  }

  private static long padded(long length) {
    return length + (length & 1);
  }

  private static int padded(int length) {
    return length + (length & 1);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
