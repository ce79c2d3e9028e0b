package org.seesong.bench.encode;

import static org.assertj.core.api.Assertions.assertThat;

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
}
