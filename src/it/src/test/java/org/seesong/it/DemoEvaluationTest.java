package org.seesong.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seesong.app.demo.DemoCatalogue;

/** Quality on the demo catalogue stays what {@code demo-evaluation.csv} says it is. */
class DemoEvaluationTest {
  private static final String SYSTEMS =
      "index,closed-form,closed-form:label-neighbors=15:label-classifier-weight=1:pictures=10"
          + ":coverage=0.15,line2,km,pop,random,oracle";

  @TempDir Path folder;

  private CommandRun evaluate(DemoCatalogue demo) throws IOException {
    return CommandRun.of(
        "evaluate",
        "--split",
        "0.25",
        "--seed",
        "1",
        "--songs",
        demo.songs(),
        "--pictures",
        demo.pictures(),
        "--picture-root",
        demo.pictureRoot(),
        "--encoder",
        "descriptor",
        // Networks of bytes give other vectors on other processors.
        "--text-encoder",
        "none",
        "--samples",
        "300k",
        "--threads",
        "1",
        "--systems",
        SYSTEMS,
        "--seeds",
        "2",
        "--cases",
        "2",
        "--out",
        folder.resolve("out"),
        "--json");
  }

  @Test
  void figuresAreAsExpectedAndASecondRunReusesAnswers() throws IOException {
    DemoCatalogue demo = DemoCatalogue.writeTo(folder.resolve("demo"));
    CommandRun first = evaluate(demo).ends(0);
    JsonNode report = first.json().get(0);
    assertThat(report.get("queries").asInt()).isEqualTo(72);
    SoftAssertions figures = new SoftAssertions();
    for (String row : expected()) {
      String[] cells = row.split(",");
      figures
          .assertThat(figure(report, cells[0], cells[1]))
          .as(row)
          .isCloseTo(Double.parseDouble(cells[2]), within(Double.parseDouble(cells[3])));
    }
    figures.assertAll();
    Path out = folder.resolve("out");
    assertThat(Files.readString(out.resolve("cases.html")))
        .contains("data:image/jpeg;base64,")
        .doesNotContain("src=\"http");
    assertThat(out.resolve("plots/measures.svg")).content().startsWith("<svg").contains("nDCG@10");
    assertThat(out.resolve("trial-index")).doesNotExist();
    CommandRun second = evaluate(demo).ends(0);
    assertThat(second.log()).doesNotContain("line2, seed 1").contains("writing the report");
    assertThat(second.json().get(0)).isEqualTo(report);
    CommandRun vote = CommandRun.of("vote", out, "--report").ends(0);
    assertThat(vote.log()).contains("no votes yet");
  }

  private static double figure(JsonNode report, String system, String measure) {
    for (JsonNode result : report.get("systems")) {
      if (result.get("system").asText().equals(system)) {
        return result.get(measure).get(0).asDouble();
      }
    }
    throw new AssertionError("no system " + system);
  }

  private static List<String> expected() throws IOException {
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(
                    DemoEvaluationTest.class.getResourceAsStream("demo-evaluation.csv")),
                StandardCharsets.UTF_8))) {
      return in.lines().skip(1).toList();
    }
  }
}
