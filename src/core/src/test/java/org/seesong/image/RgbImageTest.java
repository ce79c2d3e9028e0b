package org.seesong.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.seesong.io.Digests;

class RgbImageTest {
  @RepeatedTest(30)
  void constantPicturesStayConstant(RepetitionInfo seed) {
    SplittableRandom random = new SplittableRandom(seed.getCurrentRepetition());
    int value = random.nextInt(256);
    byte[] pixels = new byte[3 * 41 * 23];
    Arrays.fill(pixels, (byte) value);
    RgbImage resized =
        new RgbImage(41, 23, pixels).resizedTo(1 + random.nextInt(90), 1 + random.nextInt(90));
    for (byte pixel : resized.pixels()) {
      assertThat(pixel & 0xff).isEqualTo(value);
    }
  }

  @RepeatedTest(20)
  void shrinkingByWholeFactorsGivesTheMeanOfEachBlock(RepetitionInfo seed) {
    SplittableRandom random = new SplittableRandom(seed.getCurrentRepetition());
    int factorX = 1 + random.nextInt(6);
    int factorY = 1 + random.nextInt(6);
    RgbImage image = PictureFiles.noise(7 * factorX, 5 * factorY, seed.getCurrentRepetition());
    RgbImage small = image.resizedTo(7, 5);
    for (int i = 0; i < small.pixels().length; i++) {
      int x = i / 3 % 7;
      int y = i / 21;
      double sum = 0;
      for (int dy = 0; dy < factorY; dy++) {
        for (int dx = 0; dx < factorX; dx++) {
          int pixel = (y * factorY + dy) * image.width() + x * factorX + dx;
          sum += image.pixels()[3 * pixel + i % 3] & 0xff;
        }
      }
      double mean = sum / (factorX * factorY);
      assertThat((double) (small.pixels()[i] & 0xff)).isEqualTo(mean, within(0.51));
    }
  }

  @RepeatedTest(10)
  void shrinkingByAnyFactorKeepsTheMean(RepetitionInfo seed) {
    SplittableRandom random = new SplittableRandom(seed.getCurrentRepetition());
    RgbImage image =
        PictureFiles.noise(100 + random.nextInt(99), 100 + random.nextInt(99), random.nextLong());
    RgbImage small = image.resizedTo(37, 41);
    assertThat(mean(small)).isEqualTo(mean(image), within(0.1));
  }

  private static double mean(RgbImage image) {
    double sum = 0;
    for (byte pixel : image.pixels()) {
      sum += pixel & 0xff;
    }
    return sum / image.pixels().length;
  }

  @Test
  void enlargingIsLinearBetweenPixelCentres() {
    RgbImage two = new RgbImage(2, 1, new byte[] {0, 0, 0, 100, 100, 100});
    RgbImage four = two.resizedTo(4, 1);
    assertThat(new int[] {four.pixels()[0], four.pixels()[3], four.pixels()[6], four.pixels()[9]})
        .containsExactly(0, 25, 75, 100);
  }

  @Test
  void theSameBytesComeOutOnEveryJdk() {
    RgbImage resized = PictureFiles.noise(313, 207, 1).resizedTo(224, 224);
    assertThat(Digests.sha256(resized.pixels())).startsWith("f535a6a07222cca0");
  }

  @Test
  void orientationsTurnAndMirrorAsExifSays() {
    // Letters as pixels: AB above CD above EF.
    String[] expected = {
      "AB CD EF", "BA DC FE", "FE DC BA", "EF CD AB", "ACE BDF", "ECA FDB", "FDB ECA", "BDF ACE"
    };
    byte[] pixels = new byte[18];
    for (int i = 0; i < 6; i++) {
      pixels[3 * i] = (byte) ('A' + i);
    }
    for (int orientation = 1; orientation <= 8; orientation++) {
      RgbImage turned = new RgbImage(2, 3, pixels).oriented(orientation);
      StringBuilder letters = new StringBuilder();
      for (int i = 0; i < 6; i++) {
        letters.append(i > 0 && i % turned.width() == 0 ? " " : "");
        letters.append((char) turned.pixels()[3 * i]);
      }
      assertThat(letters.toString()).isEqualTo(expected[orientation - 1]);
    }
  }

  @Test
  void thumbnailsKeepProportionsAndNeverGrow() throws Exception {
    RgbImage image = RgbImage.fromBufferedImage(PictureFiles.scene(300, 120, 1));
    ImageDecoder decoder = new ImageDecoder();
    RgbImage small = decoder.decode(image.toJpeg(100, 0.8f), "small");
    assertThat(small.width()).isEqualTo(100);
    assertThat(small.height()).isEqualTo(40);
    RgbImage same = decoder.decode(image.toJpeg(1000, 0.8f), "same");
    assertThat(same.width()).isEqualTo(300);
  }

  @Test
  void greyIsTakenAsStored() {
    BufferedImage grey = new BufferedImage(1, 1, BufferedImage.TYPE_BYTE_GRAY);
    grey.getRaster().setSample(0, 0, 0, 128);
    assertThat(RgbImage.fromBufferedImage(grey).pixels()).containsOnly((byte) 128);
  }

  @Test
  void transparencyIsShownOnWhite() {
    for (int type :
        new int[] {
          BufferedImage.TYPE_INT_ARGB,
          BufferedImage.TYPE_4BYTE_ABGR,
          BufferedImage.TYPE_INT_ARGB_PRE,
          BufferedImage.TYPE_4BYTE_ABGR_PRE
        }) {
      BufferedImage image = new BufferedImage(2, 1, type);
      image.setRGB(0, 0, 0x00123456);
      image.setRGB(1, 0, 0x80ff0000);
      byte[] pixels = RgbImage.fromBufferedImage(image).pixels();
      assertThat(pixels)
          .containsExactly((byte) 255, (byte) 255, (byte) 255, (byte) 255, (byte) 127, (byte) 127);
    }
  }

  @Test
  void badArgumentsAreNamed() {
    RgbImage image = PictureFiles.noise(3, 3, 1);
    assertThatThrownBy(() -> image.resizedTo(0, 5))
        .hasMessage(
            "width and height must be at least 1 and their product below 715827880; got: 0 x 5");
    assertThatThrownBy(() -> image.toJpeg(0, 0.5f))
        .hasMessage("maxSide must be at least 1; got: 0");
    assertThatThrownBy(() -> image.toJpeg(5, Float.NaN))
        .hasMessage("quality must be within 0 to 1; got: NaN");
  }
}
