package org.seesong.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seesong.encoder.Engine;
import org.seesong.encoder.ImageEncoder;
import org.seesong.encoder.ImageEncoderTestCase;
import org.seesong.encoder.ModelDescription;
import org.seesong.encoder.ModelHome;
import org.seesong.encoder.Precision;
import org.seesong.image.PictureFiles;
import org.seesong.image.RgbImage;
import org.seesong.model.onnx.Calibration;
import org.seesong.model.onnx.PlainInt8;
import org.seesong.model.onnx.RangeMethod;

/** A narrow VGG-19 of bytes keeps what an encoder promises, and computes what it says. */
class Int8EncoderTest extends ImageEncoderTestCase {
  private static final WeightSource WEIGHTS = new FormulaWeights(Vgg19Test.NARROW);
  private static final int SIDE = Vgg19Test.NARROW.side();

  @TempDir static Path temp;
  private static ModelHome home;
  private static List<Path> pictures;

  @BeforeAll
  static void install() throws Exception {
    home = new ModelHome(temp.resolve("models"));
    pictures = CalibrationPictures.write(temp.resolve("pictures"), 70);
    Vgg19.install(WEIGHTS, Vgg19.Target.of(home, "float"), done -> {});
    Vgg19.install(WEIGHTS, target("narrow-int8", RangeMethod.PERCENTILE), done -> {});
  }

  private static Vgg19.Target target(String name, RangeMethod method) {
    return new Vgg19.Target(
        home, name, Engine.ONNX, List.of(), true, Optional.of(new Calibration(pictures, method)));
  }

  @Override
  protected ImageEncoder open() throws Exception {
    return home.open("narrow-int8");
  }

  private static RgbImage scene(int seed) {
    return RgbImage.fromBufferedImage(PictureFiles.scene(150, 130, seed)).resizedTo(SIDE, SIDE);
  }

  @Test
  void itGivesWhatPlainIntegersGive() throws Exception {
    try (ImageEncoder encoder = open()) {
      for (int seed = 100; seed < 104; seed++) {
        RgbImage picture = seed == 103 ? PictureFiles.noise(SIDE, SIDE, seed) : scene(seed);
        float[] found = encoder.encode(List.of(picture));
        float[] expected =
            PlainInt8.run(home.folder().resolve("narrow-int8/onnx"), fed(picture), SIDE);
        assertThat(found).isEqualTo(expected);
      }
    }
  }

  /** As Keras' weights want a picture. */
  private static float[] fed(RgbImage picture) {
    double[] means = {103.939, 116.779, 123.68};
    byte[] pixels = picture.pixels();
    float[] fed = new float[pixels.length];
    for (int i = 0; i < fed.length; i++) {
      fed[i] = (float) ((pixels[i / 3 * 3 + 2 - i % 3] & 0xff) - means[i % 3]);
    }
    return fed;
  }

  @Test
  void aPictureAloneIsNotFedTwice() throws Exception {
    assertThat(home.find("narrow-int8").orElseThrow().batchInvariant()).isTrue();
    assertThat(home.find("float").orElseThrow().batchInvariant()).isTrue();
    for (String name : List.of("narrow-int8", "float")) {
      try (ImageEncoder encoder = home.open(name)) {
        List<RgbImage> all = new ArrayList<>();
        for (int i = 0; i < 17; i++) {
          all.add(scene(i));
        }
        float[] together = encoder.encode(all);
        int dimension = encoder.dimension();
        for (int from = 0; from < all.size(); from++) {
          for (int to : new int[] {from + 1, Math.min(from + 3, all.size())}) {
            assertThat(encoder.encode(all.subList(from, to)))
                .as("%s, pictures %d to %d", name, from, to)
                .containsExactly(Arrays.copyOfRange(together, from * dimension, to * dimension));
          }
        }
      }
    }
  }

