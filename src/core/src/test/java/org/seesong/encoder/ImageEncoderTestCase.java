package org.seesong.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.seesong.image.PictureFiles;
import org.seesong.image.RgbImage;

/**
 * What every {@link ImageEncoder} must do, to the bit whatever the size of a batch. To test one of
 * your own, subclass this and say how it is opened.
 */
public abstract class ImageEncoderTestCase {
  private ImageEncoder encoder;

  /** For subclasses. */
  protected ImageEncoderTestCase() {}

  /**
   * Opens the encoder under test.
   *
   * @return a new encoder; the test closes it
   * @throws Exception if it does not open, which fails the test
   */
  protected abstract ImageEncoder open() throws Exception;

  @BeforeEach
  void openEncoder() throws Exception {
    encoder = open();
  }

  @AfterEach
  void closeEncoder() {
    if (encoder != null) {
      encoder.close();
    }
  }

  private List<RgbImage> pictures(int count) {
    List<RgbImage> pictures = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int side = encoder.inputSize();
      RgbImage scene = RgbImage.fromBufferedImage(PictureFiles.scene(150, 130, i));
      pictures.add(i % 4 == 3 ? PictureFiles.noise(side, side, i) : scene.resizedTo(side, side));
    }
    return pictures;
  }

  @Test
  void theIdIsSafeInFilesAndFields() {
    assertThat(encoder.id()).matches("[a-z0-9._-]+");
    assertThat(encoder.dimension()).isPositive();
    assertThat(encoder.inputSize()).isPositive();
    assertThat(encoder.preferredBatch()).isPositive();
  }

  @Test
  void allNumbersAreFinite() {
    int side = encoder.inputSize();
    List<RgbImage> extremes = new ArrayList<>(pictures(4));
    for (int value : new int[] {0, 127, 128, 255}) {
      byte[] pixels = new byte[3 * side * side];
      Arrays.fill(pixels, (byte) value);
      extremes.add(new RgbImage(side, side, pixels));
    }
    float[] vectors = encoder.encode(extremes);
    assertThat(vectors).hasSize(extremes.size() * encoder.dimension());
    for (float value : vectors) {
      assertThat(Float.isFinite(value)).isTrue();
    }
  }

  @Test
  void thePictureDecidesTheVector() {
    float[] vectors = encoder.encode(pictures(3));
    assertThat(encoder.encode(pictures(3))).isEqualTo(vectors);
    int dimension = encoder.dimension();
    assertThat(Arrays.copyOf(vectors, dimension))
        .isNotEqualTo(Arrays.copyOfRange(vectors, dimension, 2 * dimension));
  }

  @Test
  void aBatchGivesWhatItsPicturesGiveOneByOne() {
    List<RgbImage> pictures = pictures(encoder.preferredBatch() + 1);
    float[] together = encoder.encode(pictures);
    int dimension = encoder.dimension();
    for (int i = 0; i < pictures.size(); i++) {
      float[] alone = encoder.encode(List.of(pictures.get(i)));
      float[] among = Arrays.copyOfRange(together, i * dimension, (i + 1) * dimension);
      assertThat(Arrays.mismatch(alone, among)).as("first number that differs").isEqualTo(-1);
    }
  }

  @Test
  void noPicturesGiveNoNumbers() {
    assertThat(encoder.encode(List.of())).isEmpty();
  }

  @Test
  void manyThreadsGetWhatOneGets() throws Exception {
    List<RgbImage> pictures = pictures(12);
    float[] expected = encoder.encode(pictures);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<float[]>> results = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        results.add(threads.submit(() -> encoder.encode(pictures)));
      }
      for (Future<float[]> result : results) {
        assertThat(result.get()).isEqualTo(expected);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void picturesOfAnotherSizeAreRefused() {
    int side = encoder.inputSize();
    RgbImage wrong = PictureFiles.noise(side + 1, side, 1);
    assertThatThrownBy(() -> encoder.encode(List.of(pictures(1).get(0), wrong)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("picture 1 of the batch has " + (side + 1) + " x " + side);
  }

  @Test
  void aClosedEncoderSaysSo() {
    List<RgbImage> pictures = pictures(1);
    encoder.close();
    encoder.close();
    assertThatThrownBy(() -> encoder.encode(pictures))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
  }
}
