package org.seesong.bench.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seesong.bench.Bench;
import org.seesong.encoder.DescriptorEncoder;
import org.seesong.encoder.ImageEncoder;
import org.seesong.image.RgbImage;

class EncodeBenchmarkTest {
  @TempDir private Path temp;

  /**
   * What a command did.
   *
   * @param code the exit code
   * @param data standard output
   * @param log standard error
   */
  private record Outcome(int code, String data, String log) {}

  private static Outcome bench(String... arguments) {
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    List<String> all = new ArrayList<>(List.of("encode", "--encoder", "descriptor"));
    all.addAll(List.of(arguments));
    int code =
        Bench.run(
            all.toArray(String[]::new),
            new PrintStream(data, true, StandardCharsets.UTF_8),
            new PrintStream(log, true, StandardCharsets.UTF_8));
    return new Outcome(
        code, data.toString(StandardCharsets.UTF_8), log.toString(StandardCharsets.UTF_8));
  }

  @Test
  void eachBatchSizeIsAnObjectALine() throws Exception {
    Outcome outcome = bench("--batch", "1,3", "--seconds", "1", "--json");
    assertThat(outcome.code()).as(outcome.log()).isEqualTo(0);
    List<String> lines = outcome.data().lines().toList();
    assertThat(lines).hasSize(2);
    for (int i = 0; i < 2; i++) {
      JsonNode object = new ObjectMapper().readTree(lines.get(i));
      assertThat(object.fieldNames())
          .toIterable()
          .containsExactly(
              "engine",
              "model",
              "batch",
              "threads",
              "cpuMillisPerPicture",
              "wallMillisPerPicture",
              "firstVectorMillis",
              "peakRssBytes");
      assertThat(object.get("engine").asText()).isEqualTo("java");
      assertThat(object.get("model").asText()).isEqualTo("descriptor-2");
      assertThat(object.get("batch").asInt()).isEqualTo(i == 0 ? 1 : 3);
      assertThat(object.get("wallMillisPerPicture").asDouble()).isPositive();
      assertThat(object.get("firstVectorMillis").asDouble()).isPositive();
    }
  }

  @Test
  void senselessNumbersAreWrongUsage() {
    Outcome outcome = bench("--batch", "1,0");
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.log()).startsWith("--batch must be within 1 to 1024; got: 0\n");
    assertThat(bench("--threads", "-1").code()).isEqualTo(2);
    assertThat(bench("--seconds", "0").code()).isEqualTo(2);
  }

  @Test
  void aFolderWithoutPicturesIsNamed() throws Exception {
    Path empty = Files.createDirectories(temp.resolve("empty"));
    Outcome outcome = bench("--pictures", empty.toString(), "--seconds", "1");
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.log())
        .isEqualTo("src/bench/run: " + empty + " holds no picture that can be read\n");
  }

  @Test
  void agreementIsOneWithItselfAndLessWithAnother() throws Exception {
    List<RgbImage> pictures = new ArrayList<>();
    try (ImageEncoder encoder = new DescriptorEncoder()) {
      for (int i = 0; i < 30; i++) {
        pictures.add(EncodeCost.noise(encoder.inputSize(), i));
      }
      EncodeAgreement same = EncodeAgreement.of(encoder, encoder, pictures);
      assertThat(same.pictures()).isEqualTo(30);
      assertThat(same.meanCosine()).isBetween(1 - 1e-6, 1 + 1e-6);
      assertThat(same.fiveInFive()).isEqualTo(1);
      assertThat(same.fiveInTen()).isEqualTo(1);
    }
  }

  @Test
  void aRunTellsMemoryAndTime() throws Exception {
    Path folder = Files.createDirectories(temp.resolve("two"));
    for (int i = 0; i < 2; i++) {
      BufferedImage image = new BufferedImage(20, 20, BufferedImage.TYPE_INT_RGB);
      ImageIO.write(image, "png", folder.resolve(i + ".png").toFile());
    }
    Outcome outcome = bench("--pictures", folder.toString(), "--run", "1003");
    assertThat(outcome.code()).as(outcome.log()).isEqualTo(0);
    assertThat(outcome.data().lines()).hasSize(2);
    assertThat(outcome.data().lines().toList().get(1)).startsWith("1,003 pictures: ");
    assertThat(bench("--run", "5").log()).startsWith("--run needs --pictures DIR\n");
    assertThat(bench("--compare", "5").log())
        .startsWith("--compare needs --pictures DIR and --precision float32,int8\n");
  }

  @Test
  void neighboursOfTheSameFolderAreCounted() throws Exception {
    for (String name : List.of("flowers/red", "flowers/blue")) {
      Path folder = Files.createDirectories(temp.resolve("pictures").resolve(name));
      for (int i = 0; i < 4; i++) {
        BufferedImage image = new BufferedImage(20, 20, BufferedImage.TYPE_INT_RGB);
        for (int pixel = 0; pixel < 400; pixel++) {
          int other = 10 * (pixel * (i + 1) % 5);
          int colour = name.endsWith("red") ? 0xc80000 | other : 0x0000c8 | other << 16;
          image.setRGB(pixel % 20, pixel / 20, colour);
        }
        ImageIO.write(image, "png", folder.resolve(i + ".png").toFile());
      }
    }
    String pictures = temp.resolve("pictures").toString();
    Outcome outcome = bench("--pictures", pictures, "--classes", "8", "--json");
    assertThat(outcome.code()).as(outcome.log()).isEqualTo(0);
    JsonNode line = new ObjectMapper().readTree(outcome.data());
    assertThat(line.get("pictures").asInt()).isEqualTo(8);
    assertThat(line.get("nearest").asDouble()).isEqualTo(1);
    assertThat(line.get("ofFive").asDouble()).isEqualTo(3.0 / 5, within(1e-9));
    assertThat(line.get("bySet").get("flowers").asDouble()).isEqualTo(1);
    assertThat(line.get("gain").asDouble()).isZero();
    assertThat(bench("--classes", "8").log()).startsWith("--classes needs --pictures DIR\n");
  }

  @Test
  void gainsArePaired() {
    List<ClassNeighbours.PictureClass> classes =
        List.of(
            new ClassNeighbours.PictureClass("a", "x"), new ClassNeighbours.PictureClass("b", "y"));
    double[][] right = {{1, 1}, {1, .4}};
    double[][] other = {{1, 1}, {0, .2}};
    ClassNeighbours found = ClassNeighbours.of(right, classes, other);
    assertThat(found.nearest()).isEqualTo(1);
    assertThat(found.ofFive()).isEqualTo(.7, within(1e-9));
    assertThat(found.gain()).isEqualTo(.5);
    assertThat(found.gainInterval()).isEqualTo(1.96 * Math.sqrt(.25 / 2), within(1e-9));
    assertThat(found.bySet()).containsEntry("a", 1.0).containsEntry("b", 1.0);
  }
}
