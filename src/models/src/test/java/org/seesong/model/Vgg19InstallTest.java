package org.seesong.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.seesong.encoder.ChannelOrder;
import org.seesong.encoder.Engine;
import org.seesong.encoder.ImageEncoder;
import org.seesong.encoder.ModelDescription;
import org.seesong.encoder.ModelHome;
import org.seesong.image.RgbImage;
import org.seesong.io.Digests;

/** Weights become an encoder of the model home. */
class Vgg19InstallTest {
  private static final VggNetwork NARROW = Vgg19Test.NARROW;

  @TempDir Path temp;
  private ModelHome home;

  @BeforeEach
  void createHome() {
    home = new ModelHome(temp.resolve("models"));
  }

  @ParameterizedTest
  @EnumSource(Engine.class)
  void theSameWeightsGiveAnEncoderForEachLayout(Engine engine) throws Exception {
    WeightSource formula = new FormulaWeights(NARROW);
    Path h5 = WeightFiles.keras(formula, temp.resolve("w.h5"));
    Path torch =
        WeightFiles.safetensors(
            formula, WeightFiles.Style.TIMM, FloatFormat.F32, temp.resolve("w.safetensors"));
    ModelDescription keras;
    ModelDescription pytorch;
    try (WeightSource weights = KerasWeights.open(h5, NARROW)) {
      keras = install(weights, "keras", engine);
    }
    try (WeightSource weights = SafetensorsWeights.open(torch, NARROW)) {
      pytorch = install(weights, "pytorch", engine);
    }
    assertThat(keras.engine()).isEqualTo(engine);
    assertThat(keras.scaling()).isEqualTo("p-[103.939,116.779,123.68]");
    assertThat(keras.channelOrder()).isEqualTo(ChannelOrder.BGR);
    assertThat(keras.size()).isEqualTo(64);
    assertThat(keras.dimension()).isEqualTo(48);
    assertThat(keras.trained()).isTrue();
    assertThat(keras.note()).isEqualTo("weights of Keras from w.h5, SHA-256 " + Digests.sha256(h5));
    assertThat(pytorch.scaling()).isEqualTo("(p/255-[.485,.456,.406])/[.229,.224,.225]");
    assertThat(pytorch.channelOrder()).isEqualTo(ChannelOrder.RGB);
    assertThat(pytorch.files()).as("the same network").isEqualTo(keras.files());
    assertThat(pytorch.weights()).as("the same network").isEqualTo(keras.weights());
    assertThat(pytorch.encoderId()).as("another space").isNotEqualTo(keras.encoderId());
    assertThat(names(home.folder())).containsExactlyInAnyOrder("keras", "pytorch");

    byte[] pixels = new byte[64 * 64 * 3];
    new Random(1).nextBytes(pixels);
    assertEncodes("keras", formula, pixels, Vgg19InstallTest::likeKeras);
    assertEncodes("pytorch", formula, pixels, Vgg19InstallTest::likeTorch);
  }

  @Test
  void theSameWeightsMakeOneVectorSpaceInBothEngines() throws Exception {
    WeightSource formula = new FormulaWeights(NARROW);
    byte[] pixels = new byte[64 * 64 * 3];
    new Random(2).nextBytes(pixels);
    ModelDescription onnx = install(formula, "vgg19", Engine.ONNX);
    float[] expected = encode("vgg19", pixels);
    ModelDescription tensorFlow =
        Vgg19.install(
            formula,
            new Vgg19.Target(home, "vgg19", Engine.TENSORFLOW, List.of(), true, Optional.empty()),
            done -> {});
    assertThat(tensorFlow.engine()).isEqualTo(Engine.TENSORFLOW);
    assertThat(tensorFlow.encoderId()).isEqualTo(onnx.encoderId());
    float[] found = encode("vgg19", pixels);
    double[] wanted = new double[expected.length];
    Arrays.setAll(wanted, i -> expected[i]);
    assertThat(Vgg19Test.distance(wanted, found, 0)).isLessThan(1e-6);
  }

  @ParameterizedTest
  @EnumSource(Engine.class)
  void theThirdLayerTellsClassesAndChangesNoVector(Engine engine) throws Exception {
    VggNetwork network = NARROW.withClasses(7);
    WeightSource formula = new FormulaWeights(network);
    List<String> names = List.of("a", "b", "c", "d", "e", "f", "g");
    Path h5 = WeightFiles.keras(formula, temp.resolve("w.h5"));
    ModelDescription plain;
    ModelDescription classes;
    try (WeightSource weights = KerasWeights.open(h5, NARROW)) {
      plain = install(weights, "plain", engine);
    }
    try (WeightSource weights = KerasWeights.open(h5, network)) {
      classes =
          Vgg19.install(
              weights,
              new Vgg19.Target(home, "classes", engine, names, false, Optional.empty()),
              done -> {});
    }
    assertThat(classes.weights()).as("the same vectors").isEqualTo(plain.weights());
    assertThat(classes.classNames()).isEqualTo(names);
    for (WeightFiles.Style style : WeightFiles.Style.values()) {
      Path torch = temp.resolve(style + ".safetensors");
      WeightFiles.safetensors(formula, style, FloatFormat.F32, torch);
      try (WeightSource weights = SafetensorsWeights.open(torch, network)) {
        ModelDescription same =
            Vgg19.install(
                weights,
                new Vgg19.Target(home, "torch", engine, names, true, Optional.empty()),
                done -> {});
        assertThat(same.files()).isEqualTo(classes.files());
      }
    }
    byte[] pixels = new byte[64 * 64 * 3];
    new Random(3).nextBytes(pixels);
    try (ImageEncoder encoder = home.open("classes")) {
      float[] found = new float[7];
      float[] vector = encoder.encode(List.of(picture(pixels)), found);
      assertThat(vector).containsExactly(encode("plain", pixels));
      double[] expected = softmax(formula, network, vector);
      assertThat(Vgg19Test.distance(expected, found, 0)).isLessThan(1e-5);
    }
  }

