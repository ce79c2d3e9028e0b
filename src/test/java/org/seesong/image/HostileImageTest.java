package org.seesong.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Files made to hang or to exhaust; a time-out here means that one of them did. */
@Timeout(60)
class HostileImageTest {
  private final ImageDecoder decoder = new ImageDecoder();

  @Test
  void truncatedFilesAreErrors() {
    for (Map.Entry<String, byte[]> file : PictureFiles.good().entrySet()) {
      byte[] whole = file.getValue();
      for (int percent = 0; percent < 100; percent += 5) {
        byte[] cut = Arrays.copyOf(whole, whole.length * percent / 100);
        assertThatThrownBy(() -> decoder.decode(cut, file.getKey()))
            .as("%s at %d %%", file.getKey(), percent)
            .isInstanceOf(ImageException.class)
            .hasMessageStartingWith(file.getKey() + ": ");
      }
    }
  }

  @Test
  void cutOffFilesAreCalledThat() {
    byte[] jpeg = PictureFiles.good().get("a.jpg");
    assertRefused(
        Arrays.copyOf(jpeg, jpeg.length - 100),
        "photo: is cut off: the JPEG data ends before its last scan is complete");
    byte[] withEnd = Arrays.copyOf(jpeg, jpeg.length - 100);
    withEnd[withEnd.length - 2] = (byte) 0xff;
    withEnd[withEnd.length - 1] = (byte) 0xd9;
    assertRefused(withEnd, "photo: is cut off: parts of its picture data are missing");
    byte[] png = PictureFiles.good().get("a.png");
    assertRefused(
        Arrays.copyOf(png, png.length - 20),
        "photo: is cut off: the PNG data ends within its chunks, before its last one (IEND)");
    byte[] bmp = PictureFiles.good().get("a.bmp");
    assertRefused(
        Arrays.copyOf(bmp, bmp.length - 10),
        "photo: is cut off: the BMP data ends before its last row");
    byte[] gif = PictureFiles.good().get("a.gif");
    assertRefused(
        Arrays.copyOf(gif, gif.length - 10),
        "photo: is cut off: the GIF data ends within its first picture");
  }

  @Test
  void anyFlippedBytesGiveAPictureOrAnImageException() {
    SplittableRandom random = new SplittableRandom(5);
    int pictures = 0;
    for (Map.Entry<String, byte[]> file : PictureFiles.good().entrySet()) {
      for (int i = 0; i < 150; i++) {
        byte[] damaged = file.getValue().clone();
        for (int flips = random.nextInt(4); flips >= 0; flips--) {
          damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
        }
        try {
          pictures += decoder.decode(damaged, file.getKey()).width() > 0 ? 1 : 0;
        } catch (ImageException e) {
          assertThat(e).hasMessageStartingWith(file.getKey() + ": ");
        }
      }
    }
    assertThat(pictures).isPositive();
  }

  @Test
  void aJpegOfManyScansIsRefusedBeforeDecoding() {
    byte[] jpeg = PictureFiles.good().get("a.jpg");
    byte[] scan = {(byte) 0xff, (byte) 0xda, 0, 8, 1, 1, 0, 0, 63, 0, 0};
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    bomb.write(jpeg, 0, jpeg.length - 2);
    for (int i = 0; i < 5000; i++) {
      bomb.writeBytes(scan);
    }
    bomb.write(jpeg, jpeg.length - 2, 2);
    assertRefused(
        bomb.toByteArray(), "photo: has too many scans: over 100 in a JPEG of 90 x 60 pixels");
  }

  @Test
  void gifCommentsNeverReachTheDecoder() throws Exception {
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
    byte[] bomb = PictureFiles.insert(gif, colours, comment.toByteArray());
    assertThat(decoder.decode(bomb, "bomb.gif").pixels())
        .isEqualTo(decoder.decode(gif, "a.gif").pixels());
  }

  @Test
  void pngTextNeverReachesTheDecoder() throws Exception {
    byte[] png = PictureFiles.good().get("a.png");
    Deflater deflater = new Deflater();
    deflater.setInput(new byte[300_000_000]);
    deflater.finish();
    byte[] packed = new byte[1_000_000];
    int length = deflater.deflate(packed);
    deflater.end();
    byte[] text = PictureFiles.concat(new byte[] {'k', 0, 0}, Arrays.copyOf(packed, length));
    byte[] bomb = PictureFiles.insert(png, 33, PictureFiles.pngChunk("zTXt", text));
    assertThat(decoder.decode(bomb, "bomb.png").pixels())
        .isEqualTo(decoder.decode(png, "a.png").pixels());
  }

  @Test
  void headersThatPromiseTooMuchAreRefusedBeforeAnyMemoryIsTaken() {
    byte[] end = PictureFiles.pngChunk("IEND", new byte[0]);
    assertRefused(
        PictureFiles.concat(PictureFiles.pngHeader(50_000, 50_000, 8, 2), end),
        "photo: is too large: 50000 x 50000 pixels, at most 16384 a side are read");
    assertRefused(
        PictureFiles.concat(PictureFiles.pngHeader(16_000, 16_000, 8, 2), end),
        "photo: is too large: 16000 x 16000 pixels, at most 40000000 in all are read");
    assertRefused(
        PictureFiles.concat(PictureFiles.pngHeader(-5, 7, 8, 2), end),
        "photo: is damaged: its size is -5 x 7");
    assertRefused(
        webpLosslessOf(16_384, 16_384),
        "photo: is too large: 16384 x 16384 pixels, at most 16000000 in all are read");
  }

  @Test
  void aTinyWebpOfManyPixelsEnds() {
    byte[] tiny = webpLosslessOf(4000, 4000);
    try {
      assertThat(decoder.decode(tiny, "tiny.webp").width()).isPositive();
    } catch (ImageException e) {
      assertThat(e).hasMessageStartingWith("tiny.webp: is ");
    }
  }

  /** One colour, said in a few bytes. */
  private static byte[] webpLosslessOf(int width, int height) {
    byte[] webp = PictureFiles.webpLossless();
    ByteBuffer bytes = ByteBuffer.wrap(webp).order(ByteOrder.LITTLE_ENDIAN);
    int others = bytes.getInt(21) & 0xf0000000;
    bytes.putInt(21, others | (height - 1) << 14 | (width - 1));
    return webp;
  }

  @Test
  void theDeadlineEndsLongDecoding() {
    DecoderLimits d = DecoderLimits.DEFAULTS;
    ImageDecoder hasty =
        new ImageDecoder(
            new DecoderLimits(
                d.maxBytes(),
                d.maxSide(),
                d.maxPixels(),
                d.maxPixelsInMemory(),
                d.maxJpegScans(),
                d.maxJpegScanPixels(),
                d.targetSide(),
                d.maxDecodedPixels(),
                Duration.ofNanos(1)));
    for (String format : new String[] {"jpeg", "png", "bmp"}) {
      BufferedImage scene = PictureFiles.scene(2000, 2000, 1);
      byte[] file = PictureFiles.write(scene, format);
      assertThatThrownBy(() -> hasty.decode(file, "slow"))
          .isInstanceOf(ImageException.class)
          .hasMessage("slow: takes too long: decoding was given up after 0 ms");
    }
  }

  private void assertRefused(byte[] file, String message) {
    assertThatThrownBy(() -> decoder.decode(file, "photo"))
        .isInstanceOf(ImageException.class)
        .hasMessage(message);
  }
}
