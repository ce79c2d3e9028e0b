package org.seesong.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * Walks a PNG's chunks to IEND. Header, palette, transparency and one merged run of image data are
 * kept; text, profiles, animation and the rest never reach the decoder.
 */
final class PngCheck {
  private PngCheck() {}

  static CheckedPicture check(byte[] bytes, DecoderLimits limits) throws DamageException {
    ByteReader in = new ByteReader(bytes, "PNG");
    ByteArrayOutputStream head = new ByteArrayOutputStream(2048);
    ByteArrayOutputStream data = new ByteArrayOutputStream(bytes.length);
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
        data.write(bytes, at + 8, length);
      } else if (wanted || in.hasAscii(at + 4, "tRNS")) {
        requireChecksum(in, at, length);
        if (length > 768) {
          throw in.damaged("a PNG palette of " + length + " bytes");
        }
        head.write(bytes, at, length + 12);
      }
      at += length + 12;
    }
    if (data.size() == 0) {
      throw in.damaged("the PNG file holds no picture data");
    }
    writeChunk(head, "IDAT", data.toByteArray());
    writeChunk(head, "IEND", new byte[0]);
    return CheckedPicture.plain(PictureFormat.PNG, head.toByteArray(), width, height);
  }

  private static void requireChecksum(ByteReader in, int at, int length) throws DamageException {
    CRC32 crc = new CRC32();
    crc.update(in.bytes, at + 4, length + 4);
    if ((int) crc.getValue() != in.i32be(at + 8 + length, "checksum")) {
      String type = new String(in.bytes, at + 4, 4, StandardCharsets.ISO_8859_1);
      throw in.damaged("the checksum of PNG chunk " + type + " is wrong");
    }
  }

  private static void writeChunk(ByteArrayOutputStream out, String type, byte[] content) {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 crc = new CRC32();
    crc.update(name);
    crc.update(content);
    out.writeBytes(ByteBuffer.allocate(4).putInt(content.length).array());
    out.writeBytes(name);
    out.writeBytes(content);
    out.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
  }
}
