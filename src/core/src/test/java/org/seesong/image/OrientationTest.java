package org.seesong.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** EXIF's orientation wherever and however programs store it. */
class OrientationTest {
  private static final byte[] PREFIX = {'E', 'x', 'i', 'f', 0, 0};

  private final ImageDecoder decoder = new ImageDecoder();

  /** The forms that EXIF data has in chunks of PNG and WebP. */
  private static List<byte[]> forms(int orientation) {
    byte[] bigEndian = PictureFiles.tiff(orientation, false, 3);
    return List.of(
        bigEndian,
        PictureFiles.tiff(orientation, true, 3),
        PictureFiles.tiff(orientation, false, 4),
        PictureFiles.tiff(orientation, true, 4),
        PictureFiles.concat(PREFIX, bigEndian));
  }

  @Test
  void pngsAreTurnedAsTheirExifChunkSaysBeforeAndAfterThePictureData() throws Exception {
    byte[] plain = PictureFiles.write(PictureFiles.scene(80, 48, 2), "png");
    RgbImage upright = decoder.decode(plain, "plain.png");
    for (int orientation = 1; orientation <= 8; orientation++) {
      for (byte[] form : forms(orientation)) {
        byte[] chunk = PictureFiles.pngChunk("eXIf", form);
        for (int at : new int[] {33, plain.length - 12}) {
          RgbImage turned = decoder.decode(PictureFiles.insert(plain, at, chunk), "turned.png");
          assertThat(turned.width()).isEqualTo(orientation < 5 ? 80 : 48);
          assertThat(turned.pixels()).isEqualTo(upright.oriented(orientation).pixels());
        }
      }
    }
  }

  @Test
  void webpsAreTurnedAsTheirExifChunkSays() throws Exception {
    for (int orientation : new int[] {1, 3, 6, 8}) {
      for (byte[] form : forms(orientation)) {
        RgbImage turned = decoder.decode(withExif(Bombs.webp(80, 48), form), "turned.webp");
        assertThat(turned.width()).isEqualTo(orientation < 5 ? 80 : 48);
      }
    }
  }

  private static byte[] withExif(byte[] webp, byte[] exif) {
    ByteBuffer chunk = ByteBuffer.allocate(8 + exif.length).order(ByteOrder.LITTLE_ENDIAN);
    chunk.put("EXIF".getBytes(StandardCharsets.US_ASCII)).putInt(exif.length).put(exif);
    byte[] padded = PictureFiles.concat(webp, new byte[webp.length & 1], chunk.array());
    ByteBuffer.wrap(padded).order(ByteOrder.LITTLE_ENDIAN).putInt(4, padded.length - 8);
    return padded;
  }

  @Test
  void jpegsAreTurnedWhereTheOrientationIsStoredAsLong() throws Exception {
    byte[] plain = PictureFiles.write(PictureFiles.scene(80, 48, 2), "jpeg");
    RgbImage upright = decoder.decode(plain, "plain.jpg");
    for (boolean littleEndian : new boolean[] {true, false}) {
      byte[] segment =
          PictureFiles.concat(
              new byte[] {(byte) 0xff, (byte) 0xe1, 0, 34},
              PREFIX,
              PictureFiles.tiff(6, littleEndian, 4));
      RgbImage turned = decoder.decode(PictureFiles.insert(plain, 2, segment), "long.jpg");
      assertThat(turned.pixels()).isEqualTo(upright.oriented(6).pixels());
    }
  }

  @Test
  void anyDamageToAnExifChunkLeavesThePictureReadable() throws Exception {
    byte[] plain = PictureFiles.write(PictureFiles.scene(40, 24, 2), "png");
    byte[] tiff = PictureFiles.tiff(6, true, 4);
    for (int at = 0; at < tiff.length; at++) {
      for (int value : new int[] {0, 1, 127, 128, 255}) {
        byte[] damaged = tiff.clone();
        damaged[at] = (byte) value;
        byte[] chunk = PictureFiles.pngChunk("eXIf", damaged);
        assertThat(decoder.decode(PictureFiles.insert(plain, 33, chunk), "x.png").pixels())
            .hasSize(3 * 40 * 24);
        byte[] webp = withExif(Bombs.webp(40, 24), damaged);
        assertThat(decoder.decode(webp, "x.webp").pixels()).hasSize(3 * 40 * 24);
      }
    }
  }

  @Test
  void largePicturesAreTurnedToo() throws Exception {
    byte[] plain = PictureFiles.write(PictureFiles.scene(1800, 1000, 2), "jpeg");
    List<ImageSize> sizes = List.of(ImageSize.square(100), ImageSize.within(160));
    List<RgbImage> upright = decoder.decode(plain, "plain.jpg", sizes);
    byte[] turned = PictureFiles.insert(plain, 2, PictureFiles.exif(6, true));
    List<RgbImage> results = decoder.decode(turned, "turned.jpg", sizes);
    assertThat(results.get(0).pixels()).isEqualTo(upright.get(0).oriented(6).pixels());
    assertThat(results.get(1).width()).isEqualTo(89);
    assertThat(results.get(1).height()).isEqualTo(160);
    assertThat(results.get(1).pixels()).isEqualTo(upright.get(1).oriented(6).pixels());
  }
}
