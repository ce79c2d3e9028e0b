package org.seesong.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * Walks a PNG's chunks to IEND. Header, palette, transparency and one merged run of image data are
 * kept, and the EXIF orientation is read; text, profiles, animation and the rest never reach the
 * decoder.
 */
final class PngCheck {
  /** Where in the file the header's bits a sample and its interlacing stand. */
  private static final int BITS = 24;

  private static final int INTERLACE = 28;

  private PngCheck() {}

  static CheckedPicture check(byte[] bytes, DecoderLimits limits) throws DamageException {
    ByteReader in = new ByteReader(bytes, "PNG");
    ByteArrayOutputStream head = new ByteArrayOutputStream(2048);
    long dataLength = 0;
    int orientation = 1;
    head.write(bytes, 0, 8);
    if (!in.hasAscii(12, "IHDR") || in.i32be(8, "header") != 13) {
      in.require(8, 25, "header");
      throw in.damaged("the PNG header is missing");
    }
    int width = in.i32be(16, "header");
    int height = in.i32be(20, "header");
    CheckedPicture.requireSides(width, height, limits.maxPixels(), limits);
    int at = 8;
    while (true) {
      int length = in.i32be(at, "chunks, before its last one (IEND)");
      if (length < 0) {
        throw in.damaged("a PNG chunk of negative length");
      }
      in.require(at, 12L + length, "chunks, before its last one (IEND)");
      if (in.hasAscii(at + 4, "IEND")) {
        break;
      }
      boolean wanted = in.hasAscii(at + 4, "PLTE") || in.hasAscii(at + 4, "IHDR");
      if (in.hasAscii(at + 4, "IDAT")) {
        requireChecksum(in, at, length);
        dataLength += length;
      } else if (wanted || in.hasAscii(at + 4, "tRNS")) {
        requireChecksum(in, at, length);
        if (length > 768) {
          throw in.damaged("a PNG palette of " + length + " bytes");
        }
        head.write(bytes, at, length + 12);
      } else if (in.hasAscii(at + 4, "eXIf") && orientation == 1) {
        orientation = ExifOrientation.ofChunk(bytes, at + 8, at + 8 + length);
      }
      at += length + 12;
    }
    if (dataLength == 0) {
      throw in.damaged("the PNG file holds no picture data");
    }
    CheckedPicture.Layout layout =
        bytes[INTERLACE] == 0
            ? CheckedPicture.Layout.TOP_DOWN
            : bytes[BITS] == 16
                ? CheckedPicture.Layout.EIGHT_BYTES
                : CheckedPicture.Layout.FOUR_BYTES;
    byte[] rewritten = rewritten(head.toByteArray(), bytes, (int) dataLength);
    return CheckedPicture.plain(PictureFormat.PNG, rewritten, width, height, orientation, layout);
  }

  /** Head, one chunk of all picture data, end. */
  private static byte[] rewritten(byte[] head, byte[] bytes, int dataLength) {
    ByteBuffer out = ByteBuffer.allocate(head.length + 12 + dataLength + 12);
    out.put(head).putInt(dataLength);
    int begin = out.position();
    out.put("IDAT".getBytes(StandardCharsets.US_ASCII));
    ByteReader in = new ByteReader(bytes, "PNG");
    ByteBuffer chunks = ByteBuffer.wrap(bytes);
    for (int at = 8; !in.hasAscii(at + 4, "IEND"); at += chunks.getInt(at) + 12) {
      if (in.hasAscii(at + 4, "IDAT")) {
        out.put(bytes, at + 8, chunks.getInt(at));
      }
    }
    putChecksum(out, begin);
    out.putInt(0);
    out.put("IEND".getBytes(StandardCharsets.US_ASCII));
    putChecksum(out, out.position() - 4);
    return out.array();
  }

  private static void putChecksum(ByteBuffer out, int begin) {
    CRC32 crc = new CRC32();
    crc.update(out.duplicate().flip().position(begin));
    out.putInt((int) crc.getValue());
  }

  private static void requireChecksum(ByteReader in, int at, int length) throws DamageException {
    CRC32 crc = new CRC32();
    crc.update(in.bytes, at + 4, length + 4);
    if ((int) crc.getValue() != in.i32be(at + 8 + length, "checksum")) {
      String type = new String(in.bytes, at + 4, 4, StandardCharsets.ISO_8859_1);
      throw in.damaged("the checksum of PNG chunk " + type + " is wrong");
    }
  }
}
