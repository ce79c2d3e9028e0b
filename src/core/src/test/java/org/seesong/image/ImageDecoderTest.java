package org.seesong.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageDecoderTest {
  private final ImageDecoder decoder = new ImageDecoder();

  @Test
  void theDefaultLimitsAreThese() {
    assertThat(DecoderLimits.DEFAULTS)
        .isEqualTo(
            new DecoderLimits(
                100_000_000,
                16_384,
                200_000_000,
                16_000_000,
                160_000_000,
                100,
                800_000_000,
                Duration.ofSeconds(10)));
  }

  @Test
  void everyFormatIsReadWhateverItsName() throws Exception {
    for (Map.Entry<String, byte[]> file : PictureFiles.good().entrySet()) {
      RgbImage image = decoder.decode(file.getValue(), "x.bin");
      assertThat(image.width())
          .as(file.getKey())
          .isEqualTo(file.getKey().endsWith("webp") ? 1 : 90);
    }
  }

  @Test
  void losslessFormatsGiveTheirExactColours() throws Exception {
    BufferedImage scene = PictureFiles.scene(61, 33, 4);
    for (String format : new String[] {"png", "bmp"}) {
      RgbImage image = decoder.decode(PictureFiles.write(scene, format), format);
      assertThat(image.pixels()).isEqualTo(RgbImage.fromBufferedImage(scene).pixels());
    }
  }

  @Test
  void greyAndSixteenBitPngKeepTheirValues() throws Exception {
    BufferedImage grey = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_GRAY);
    grey.getRaster().setSample(1, 0, 0, 100);
    BufferedImage deep = new BufferedImage(2, 1, BufferedImage.TYPE_USHORT_GRAY);
    deep.getRaster().setSample(1, 0, 0, 100 * 257);
    for (BufferedImage image : new BufferedImage[] {grey, deep}) {
      byte[] pixels = decoder.decode(PictureFiles.write(image, "png"), "grey.png").pixels();
      assertThat(pixels).containsExactly(0, 0, 0, 100, 100, 100);
    }
  }

  @Test
  void transparentPngIsShownOnWhite() throws Exception {
    BufferedImage image = new BufferedImage(1, 1, BufferedImage.TYPE_INT_ARGB);
    byte[] pixels = decoder.decode(PictureFiles.write(image, "png"), "clear.png").pixels();
    assertThat(pixels).containsOnly((byte) 255);
  }

  @Test
  void allOrientationsAreApplied() throws Exception {
    byte[] plain = PictureFiles.write(PictureFiles.scene(80, 48, 2), "jpeg");
    RgbImage upright = decoder.decode(plain, "plain.jpg");
    for (int orientation = 1; orientation <= 8; orientation++) {
      for (boolean littleEndian : new boolean[] {true, false}) {
        byte[] exif = PictureFiles.exif(orientation, littleEndian);
        RgbImage turned = decoder.decode(PictureFiles.insert(plain, 2, exif), "turned.jpg");
        assertThat(turned.width()).isEqualTo(orientation < 5 ? 80 : 48);
        assertThat(turned.pixels()).isEqualTo(upright.oriented(orientation).pixels());
      }
    }
  }

  @Test
  void anyDamageToTheExifSegmentLeavesThePictureUprightOrTurned() throws Exception {
    byte[] plain = PictureFiles.write(PictureFiles.scene(40, 24, 2), "jpeg");
    for (int at = 4; at < 36; at++) {
      for (int value : new int[] {0, 1, 127, 128, 255}) {
        byte[] exif = PictureFiles.exif(6, true);
        exif[at] = (byte) value;
        RgbImage image = decoder.decode(PictureFiles.insert(plain, 2, exif), "x.jpg");
        assertThat(image.pixels()).hasSize(3 * 40 * 24);
      }
    }
  }

  @Test
  void fourChannelJpegsBecomeRgb() throws Exception {
    // 16 x 16 of full cyan with half black.
    int[] ink = {255, 0, 0, 127};
    int[] inverted = {0, 255, 255, 128};
    byte[] plain = fourChannelJpeg(ink);
    assertThat(decoder.decode(plain, "cmyk.jpg").pixels())
        .startsWith((byte) 0, (byte) 128, (byte) 128);
    byte[] adobe = {
      (byte) 0xff, (byte) 0xee, 0, 14, 'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, 0
    };
    byte[] photoshop = PictureFiles.insert(fourChannelJpeg(inverted), 2, adobe);
    assertThat(decoder.decode(photoshop, "cmyk.jpg").pixels())
        .startsWith((byte) 0, (byte) 128, (byte) 128);
    // The same stored as luma and chroma: white less the ink is (0, 255, 255), its luma 179.
    adobe[15] = 2;
    byte[] lumaChroma = {(byte) 76, (byte) 85, (byte) 255, (byte) 128};
    int[] samples = new int[4];
    Arrays.setAll(samples, i -> lumaChroma[i] & 0xff);
    byte[] ycck = PictureFiles.insert(fourChannelJpeg(samples), 2, adobe);
    byte[] pixels = decoder.decode(ycck, "ycck.jpg").pixels();
    assertThat(pixels[0] & 0xff).isLessThan(5);
    assertThat(pixels[1] & 0xff).isBetween(124, 132);
    assertThat(pixels[2] & 0xff).isBetween(124, 132);
  }

  /** Raw channels without any application segment. */
  private static byte[] fourChannelJpeg(int[] samples) throws IOException {
    WritableRaster raster =
        java.awt.image.Raster.createInterleavedRaster(
            java.awt.image.DataBuffer.TYPE_BYTE, 16, 16, 4, null);
    for (int i = 0; i < 256; i++) {
      raster.setPixel(i % 16, i / 16, samples);
    }
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
      writer.setOutput(stream);
      writer.write(null, new IIOImage(raster, null, null), null);
    } finally {
      writer.dispose();
    }
    return out.toByteArray();
  }

  @Test
  void largePicturesAreReducedButKeepEnoughForAnyEncoder() throws Exception {
    byte[] large = PictureFiles.write(PictureFiles.scene(2000, 1500, 3), "jpeg");
    RgbImage image = decoder.decode(large, "large.jpg");
    assertThat(image.width()).isEqualTo(667);
    assertThat(image.height()).isEqualTo(500);
  }

  @Test
  void otherFormatsAreNamed() {
    assertRefused(
        bytes("    ftypavif    "),
        "is an AVIF file, which is not read; use JPEG, PNG, GIF, BMP or WebP");
    assertRefused(
        bytes("    ftypheic    "),
        "is a HEIC file, which is not read; use JPEG, PNG, GIF, BMP or WebP");
    assertRefused(
        bytes("II*\0\b\0\0\0"),
        "is a TIFF file, which is not read; use JPEG, PNG, GIF, BMP or WebP");
    assertRefused(
        bytes("%PDF-1.7"), "is a PDF file, which is not read; use JPEG, PNG, GIF, BMP or WebP");
    assertRefused(
        bytes("8BPS\0\1"),
        "is a PSD (Photoshop) file, which is not read; use JPEG, PNG, GIF, BMP or WebP");
    assertRefused(
        bytes("\0\0\1\0\1\0"),
        "is an ICO (icon) file, which is not read; use JPEG, PNG, GIF, BMP or WebP");
    assertRefused(
        bytes("<?xml version='1.0'?>\n<svg/>"),
        "is an SVG file, which is not read; use JPEG, PNG, GIF, BMP or WebP");
    assertRefused(
        bytes("<!DOCTYPE html>\n<html><body>404"),
        "is not a picture: begins with text \"<!DOCTYPE html> <htm\"");
    assertRefused(
        bytes("BA is short for bachelor"),
        "is not a picture: begins with text \"BA is short for bach\"");
    assertRefused(
        new byte[] {1, 2, 3, 4},
        "is not a picture in a known format; use JPEG, PNG, GIF, BMP or WebP");
    assertRefused(new byte[0], "is empty");
  }

  @Test
  void filesThatAreNoneAreNamed(@TempDir Path folder) throws Exception {
    Path missing = folder.resolve("missing.jpg");
    assertThatThrownBy(() -> decoder.decode(missing))
        .isInstanceOf(ImageException.class)
        .hasMessage("missing.jpg: no such file: " + missing);
    Path sub = Files.createDirectory(folder.resolve("sub"));
    assertThatThrownBy(() -> decoder.decode(sub))
        .hasMessage("sub: is not a file but a folder or device");
    Path good = Files.write(folder.resolve("a.png"), PictureFiles.good().get("a.png"));
    assertThat(decoder.decode(good).width()).isEqualTo(90);
  }

  @Test
  void filesOverTheLimitAreRefused() {
    ImageDecoder strict = new ImageDecoder(DecoderLimits.DEFAULTS.withMaxBytes(100));
    assertThatThrownBy(() -> strict.decode(new byte[101], "x.jpg"))
        .hasMessage(
            "x.jpg: is larger than 100 bytes; raise the limit (--max-picture-bytes, in Solr"
                + " maxBytes) or make it smaller");
    ImageDecoder small = new ImageDecoder(DecoderLimits.DEFAULTS.withMaxPixels(5399));
    assertThatThrownBy(() -> small.decode(PictureFiles.good().get("a.png"), "a.png"))
        .hasMessage(
            "a.png: is too large: 90 x 60 pixels, at most 5399 in all are read; raise the limit"
                + " (--max-megapixels, in Solr maxPixels) or make it smaller");
  }

  private void assertRefused(byte[] file, String problem) {
    assertThatThrownBy(() -> decoder.decode(file, "x.jpg"))
        .isInstanceOf(ImageException.class)
        .hasMessage("x.jpg: " + problem);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
