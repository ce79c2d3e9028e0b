package org.seesong.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Songs found are pooled, graded and judged. */
class GradedEvaluationTest {
  @TempDir private Path folder;

  private CommandRun evaluate(SmallCatalogue catalogue, Object... more) throws IOException {
    List<Object> command = new ArrayList<>();
    command.addAll(List.of("evaluate", "--split", "0.25", "--songs", catalogue.songs()));
    command.addAll(List.of("--pictures", catalogue.pictures(), "--encoder", "descriptor"));
    command.addAll(
        List.of("--systems", "index,km,km-relevance,km-random", "--seeds", "2", "--cases", "1"));
    command.addAll(List.of("--out", folder.resolve("out"), "--json"));
    command.addAll(List.of(more));
    return CommandRun.of(command.toArray());
  }

  @Test
  void aPoolIsGradedAndJudgedBy() throws IOException {
    SmallCatalogue catalogue = SmallCatalogue.writeTo(folder.resolve("data"), 60, 60);
    Path pool = folder.resolve("pool.tsv");
    Path concepts =
        Files.writeString(
            folder.resolve("concepts.csv"),
            "/a/x\t/r/Synonym\t/c/zh/雪\t/c/en/snow\t{\"weight\": 1.0}\n");
    JsonNode before =
        evaluate(catalogue, "--pool", pool, "--concepts", concepts).ends(0).json().get(0);
    assertThat(before.has("graded")).isFalse();
    List<String> lines = Files.readAllLines(pool);
    assertThat(lines.get(0)).isEqualTo("keyword\t0\tsong\tgrade\tgloss\ttitle\tartist\tlyrics");
    assertThat(lines)
        .anyMatch(
            line ->
                line.matches(
                    "雪\t0\ts0\\d\\d\t\tsnow\t雪\tA\\d\t【雪】，【?.】? / . \\(2 of 2 lines, 1 .*"));
    Path graded = folder.resolve("graded.tsv");
    Files.writeString(
        graded,
        lines.stream()
            .map(line -> line.replaceFirst("^(\\S+\t0\t\\S+\t)\t", "$1" + grade(line) + "\t"))
            .collect(Collectors.joining("\r\n")));
    Path runs = folder.resolve("runs");
    Path rest = folder.resolve("rest.tsv");
    CommandRun second =
        evaluate(catalogue, "--qrels", graded, "--runs", runs, "--pool", rest).ends(0);
    JsonNode report = second.json().get(0).get("graded");
    assertThat(report.get("grades").asInt()).isEqualTo(lines.size() - 1);
    assertThat(report.get("queries").asInt()).isEqualTo(15);
    for (JsonNode system : report.get("systems")) {
      assertThat(system.get("judged").get(0).asDouble()).isEqualTo(1);
      assertThat(system.get("fit").get(0).asDouble()).isBetween(0.1, 0.9);
    }
    assertThat(report.get("tests")).hasSize(9);
    assertThat(Files.readAllLines(rest)).hasSize(1);
    assertThat(runs.resolve("index.run")).isNotEmptyFile();
    assertThat(runs.resolve("km-random-43.run")).isNotEmptyFile();
    assertThat(folder.resolve("out/plots/graded.svg")).content().contains("fits well");
    assertThat(folder.resolve("out/evaluation.md"))
        .content()
        .contains("By grades given by reading");
  }

  @Test
  void keywordMatchingNeedsNoSongsFile() throws IOException {
    SmallCatalogue catalogue = SmallCatalogue.writeTo(folder.resolve("data"), 60, 60);
    Path withSongs = folder.resolve("with");
    evaluate(catalogue, "--runs", withSongs).ends(0);
    Path build = folder.resolve("out/build");
    Path without = folder.resolve("without");
    List<Object> command = new ArrayList<>();
    command.addAll(
        List.of("evaluate", build, "--queries", folder.resolve("out/split/queries.jsonl")));
    command.addAll(List.of("--picture-root", folder.resolve("data"), "--cases", "1"));
    command.addAll(List.of("--systems", "km,km-relevance", "--out", folder.resolve("again")));
    command.addAll(List.of("--runs", without));
    CommandRun.of(command.toArray()).ends(0);
    List<String> counted = Files.readAllLines(without.resolve("km.run"));
    List<String> common = new ArrayList<>(songs(counted));
    assertThat(common).hasSizeGreaterThan(100);
    common.retainAll(songs(Files.readAllLines(withSongs.resolve("km.run"))));
    assertThat(common).hasSizeGreaterThan(counted.size() * 3 / 4);
    assertThat(songs(Files.readAllLines(without.resolve("km-relevance.run"))))
        .isNotEqualTo(songs(counted));
  }

  /** Query and song of each line of a run file. */
  private static List<String> songs(List<String> run) {
    return run.stream().map(line -> line.replaceAll(" Q0 (\\S+) .*", " $1")).toList();
  }

  private static int grade(String line) {
    return Math.floorMod(line.hashCode(), 3);
  }

  @Test
  void linesThatCannotBeUsedAreReported() throws IOException {
    SmallCatalogue catalogue = SmallCatalogue.writeTo(folder.resolve("data"), 60, 60);
    Path qrels = Files.writeString(folder.resolve("a.qrels"), "雪 0 s000 2\n雪 0 s001 7\n雪 0 x 1\n");
    CommandRun run = evaluate(catalogue, "--qrels", qrels).ends(3);
    assertThat(run.log())
        .contains("left out: " + qrels + ": 1 line with a grade other than 0, 1 or 2: 2")
        .contains(qrels + ": 1 line with songs that the index does not hold");
    Path none = Files.writeString(folder.resolve("none.qrels"), "nothing\n");
    assertThat(evaluate(catalogue, "--qrels", none).log()).contains(none + " holds no grade");
  }
}
