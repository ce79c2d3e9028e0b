package org.seesong.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
    for (String line : Files.readAllLines(golden.resolve("fc2.csv"))) {
      String[] fields = line.split(",");
      double[] expected = Arrays.stream(fields).skip(1).mapToDouble(Double::parseDouble).toArray();
      float[] found = TensorFlowRun.run(fromKeras, VGG19, preprocessed(picture(golden, fields[0])));
      double distance = Vgg19Test.distance(expected, found, 0);
      LOGGER.warn("{}: largest difference {} of the norm", fields[0], distance);
      worst = Math.max(worst, distance);
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

  private static Path picture(Path golden, String name) {
    return golden.resolve(name.toLowerCase(Locale.ROOT).endsWith(".png") ? name : name + ".png");
  }

  private static float[] preprocessed(Path png) throws IOException {
    BufferedImage image = ImageIO.read(png.toFile());
    float[] input = new float[VGG19.side() * VGG19.side() * 3];
    for (int i = 0; i < input.length; i += 3) {
      int rgb = image.getRGB(i / 3 % VGG19.side(), i / 3 / VGG19.side());
      input[i] = (rgb & 0xff) - 103.939f;
      input[i + 1] = ((rgb >> 8) & 0xff) - 116.779f;
      input[i + 2] = ((rgb >> 16) & 0xff) - 123.68f;
    }
    return input;
  }
}
