package org.seesong.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seesong.image.ImageDecoder;
import org.seesong.image.ImageEncoder;
import org.seesong.image.ModelHome;
import org.seesong.image.RgbImage;
import org.seesong.testing.SharedData;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The whole network against Keras' own on TensorFlow. Takes 2 GB of disk and a minute. */
@Tag("slow")
class Vgg19GoldenTest {
  private static final Logger LOGGER = LoggerFactory.getLogger(Vgg19GoldenTest.class);

  private static final VggNetwork VGG19 = VggNetwork.VGG19;
  private static final WeightSource FORMULA = new FormulaWeights(VGG19);

  @TempDir Path temp;

  @Test
  void importedWeightsGiveKerasVectors() throws Exception {
    Path golden = SharedData.require("vgg19-golden");
    Path h5 = WeightFiles.keras(FORMULA, temp.resolve("formula.h5"));
    Path fromKeras = importWithSmallHeap(h5, temp.resolve("keras"));
    Files.delete(h5);
    double worst = 0;
    ModelHome home = new ModelHome(temp.resolve("home"));
    home.importSavedModel(fromKeras, Vgg19.request(FORMULA, "vgg19"));
    try (ImageEncoder encoder = home.open("vgg19")) {
      for (String line : Files.readAllLines(golden.resolve("fc2.csv"))) {
        String[] fields = line.split(",");
        double[] expected =
            Arrays.stream(fields).skip(1).mapToDouble(Double::parseDouble).toArray();
        RgbImage picture = new ImageDecoder().decode(golden.resolve(fields[0])).resizedTo(224, 224);
        double distance = Vgg19Test.distance(expected, encoder.encode(List.of(picture)), 0);
        LOGGER.warn("{}: largest difference {} of the norm", fields[0], distance);
        worst = Math.max(worst, distance);
      }
    }
    assertThat(worst).isPositive().isLessThan(1e-4);

    Path safetensors =
        WeightFiles.safetensors(
            FORMULA,
            WeightFiles.Style.TORCHVISION,
            FloatFormat.F32,
            temp.resolve("formula.safetensors"));
    assertSameFiles(importWithSmallHeap(safetensors, temp.resolve("torch")), fromKeras);
  }

  /** The same bytes in the model give the same vectors for the same input. */
  private static void assertSameFiles(Path folder, Path other) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> regular = files.filter(Files::isRegularFile).toList();
      assertThat(regular).hasSize(3);
      for (Path file : regular) {
        assertThat(Files.mismatch(file, other.resolve(folder.relativize(file).toString())))
            .as(file.toString())
            .isEqualTo(-1);
      }
    }
  }

  private static Path importWithSmallHeap(Path file, Path folder) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                ImportMain.class.getName(),
                file.toString(),
                folder.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
      assertThat(process.exitValue()).isZero();
    } finally {
      process.destroyForcibly();
    }
    return folder;
  }
}
