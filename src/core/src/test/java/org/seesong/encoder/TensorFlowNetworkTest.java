package org.seesong.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seesong.image.ImageDecoder;
import org.seesong.image.PictureFiles;
import org.seesong.image.RgbImage;
import org.seesong.testing.SharedData;

/** A real network through TensorFlow. */
class TensorFlowNetworkTest extends ImageEncoderTestCase {
  private static final ImportRequest REQUEST =
      ImportRequest.of("mobilenet", "(p-128)/128")
          .withTensors("serving_default", "", "embedding")
          .trusting();

  private static final ImportRequest CLASSES =
      ImportRequest.of("classes", "(p-128)/128")
          .withTensors("serving_default", "", "embedding")
          .trusting();

  @TempDir static Path temp;
  private static Path mobilenet;
  private static ModelHome home;

  @BeforeAll
  static void importModel() throws IOException {
    // Asking for the version starts the engine, with what every later call goes by.
    assertThat(Engine.TENSORFLOW.start()).startsWith("TensorFlow 2.");
    mobilenet = SharedData.require("models/mobilenet_v2_savedmodel");
    home = new ModelHome(temp);
    home.importSavedModel(mobilenet, REQUEST);
  }

  @Override
  protected ImageEncoder open() throws IOException {
    return home.open("mobilenet");
  }

  @Test
  void theImportFindsOutWhatWasNotSaid() throws IOException {
    ModelDescription model = home.list().get(0);
    assertThat(model.inputName()).isEqualTo("image");
    assertThat(model.size()).isEqualTo(224);
    assertThat(model.dimension()).isEqualTo(1280);
    home.verify("mobilenet");
  }

  @Test
  void classesComeWithTheVectorsInOneRun(@TempDir Path folder) throws IOException {
    List<String> names = ClassNames.read(SharedData.require("models/imagenet_labels.txt"));
    ModelHome other = new ModelHome(folder);
    ModelDescription model =
        other.importSavedModel(mobilenet, CLASSES.withClasses("probabilities", names));
    assertThat(model.encoderId().replace("classes", "mobilenet"))
        .startsWith("mobilenet-")
        .isEqualTo(home.find("mobilenet").orElseThrow().encoderId());
    RgbImage picture = new RgbImage(224, 224, noise(224 * 224 * 3));
    try (ImageEncoder encoder = other.open("classes:unit");
        ImageEncoder plain = home.open("mobilenet:unit")) {
      assertThat(encoder.classes()).hasSize(1001).element(2).asString().startsWith("goldfish");
      assertThat(plain.classes()).isEmpty();
      float[] probabilities = new float[2 * 1001];
      List<RgbImage> batch = List.of(picture, picture);
      float[] vectors = encoder.encode(batch, probabilities);
      assertThat(vectors).containsExactly(plain.encode(batch));
      double sum = 0;
      for (int i = 0; i < 1001; i++) {
        sum += probabilities[i];
        assertThat(probabilities[1001 + i]).isCloseTo(probabilities[i], within(1e-4f));
      }
      assertThat(sum).isCloseTo(1, within(1e-3));
      assertThatThrownBy(() -> encoder.encode(batch, new float[7]))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("probabilities must be empty or 2 * 1001 numbers; got: 7");
    }
  }

  private static byte[] noise(int length) {
    byte[] noise = new byte[length];
    new java.util.Random(1).nextBytes(noise);
    return noise;
  }

  @Test
  void namesThatDoNotFitTheOutputAndOutputsOfNoProbabilitiesAreRefused() {
    assertThatThrownBy(
            () ->
                home.importSavedModel(
                    mobilenet, CLASSES.withClasses("probabilities", List.of("cat", "dog"))))
        .isInstanceOf(EncoderException.class)
        .hasMessage(
            "output 'probabilities' gives 1001 numbers for a picture, but there are 2 names of"
                + " classes; give the file of names that belongs to the model");
    assertThatThrownBy(
            () ->
                home.importSavedModel(
                    mobilenet, CLASSES.withClasses("embedding", Collections.nCopies(1280, "x"))))
        .isInstanceOf(EncoderException.class)
        .hasMessageStartingWith("output 'embedding' gives no probabilities: for one picture they")
        .hasMessageEndingWith("; choose the output after the softmax");
    assertImportFails(
        CLASSES.withClasses("logits", List.of("cat")),
        "signature 'serving_default' of "
            + mobilenet
            + " has no output 'logits'; choose one of: embedding FLOAT[-1, 1280], probabilities"
            + " FLOAT[-1, 1001]");
  }

  @Test
  void wrongNamesAreAnsweredWithTheNamesThereAre() throws IOException {
    ImportRequest any = ImportRequest.of("wrong", "p");
    String of = "signature 'serving_default' of " + mobilenet;
    String outputs = "choose one of: embedding FLOAT[-1, 1280], probabilities FLOAT[-1, 1001]";
    assertImportFails(any, of + " has several outputs; " + outputs);
    assertImportFails(
        any.withTensors("serving_default", "", "fc2"), of + " has no output 'fc2'; " + outputs);
    assertImportFails(
        any.withTensors("serving_default", "pixels", "embedding"),
        of + " has no input 'pixels'; choose one of: image FLOAT[-1, 224, 224, 3]");
    assertImportFails(
        any.withTensors("predict", "", ""),
        mobilenet + " has no signature 'predict'; it has: serving_default");
    assertImportFails(
        any.withTensors("serving_default", "", "embedding").withPicture(128, ChannelOrder.RGB),
        of + ", input 'image' has the shape [-1, 224, 224, 3], which does not fit size 128");
    try (Stream<Path> left = Files.list(home.folder())) {
      assertThat(left).containsExactly(home.folder().resolve("mobilenet"));
    }
  }

