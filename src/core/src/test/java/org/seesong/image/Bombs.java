package org.seesong.image;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.DeflaterOutputStream;

/** Small files that cost a careless reader minutes or gigabytes, made by code. */
final class Bombs {
  private Bombs() {}

  /** All kinds, by name. */
  static Map<String, byte[]> all() {
    Map<String, byte[]> bombs = new LinkedHashMap<>();
    bombs.put("scans.jpg", manyScans());
    bombs.put("comment.gif", gifComment());
    bombs.put("50000.png", png(50_000, 50_000));
    bombs.put("text.png", pngText());
    bombs.put("4000.webp", webp(4000, 4000));
    bombs.put("4000-lossy.webp", lossyWebp(4000, 4000));
    bombs.put("16384.webp", webp(16_384, 16_384));
    return bombs;
  }

  /** Good files cut off at every twentieth. */
  static Map<String, byte[]> truncations() {
    Map<String, byte[]> cut = new LinkedHashMap<>();
    PictureFiles.good()
        .forEach(
            (name, whole) -> {
              for (int percent = 0; percent < 100; percent += 5) {
                cut.put(percent + "-" + name, Arrays.copyOf(whole, whole.length * percent / 100));
              }
            });
    return cut;
  }

  /** 5,000 scans that each go over the whole picture. */
  static byte[] manyScans() {
    byte[] jpeg = PictureFiles.good().get("a.jpg");
    byte[] scan = {(byte) 0xff, (byte) 0xda, 0, 8, 1, 1, 0, 0, 63, 0, 0};
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    bomb.write(jpeg, 0, jpeg.length - 2);
    for (int i = 0; i < 5000; i++) {
      bomb.writeBytes(scan);
    }
    bomb.write(jpeg, jpeg.length - 2, 2);
    return bomb.toByteArray();
  }

  /** 15 MB of comment, which the JDK's reader copies anew for each of 60,000 blocks. */
  static byte[] gifComment() {
    byte[] gif = PictureFiles.good().get("a.gif");
    int colours = 13 + (3 << ((gif[10] & 7) + 1));
    ByteArrayOutputStream comment = new ByteArrayOutputStream();
    comment.write(0x21);
    comment.write(0xfe);
    byte[] block = new byte[256];
    block[0] = (byte) 255;
    for (int i = 0; i < 60_000; i++) {
      comment.writeBytes(block);
    }
    comment.write(0);
    return PictureFiles.insert(gif, colours, comment.toByteArray());
  }

  /** A chunk of text that unpacks to 300 MB. */
  static byte[] pngText() {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    byte[] megabyte = new byte[1_000_000];
    try (DeflaterOutputStream deflater = new DeflaterOutputStream(packed)) {
      for (int i = 0; i < 300; i++) {
        deflater.write(megabyte);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    byte[] text = PictureFiles.concat(new byte[] {'k', 0, 0}, packed.toByteArray());
    byte[] chunk = PictureFiles.pngChunk("zTXt", text);
    return PictureFiles.insert(PictureFiles.good().get("a.png"), 33, chunk);
  }

  /** A header that promises a size, and nothing behind it. */
  static byte[] png(int width, int height) {
    byte[] end = PictureFiles.pngChunk("IEND", new byte[0]);
    return PictureFiles.concat(PictureFiles.pngHeader(width, height, 8, 2), end);
  }

  /** One colour, said in 34 bytes. */
  static byte[] webp(int width, int height) {
    byte[] webp = PictureFiles.webpLossless();
    ByteBuffer bytes = ByteBuffer.wrap(webp).order(ByteOrder.LITTLE_ENDIAN);
    int others = bytes.getInt(21) & 0xf0000000;
    bytes.putInt(21, others | (height - 1) << 14 | (width - 1));
    return webp;
  }

  /**
   * A small lossy picture that says it is large; the reader takes 280 MB for one of 16 megapixels.
   */
  static byte[] lossyWebp(int width, int height) {
    byte[] webp = PictureFiles.webpLossy();
    ByteBuffer bytes = ByteBuffer.wrap(webp).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putShort(26, (short) width).putShort(28, (short) height);
    return webp;
  }
}
