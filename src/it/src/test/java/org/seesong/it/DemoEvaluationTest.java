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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seesong.app.demo.DemoCatalogue;

/** Quality on the demo catalogue stays what {@code demo-evaluation.csv} says it is. */
class DemoEvaluationTest {
  private static final String METHODS =
      "index,exact,exact:neighbours=15:regression=1:pictures=10:coverage=0.15,line,km,pop,random,oracle";

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
        "--samples",
        "300k",
        "--threads",
        "1",
        "--methods",
        METHODS,
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
    for (String row : expected()) {
      String[] cells = row.split(",");
      assertThat(figure(report, cells[0], cells[1]))
          .as(row)
          .isCloseTo(Double.parseDouble(cells[2]), within(Double.parseDouble(cells[3])));
    }
    Path out = folder.resolve("out");
    assertThat(Files.readString(out.resolve("cases.html")))
        .contains("data:image/jpeg;base64,")
        .doesNotContain("src=\"http");
    assertThat(out.resolve("plots/measures.svg")).content().startsWith("<svg").contains("nDCG@10");
    assertThat(out.resolve("trial-index")).doesNotExist();
    CommandRun second = evaluate(demo).ends(0);
    assertThat(second.log()).doesNotContain("line, seed 1").contains("writing the report");
    assertThat(second.json().get(0)).isEqualTo(report);
    CommandRun vote = CommandRun.of("vote", out, "--report").ends(0);
    assertThat(vote.log()).contains("no votes yet");
  }

  private static double figure(JsonNode report, String method, String measure) {
    for (JsonNode result : report.get("methods")) {
      if (result.get("method").asText().equals(method)) {
        return result.get(measure).get(0).asDouble();
      }
    }
    throw new AssertionError("no method " + method);
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