  private static void assertImportFails(ImportRequest request, String message) {
    assertThatThrownBy(() -> home.importSavedModel(mobilenet, request.trusting()))
        .isInstanceOf(ModelException.class)
        .hasMessage(message);
  }

  @Test
  void aDamagedModelIsNotImported(@TempDir Path broken) throws IOException {
    Files.copy(mobilenet.resolve("saved_model.pb"), broken.resolve("saved_model.pb"));
    ImportRequest request =
        ImportRequest.of("broken", "p").withTensors("serving_default", "", "embedding").trusting();
    assertThatThrownBy(() -> home.importSavedModel(broken, request))
        .isInstanceOf(ModelException.class)
        .hasMessage(
            broken + " is not a TensorFlow SavedModel folder: missing variables/variables.index");
    Files.createDirectories(broken.resolve("variables"));
    Files.writeString(broken.resolve("variables/variables.index"), "no table");
    assertThatThrownBy(() -> home.importSavedModel(broken, request))
        .isInstanceOf(EncoderException.class)
        .hasMessageStartingWith("TensorFlow does not load ");
    try (Stream<Path> left = Files.list(home.folder())) {
      assertThat(left).containsExactly(home.folder().resolve("mobilenet"));
    }
  }

  @Test
  void replacingKeepsTheNameAndTheIdFollowsTheDescription() throws IOException {
    ModelHome other = new ModelHome(temp.resolve("mobilenet/.other"));
    String first = other.importSavedModel(mobilenet, REQUEST).encoderId();
    assertThat(first).isEqualTo(home.list().get(0).encoderId());
    ImportRequest bgr = REQUEST.withPicture(0, ChannelOrder.BGR).replacing();
    assertThat(other.importSavedModel(mobilenet, bgr).encoderId()).isNotEqualTo(first);
    assertThat(other.list()).hasSize(1);
  }

  @Test
  void aForeignContextClassLoaderDoesNoHarmAndIsRestored() throws IOException {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (URLClassLoader foreign =
        new URLClassLoader(new URL[0], ClassLoader.getPlatformClassLoader())) {
      thread.setContextClassLoader(foreign);
      try (ImageEncoder encoder = open()) {
        assertThat(encoder.encode(List.of(PictureFiles.noise(224, 224, 1)))).hasSize(1280);
      }
      assertThat(thread.getContextClassLoader()).isSameAs(foreign);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @Test
  void photographsOfOneKindAreNearEachOther() throws IOException {
    Path photos = SharedData.require("photos/caltech101");
    List<String> classes = List.of("airplanes", "Leopards", "Motorbikes", "sunflower", "watch");
    List<RgbImage> pictures = new ArrayList<>();
    ImageDecoder decoder = new ImageDecoder();
    for (String name : classes) {
      try (Stream<Path> files = Files.list(photos.resolve(name))) {
        for (Path file : files.sorted().limit(10).toList()) {
          pictures.add(decoder.decode(file).resizedTo(224, 224));
        }
      }
    }
    try (ImageEncoder encoder = open()) {
      float[] vectors = encoder.encode(pictures);
      int same = 0;
      for (int i = 0; i < pictures.size(); i++) {
        same += nearest(vectors, i) / 10 == i / 10 ? 1 : 0;
      }
      assertThat(same).isGreaterThanOrEqualTo(47);
    }
  }

  @Test
  void threadsAndBatchesDoNotChangeABit() throws IOException {
    List<RgbImage> pictures = new ArrayList<>();
    try (Stream<Path> files = Files.list(SharedData.require("photos/caltech101/Leopards"))) {
      for (Path file : files.sorted().limit(8).toList()) {
        pictures.add(new ImageDecoder().decode(file).resizedTo(224, 224));
      }
    }
    float[] expected;
    try (ImageEncoder encoder = home.open("mobilenet", 2)) {
      expected = encoder.encode(pictures);
    }
    for (int threads : new int[] {1, 2, 3, 8}) {
      try (ImageEncoder encoder = home.open("mobilenet", threads)) {
        for (int size = 1; size <= pictures.size(); size++) {
          assertThat(encoder.encode(pictures.subList(0, size)))
              .as("%d pictures, %d threads", size, threads)
              .isEqualTo(Arrays.copyOf(expected, size * encoder.dimension()));
        }
      }
    }
  }

  private static int nearest(float[] vectors, int query) {
    int best = -1;
    double least = Double.MAX_VALUE;
    for (int i = 0; i < vectors.length / 1280; i++) {
      double sum = i == query ? Double.MAX_VALUE : 0;
      for (int k = 0; k < 1280; k++) {
        sum += Math.pow((double) vectors[1280 * i + k] - vectors[1280 * query + k], 2);
      }
      if (sum < least) {
        least = sum;
        best = i;
      }
    }
    return best;
  }
}
