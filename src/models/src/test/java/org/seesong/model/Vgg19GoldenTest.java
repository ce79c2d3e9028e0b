package org.seesong.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seesong.encoder.Engine;
import org.seesong.encoder.ImageEncoder;
import org.seesong.encoder.ModelDescription;
import org.seesong.encoder.ModelHome;
import org.seesong.image.ImageDecoder;
import org.seesong.image.RgbImage;
import org.seesong.testing.SharedData;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The whole network against Keras' own on TensorFlow. Takes 2 GB of disk and a minute. */
@Tag("slow")
class Vgg19GoldenTest {
  private static final Logger LOGGER = LoggerFactory.getLogger(Vgg19GoldenTest.class);

  private static final WeightSource FORMULA = new FormulaWeights(VggNetwork.VGG19);

  @TempDir Path temp;

  @Test
  void importedWeightsGiveKerasVectorsInEveryEngine() throws Exception {
    Path golden = SharedData.require("vgg19-golden");
    Path h5 = WeightFiles.keras(FORMULA, temp.resolve("formula.h5"));
    ModelDescription keras = null;
    for (Engine engine : Engine.values()) {
      ModelHome home = importWithSmallHeap(h5, engine);
      ModelDescription model = home.find("vgg19").orElseThrow();
      assertThat(model.engine()).isEqualTo(engine);
      if (keras != null) {
        assertThat(model.encoderId()).as("one space").isEqualTo(keras.encoderId());
      }
      keras = model;
      assertThat(worstDifference(home, golden)).isPositive().isLessThan(1e-5);
    }
    Files.delete(h5);

    Path safetensors =
        WeightFiles.safetensors(
            FORMULA,
            WeightFiles.Style.TORCHVISION,
            FloatFormat.F32,
            temp.resolve("formula.safetensors"));
    // The same network, bit by bit: fed the same numbers it gives the same vector.
    ModelHome home = importWithSmallHeap(safetensors, Engine.TENSORFLOW);
    ModelDescription torch = home.find("vgg19").orElseThrow();
    assertThat(torch.weights()).isEqualTo(keras.weights());
    assertThat(torch.files()).isEqualTo(keras.files());
  }

  private static double worstDifference(ModelHome home, Path golden) throws IOException {
    double worst = 0;
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
    return worst;
  }

  private ModelHome importWithSmallHeap(Path file, Engine engine) throws Exception {
    Path folder = temp.resolve(file.getFileName() + "-" + engine.id());
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                ImportMain.class.getName(),
                file.toString(),
                folder.toString(),
                engine.name())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
      assertThat(process.exitValue()).isZero();
    } finally {
      process.destroyForcibly();
    }
    return new ModelHome(folder);
  }
}