  /** The third layer in the plainest way. */
  private static double[] softmax(WeightSource weights, VggNetwork network, float[] vector)
      throws IOException {
    VggLayer layer = network.layers().get(network.layers().size() - 1);
    float[] kernel = FormulaWeights.all(weights.kernel(layer), layer.kernelSize());
    float[] bias = FormulaWeights.all(weights.bias(layer), layer.width());
    double[] values = new double[layer.width()];
    for (int o = 0; o < values.length; o++) {
      double sum = bias[o];
      for (int i = 0; i < vector.length; i++) {
        sum += (double) vector[i] * kernel[i * values.length + o];
      }
      values[o] = Math.exp(sum);
    }
    double total = Arrays.stream(values).sum();
    return Arrays.stream(values).map(value -> value / total).toArray();
  }

  private ModelDescription install(WeightSource weights, String name, Engine engine)
      throws Exception {
    return Vgg19.install(
        weights,
        new Vgg19.Target(home, name, engine, List.of(), false, Optional.empty()),
        done -> {});
  }

  private float[] encode(String name, byte[] pixels) throws IOException {
    try (ImageEncoder encoder = home.open(name)) {
      return encoder.encode(List.of(picture(pixels)));
    }
  }

  private void assertEncodes(
      String name, WeightSource weights, byte[] pixels, Preprocessor preprocessor)
      throws IOException {
    float[] input = new float[pixels.length];
    for (int i = 0; i < pixels.length; i++) {
      input[i] = (float) preprocessor.value(pixels, i / 3 * 3, i % 3);
    }
    float[] found = encode(name, pixels);
    assertThat(Vgg19Test.distance(PlainVgg.run(weights, input), found, 0)).isLessThan(1e-6);
  }

  private static RgbImage picture(byte[] rgb) {
    BufferedImage image = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < rgb.length; i += 3) {
      int pixel = ((rgb[i] & 0xff) << 16) | ((rgb[i + 1] & 0xff) << 8) | (rgb[i + 2] & 0xff);
      image.setRGB(i / 3 % 64, i / 3 / 64, pixel);
    }
    return RgbImage.fromBufferedImage(image);
  }

  /** One number of the input. */
  private interface Preprocessor {
    double value(byte[] rgb, int pixel, int channel);
  }

  private static double likeKeras(byte[] rgb, int pixel, int channel) {
    double[] means = {103.939, 116.779, 123.68};
    return (rgb[pixel + 2 - channel] & 0xff) - means[channel];
  }

  private static double likeTorch(byte[] rgb, int pixel, int channel) {
    double[] means = {.485, .456, .406};
    double[] deviations = {.229, .224, .225};
    return ((rgb[pixel + channel] & 0xff) / 255.0 - means[channel]) / deviations[channel];
  }

  @Test
  void untrainedWeightsAreMarkedSo() throws Exception {
    ModelDescription random = install(new RandomWeights(NARROW, 3), "vgg19", Engine.ONNX);
    assertThat(random.trained()).isFalse();
    assertThat(random.note())
        .isEqualTo("untrained, random weights of seed 3: for load and speed tests only");
  }

  @Test
  void aTakenNameIsRefusedUnlessReplaced() throws Exception {
    ModelDescription first = install(new RandomWeights(NARROW, 1), "vgg19", Engine.ONNX);
    assertThatThrownBy(() -> install(new RandomWeights(NARROW, 2), "vgg19", Engine.ONNX))
        .isInstanceOf(FileAlreadyExistsException.class)
        .hasMessage("model 'vgg19': exists already; choose another name or replace it");
    assertThat(home.list()).containsExactly(first);
    ModelDescription second =
        Vgg19.install(
            new RandomWeights(NARROW, 2),
            new Vgg19.Target(home, "vgg19", Engine.ONNX, List.of(), true, Optional.empty()),
            done -> {});
    assertThat(home.list()).containsExactly(second);
    assertThat(second.encoderId()).isNotEqualTo(first.encoderId());
    assertThat(names(home.folder())).containsExactly("vgg19");
  }

  @Test
  void nothingIsLeftOfAFileCutOffWhileItIsRead() throws Exception {
    Path h5 = WeightFiles.keras(new FormulaWeights(NARROW), temp.resolve("w.h5"));
    byte[] whole = Files.readAllBytes(h5);
    try (WeightSource weights = KerasWeights.open(h5, NARROW)) {
      Files.write(h5, Arrays.copyOf(whole, whole.length / 2));
      assertThatThrownBy(() -> install(weights, "vgg19", Engine.ONNX))
          .isInstanceOf(WeightsException.class)
          .hasMessageMatching("w\\.h5: layer .*: kernel cannot be read: ends at byte \\d+");
    }
    assertThat(names(home.folder())).isEmpty();
    assertThat(home.problems()).isEmpty();
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(path -> path.getFileName().toString()).toList();
    }
  }
}
