package org.seesong.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
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
    assertRefused(
        Bombs.manyScans(), "photo: has too many scans: over 100 in a JPEG of 90 x 60 pixels");
  }

  @Test
  void gifCommentsNeverReachTheDecoder() throws Exception {
    byte[] gif = PictureFiles.good().get("a.gif");
    assertThat(decoder.decode(Bombs.gifComment(), "bomb.gif").pixels())
        .isEqualTo(decoder.decode(gif, "a.gif").pixels());
  }

  @Test
  void pngTextNeverReachesTheDecoder() throws Exception {
    byte[] png = PictureFiles.good().get("a.png");
    assertThat(decoder.decode(Bombs.pngText(), "bomb.png").pixels())
        .isEqualTo(decoder.decode(png, "a.png").pixels());
  }

  @Test
  void headersThatPromiseTooMuchAreRefusedBeforeAnyMemoryIsTaken() {
    assertRefused(
        Bombs.png(50_000, 50_000),
        "photo: is too large: 50000 x 50000 pixels, at most 16384 a side are read");
    assertRefused(
        Bombs.png(16_000, 16_000),
        "photo: is too large: 16000 x 16000 pixels, at most 200000000 in all are read; raise the"
            + " limit (--max-megapixels, in Solr maxPixels) or make it smaller");
    assertRefused(Bombs.png(-5, 7), "photo: is damaged: its size is -5 x 7");
    assertRefused(
        Bombs.webp(16_384, 16_384),
        "photo: is too large: 16384 x 16384 pixels, at most 16000000 in all are read");
  }

  @Test
  void aTinyWebpOfManyPixelsEnds() {
    byte[] tiny = Bombs.webp(4000, 4000);
    try {
      assertThat(decoder.decode(tiny, "tiny.webp").width()).isPositive();
    } catch (ImageException e) {
      assertThat(e).hasMessageStartingWith("tiny.webp: is ");
    }
  }

  @Test
  void theDeadlineEndsLongDecoding() {
    DecoderLimits limits = DecoderLimits.DEFAULTS;
    ImageDecoder hasty =
        new ImageDecoder(
            new DecoderLimits(
                limits.maxBytes(),
                limits.maxSide(),
                limits.maxPixels(),
                limits.maxPixelsInMemory(),
                limits.maxJpegCoefficients(),
                limits.maxJpegScans(),
                limits.maxJpegScanPixels(),
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
