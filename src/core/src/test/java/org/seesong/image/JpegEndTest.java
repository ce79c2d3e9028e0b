package org.seesong.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** JPEGs without their end marker: whole pictures are read, cut off ones are not. */
class JpegEndTest {
  private static final String CUT_OFF = "x.jpg: is cut off: ";

  private final ImageDecoder decoder = new ImageDecoder();

  @Test
  void picturesThatLackOnlyTheirEndMarkerAreRead() throws Exception {
    for (boolean progressive : new boolean[] {false, true}) {
      byte[] whole = PictureFiles.jpeg(PictureFiles.scene(90, 60, 1), progressive);
      byte[] pixels = decoder.decode(whole, "whole.jpg").pixels();
      for (int missing = 1; missing <= 2; missing++) {
        byte[] cut = Arrays.copyOf(whole, whole.length - missing);
        assertThat(decoder.decode(cut, "x.jpg").pixels()).isEqualTo(pixels);
      }
      byte[] padded = Arrays.copyOf(Arrays.copyOf(whole, whole.length - 2), whole.length + 500);
      assertThat(decoder.decode(padded, "x.jpg").pixels()).isEqualTo(pixels);
    }
  }

  @Test
  void picturesThatLackDataAreNot() {
    for (boolean progressive : new boolean[] {false, true}) {
      byte[] whole = PictureFiles.jpeg(PictureFiles.scene(90, 60, 1), progressive);
      // The last bytes may be padding, but no further.
      for (int length = whole.length - 12; length > 0; length -= progressive ? 7 : 11) {
        byte[] cut = Arrays.copyOf(whole, length);
        assertThatThrownBy(() -> decoder.decode(cut, "x.jpg"))
            .as("%d of %d", length, whole.length)
            .isInstanceOf(ImageException.class);
      }
    }
  }

  @Test
  void progressivePicturesThatLackWholeScansAreNot() {
    byte[] whole = PictureFiles.jpeg(PictureFiles.scene(90, 60, 1), true);
    int scans = 0;
    for (int i = 2; i + 1 < whole.length; i++) {
      boolean segment = whole[i] == (byte) 0xff && (whole[i + 1] == (byte) 0xc4);
      boolean scan = whole[i] == (byte) 0xff && whole[i + 1] == (byte) 0xda;
      if ((segment || scan) && scans > 0) {
        byte[] cut = Arrays.copyOf(whole, i);
        assertThatThrownBy(() -> decoder.decode(cut, "x.jpg"))
            .hasMessage(CUT_OFF + "the JPEG data ends before its last scan is complete");
      }
      scans += scan ? 1 : 0;
    }
    assertThat(scans).isGreaterThan(2);
  }

  @Test
  void largePicturesAreToldApartToo() throws Exception {
    for (boolean progressive : new boolean[] {false, true}) {
      byte[] whole = PictureFiles.jpeg(PictureFiles.scene(1200, 1000, 1), progressive);
      byte[] pixels = decoder.decode(whole, "whole.jpg").pixels();
      byte[] cut = Arrays.copyOf(whole, whole.length - 2);
      assertThat(decoder.decode(cut, "x.jpg").pixels()).isEqualTo(pixels);
      byte[] truncated = Arrays.copyOf(whole, whole.length - 200);
      assertThatThrownBy(() -> decoder.decode(truncated, "x.jpg"))
          .hasMessage(CUT_OFF + "the JPEG data ends before its last scan is complete");
    }
  }
}
