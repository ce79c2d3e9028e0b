package org.seesong.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Large pictures are averaged, whatever their format, and phones' photographs are read. */
@Timeout(300)
class LargePictureTest {
  private static final int SIDE = 224;

  private final ImageDecoder decoder = new ImageDecoder();

  private static BufferedImage noise(int width, int height, int type) {
    BufferedImage image = new BufferedImage(width, height, type);
    SplittableRandom random = new SplittableRandom(3);
    int[] row = new int[width];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        row[x] = random.nextInt() | 0xff000000;
      }
      image.setRGB(0, y, width, 1, row, 0, width);
    }
    return image;
  }

  /** Cosine of what is left of two pictures without their means, which noise would hide behind. */
  private static double cosine(byte[] a, byte[] b) {
    double meanA = mean(a);
    double meanB = mean(b);
    double dot = 0;
    double squareA = 0;
    double squareB = 0;
    for (int i = 0; i < a.length; i++) {
      double x = (a[i] & 0xff) - meanA;
      double y = (b[i] & 0xff) - meanB;
      dot += x * y;
      squareA += x * x;
      squareB += y * y;
    }
    return dot / Math.sqrt(squareA * squareB);
  }

  private static double mean(byte[] bytes) {
    double sum = 0;
    for (byte b : bytes) {
      sum += b & 0xff;
    }
    return sum / bytes.length;
  }

  @Test
  void whatEncodersSeeOfANoisyPictureIsItsMeanByAreas() throws Exception {
    BufferedImage noise = noise(4000, 3000, BufferedImage.TYPE_INT_RGB);
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("baseline.jpg", PictureFiles.jpeg(noise, false));
    files.put("progressive.jpg", PictureFiles.jpeg(noise, true));
    files.put("a.png", PictureFiles.write(noise, "png"));
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      RgbImage all =
          RgbImage.fromBufferedImage(ImageIO.read(new ByteArrayInputStream(file.getValue())));
      RgbImage exact = all.resizedTo(SIDE, SIDE);
      List<RgbImage> seen =
          decoder.decode(
              file.getValue(),
              file.getKey(),
              List.of(ImageSize.square(SIDE), ImageSize.within(160)));
      assertThat(cosine(seen.get(0).pixels(), exact.pixels()))
          .as(file.getKey())
          .isGreaterThan(.999);
      assertThat(seen.get(1).width()).isEqualTo(160);
      assertThat(cosine(seen.get(1).pixels(), all.resizedTo(160, 120).pixels()))
          .isGreaterThan(.999);
      RgbImage general = decoder.decode(file.getValue(), file.getKey());
      assertThat(cosine(general.resizedTo(SIDE, SIDE).pixels(), exact.pixels())).isGreaterThan(.8);
    }
  }

  @Test
  void formatsThatAreReadInMemoryAreAveragedToo() throws Exception {
    BufferedImage noise = noise(2000, 1500, BufferedImage.TYPE_INT_RGB);
    BufferedImage palette = noise(2000, 1500, BufferedImage.TYPE_BYTE_INDEXED);
    BufferedImage grey = noise(2000, 1500, BufferedImage.TYPE_BYTE_GRAY);
    BufferedImage bits = noise(2000, 1500, BufferedImage.TYPE_BYTE_BINARY);
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("a.bmp", PictureFiles.write(noise, "bmp"));
    files.put("a.gif", PictureFiles.write(palette, "gif"));
    files.put("palette.png", PictureFiles.write(palette, "png"));
    files.put("grey.png", PictureFiles.write(grey, "png"));
    files.put("bits.png", PictureFiles.write(bits, "png"));
    files.put("grey.jpg", PictureFiles.write(grey, "jpeg"));
    files.put("deep.png", PictureFiles.write(deep(1000, 900), "png"));
    files.put("clear.png", PictureFiles.write(clear(1000, 900), "png"));
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      RgbImage all =
          RgbImage.fromBufferedImage(ImageIO.read(new ByteArrayInputStream(file.getValue())));
      RgbImage seen =
          decoder.decode(file.getValue(), file.getKey(), List.of(ImageSize.square(SIDE))).get(0);
      byte[] exact = all.resizedTo(SIDE, SIDE).pixels();
      for (int i = 0; i < exact.length; i++) {
        assertThat(seen.pixels()[i] & 0xff).as(file.getKey()).isCloseTo(exact[i] & 0xff, within(1));
      }
    }
  }

  private static BufferedImage deep(int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_USHORT_GRAY);
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < width * height; i++) {
      image.getRaster().setSample(i % width, i / width, 0, random.nextInt(65_536));
    }
    return image;
  }

  private static BufferedImage clear(int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < width * height; i++) {
      image.setRGB(i % width, i / width, random.nextInt());
    }
    return image;
  }

  @Test
  void photographsOfPhonesAreRead() throws Exception {
    for (int[] size : new int[][] {{8064, 6048}, {8256, 5504}}) {
      byte[] file = PictureFiles.hugeJpeg(size[0], size[1], false);
      RgbImage seen = decoder.decode(file, "a.jpg", List.of(ImageSize.square(SIDE))).get(0);
      assertThat(seen.width()).isEqualTo(SIDE);
    }
  }

  @Test
  void limitsDecideWhatIsRefusedAndNothingElse() throws Exception {
    byte[] file = PictureFiles.jpeg(noise(1300, 1000, BufferedImage.TYPE_INT_RGB), false);
    List<ImageSize> sizes = List.of(ImageSize.square(SIDE));
    ImageDecoder exact = new ImageDecoder(DecoderLimits.DEFAULTS.withMaxPixels(1_300_000));
    assertThat(exact.decode(file, "a.jpg", sizes).get(0).pixels())
        .isEqualTo(decoder.decode(file, "a.jpg", sizes).get(0).pixels());
    ImageDecoder less = new ImageDecoder(DecoderLimits.DEFAULTS.withMaxPixels(1_299_999));
    assertThatThrownBy(() -> less.decode(file, "a.jpg", sizes))
        .hasMessageStartingWith("a.jpg: is too large: 1300 x 1000 pixels, at most 1299999");
  }

  @Test
  void smallPicturesAreSeenAsTheResizerShowsThem() throws Exception {
    byte[] file = PictureFiles.write(PictureFiles.scene(340, 256, 2), "jpeg");
    List<RgbImage> seen =
        decoder.decode(file, "a.jpg", List.of(ImageSize.square(SIDE), ImageSize.within(160)));
    RgbImage all = decoder.decode(file, "a.jpg");
    assertThat(seen.get(0).pixels()).isEqualTo(all.resizedTo(SIDE, SIDE).pixels());
    assertThat(seen.get(1).toJpeg(160, .8f)).isEqualTo(all.toJpeg(160, .8f));
  }

  /** The decoder tells of such a picture, as of a progressive one, after each scan. */
  @Test
  void aBaselinePictureWithAScanForEachChannelIsReadAsAWhole() throws Exception {
    BufferedImage scene = PictureFiles.scene(1200, 1000, 4);
    byte[] file = PictureFiles.scanByChannel(scene);
    CheckedPicture checked = CheckedPicture.check(file, DecoderLimits.DEFAULTS);
    assertThat(checked.scans()).isEqualTo(3);
    List<ImageSize> sizes = List.of(ImageSize.square(SIDE), ImageSize.within(160));
    List<RgbImage> seen = decoder.decode(file, "a.jpg", sizes);
    RgbImage all = RgbImage.fromBufferedImage(ImageIO.read(new ByteArrayInputStream(file)));
    byte[] exact = all.resizedTo(SIDE, SIDE).pixels();
    byte[] before = RgbImage.fromBufferedImage(scene).resizedTo(SIDE, SIDE).pixels();
    for (int i = 0; i < exact.length; i++) {
      int sample = seen.get(0).pixels()[i] & 0xff;
      assertThat(sample).isCloseTo(exact[i] & 0xff, within(1));
      assertThat(sample).isCloseTo(before[i] & 0xff, within(30));
    }
    assertThat(cosine(seen.get(0).pixels(), before)).isGreaterThan(.999);
    assertThat(cosine(seen.get(1).pixels(), all.resizedTo(160, 133).pixels())).isGreaterThan(.999);
    byte[] cut = Arrays.copyOf(file, file.length - 200);
    assertThatThrownBy(() -> decoder.decode(cut, "cut.jpg")).isInstanceOf(ImageException.class);
  }
}
