package org.seesong.bench.search;

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

class QueryBenchmarkTest {
  @TempDir private Path temp;

  private final ByteArrayOutputStream data = new ByteArrayOutputStream();
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();

  private int bench(String... arguments) {
    return Bench.run(
        arguments,
        new PrintStream(data, true, StandardCharsets.UTF_8),
        new PrintStream(log, true, StandardCharsets.UTF_8));
  }

  @Test
  void eachStageOfEachEncoderIsALine() throws Exception {
    Path pictures = Files.createDirectories(temp.resolve("pictures"));
    BufferedImage image = new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB);
    ImageIO.write(image, "png", pictures.resolve("one.png").toFile());
    int code =
        bench(
            "query",
            "--encoder=descriptor,descriptor",
            "--pictures=" + pictures,
            "--count=5",
            "--indexed=300",
            "--songs=200",
            "--index=" + temp.resolve("kept"),
            "--without-simd",
            "--json");
    assertThat(code).as(log.toString(StandardCharsets.UTF_8)).isZero();
    List<String> stages = new ArrayList<>();
    double sum = 0;
    for (String line : data.toString(StandardCharsets.UTF_8).lines().toList()) {
      JsonNode object = new ObjectMapper().readTree(line);
      assertThat(object.get("encoder").asText()).isEqualTo("descriptor");
      assertThat(object.get("queries").asInt()).isEqualTo(5);
      assertThat(object.get("p50Millis").asDouble()).as(line).isPositive();
      if (object.get("stage").asText().equals("all")) {
        assertThat(object.get("cpuMillis").asDouble()).isCloseTo(sum, within(1e-3));
        sum = 0;
      } else {
        sum += object.get("cpuMillis").asDouble();
      }
      stages.add(object.get("stage").asText());
    }
    List<String> each = List.of("read and shrink", "encode", "hop one", "hop two", "all");
    List<String> twice = new ArrayList<>(each);
    twice.addAll(each);
    assertThat(stages).isEqualTo(twice);
    assertThat(temp.resolve("kept")).isNotEmptyDirectory();
  }

  @Test
  void aFolderWithoutFilesIsNamed() throws Exception {
    Path empty = Files.createDirectories(temp.resolve("empty"));
    assertThat(bench("query", "--encoder=descriptor", "--pictures=" + empty, "--without-simd"))
        .isEqualTo(1);
    assertThat(log.toString(StandardCharsets.UTF_8))
        .isEqualTo("src/bench/run: " + empty + " holds no files\n");
  }
}