  @Test
  void everyRangeMethodIsNearTheFloatNetwork() throws Exception {
    for (RangeMethod method : RangeMethod.values()) {
      Vgg19.install(WEIGHTS, target("by-method", method), done -> {});
      double sum = 0;
      try (ImageEncoder floats = home.open("float");
          ImageEncoder bytes = home.open("by-method")) {
        for (int seed = 200; seed < 220; seed++) {
          sum += cosine(floats.encode(List.of(scene(seed))), bytes.encode(List.of(scene(seed))));
        }
      }
      assertThat(sum / 20).as(method.toString()).isBetween(.99, 1.0);
    }
  }

  private static double cosine(float[] a, float[] b) {
    double dot = 0;
    double squares = 0;
    double others = 0;
    for (int i = 0; i < a.length; i++) {
      dot += (double) a[i] * b[i];
      squares += (double) a[i] * a[i];
      others += (double) b[i] * b[i];
    }
    return dot / Math.sqrt(squares * others);
  }

  @Test
  void theDescriptionSaysWhatItIs() throws Exception {
    ModelDescription model = home.find("narrow-int8").orElseThrow();
    assertThat(model.precision()).isEqualTo(Precision.INT8);
    assertThat(model.encoderId()).startsWith("narrow-int8-untrained-");
    assertThat(model.note())
        .matches(
            "weights from a formula; int8, ranges by percentile of 56 pictures; cosine to float32"
                + " on 14 others: mean 0\\.99\\d\\d, least 0\\.9\\d\\d\\d");
    long bytes = 0;
    for (var file : model.files()) {
      bytes += file.bytes();
    }
    // Tensors begin at pages, which is most of so narrow a network.
    assertThat(bytes).isLessThan(400_000);
    assertThat(home.folder().toFile().list()).noneMatch(name -> name.startsWith("."));
  }

  @Test
  void theSamePicturesGiveTheSameBytesAndOthersAnotherSpace() throws Exception {
    ModelDescription first = home.find("narrow-int8").orElseThrow();
    ModelDescription again =
        Vgg19.install(WEIGHTS, target("narrow-int8", RangeMethod.PERCENTILE), done -> {});
    assertThat(again.files()).isEqualTo(first.files());
    assertThat(again.encoderId()).isEqualTo(first.encoderId());
    ModelDescription other = Vgg19.install(WEIGHTS, target("other", RangeMethod.MIN_MAX), d -> {});
    assertThat(other.sha256()).isNotEqualTo(first.sha256());
    ModelDescription floats = home.find("float").orElseThrow();
    assertThat(first.encoderId().replace("narrow-int8", ""))
        .isNotEqualTo(floats.encoderId().replace("float", ""));
  }

  @Test
  void tooFewPicturesAreRefused() throws IOException {
    assertThatThrownBy(() -> new Calibration(pictures.subList(0, 63), RangeMethod.MIN_MAX))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("calibration needs at least 64 pictures; got: 63");
    List<Path> damaged = new ArrayList<>(pictures.subList(0, 60));
    Path text = Files.writeString(temp.resolve("no.png"), "no picture");
    for (int i = 0; i < 10; i++) {
      damaged.add(text);
    }
    Vgg19.Target target =
        new Vgg19.Target(
            home,
            "never",
            Engine.ONNX,
            List.of(),
            false,
            Optional.of(new Calibration(damaged, RangeMethod.MIN_MAX)));
    assertThatThrownBy(() -> Vgg19.install(WEIGHTS, target, done -> {}))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(
            "only 60 of 70 pictures for calibration can be read, and it needs 64; the last problem:"
                + " ");
    assertThat(home.find("never")).isEmpty();
  }

  @Test
  void bytesRunInOnnxRuntimeOnly() {
    assertThatThrownBy(
            () ->
                new Vgg19.Target(
                    home,
                    "x",
                    Engine.TENSORFLOW,
                    List.of(),
                    false,
                    Optional.of(new Calibration(pictures, RangeMethod.MIN_MAX))))
        .hasMessage("int8 runs in ONNX Runtime only; the engine must be onnx, but is tensorflow");
  }
}
