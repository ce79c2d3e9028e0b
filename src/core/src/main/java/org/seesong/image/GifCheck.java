package org.seesong.image;

import java.io.ByteArrayOutputStream;

/**
 * Walks a GIF's blocks to the end of its first frame and keeps that frame with its colour table and
 * transparency. Comments and later frames never reach the decoder, which would join comment blocks
 * one by one at quadratic cost.
 */
final class GifCheck {
  private static final int IMAGE = 0x2c;
  private static final int EXTENSION = 0x21;
  private static final int GRAPHIC_CONTROL = 0xf9;
  private static final String PICTURE = "first picture";

  private GifCheck() {}

  static CheckedPicture check(byte[] bytes, DecoderLimits limits) throws DamageException {
    ByteReader in = new ByteReader(bytes, "GIF");
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
    int at = 13 + colourTable(in.u8(10, "header"));
    in.require(0, at, "colour table");
    out.write(bytes, 0, at);
    while (true) {
      int block = in.u8(at, PICTURE);
      if (block == IMAGE) {
        break;
      } else if (block != EXTENSION) {
        throw in.damaged(
            block == 0x3b ? "the GIF file holds no picture" : "unknown GIF block " + block);
      }
      int end = afterBlocks(in, at + 2);
      if (in.u8(at + 1, PICTURE) == GRAPHIC_CONTROL && end - at == 8) {
        out.write(bytes, at, 8);
      }
      at = end;
    }
    int width = in.u16le(at + 5, PICTURE);
    int height = in.u16le(at + 7, PICTURE);
    CheckedPicture.requireSides(width, height, limits.maxPixels(), limits);
    int end = afterBlocks(in, at + 11 + colourTable(in.u8(at + 9, PICTURE)));
    out.write(bytes, at, end - at);
    out.write(0x3b);
    return CheckedPicture.plain(
        PictureFormat.GIF, out.toByteArray(), width, height, 1, CheckedPicture.Layout.ONE_BYTE);
  }

  private static int colourTable(int flags) {
    return (flags & 0x80) == 0 ? 0 : 3 << ((flags & 7) + 1);
  }

  private static int afterBlocks(ByteReader in, int from) throws DamageException {
    int at = from;
    int length = in.u8(at, PICTURE);
    while (length > 0) {
      at += length + 1;
      length = in.u8(at, PICTURE);
    }
    return at + 1;
  }
}
