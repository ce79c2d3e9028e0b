package org.seesong.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seesong.evaluation.GradedReport.Result;
import org.seesong.keyword.ScriptFolder;
import org.seesong.vector.FloatMatrix;
import org.seesong.vector.VectorSpace;

/**
 * {@code judged.txt} is what the judgments' own script prints for the runs and grades beside it,
 * with the space of the one keyword replaced.
 */
class GradedReportTest {
  private static final int SONGS = 40;

  private static final SongTable TABLE =
      new SongTable(
          IntStream.range(0, SONGS).mapToObj(i -> String.format(Locale.ROOT, "s%02d", i)).toList(),
          0,
          new int[SONGS][0],
          new float[SONGS][0],
          new double[SONGS]);

  @TempDir private Path folder;

  private static Path fixture(String name) {
    try {
      return Path.of(Objects.requireNonNull(GradedReportTest.class.getResource(name)).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Qrels grades() throws IOException {
    return Qrels.read(
        List.of(fixture("grades.qrels")), ScriptFolder.builtIn(), id -> TABLE.numberOf(id) >= 0);
  }

  private static EvaluationQueries queries(JsonNode run) {
    List<LabelledQuery> pictures = new ArrayList<>();
    for (JsonNode query : run) {
      String id = "photo " + pictures.size() + ".jpg";
      pictures.add(
          new LabelledQuery(id, Path.of(id), List.of("other", query.get("keyword").asText())));
    }
    HopOneReport hopOne =
        new HopOneReport(new Interval(1, 1, 1), new Interval(1, 1, 1), List.of(), List.of());
    return new EvaluationQueries(
        pictures,
        new VectorSpace("none", 1),
        new FloatMatrix(new float[0], 1),
        List.of(),
        List.of(),
        hopOne,
        List.of());
  }

  private static SystemResult system(String name, JsonNode run) {
    List<List<RankedSong>> rankings = new ArrayList<>();
    for (JsonNode query : run) {
      List<RankedSong> ranking = new ArrayList<>();
      query
          .get("songs")
          .forEach(id -> ranking.add(new RankedSong(TABLE.numberOf(id.asText()), Double.NaN, -1)));
      rankings.add(ranking);
    }
    return new SystemResult(
        name, Map.of(), Map.of(), new Interval(0, 0, 0), List.of(new Run(name, 1, rankings)));
  }

  private static JsonNode run(String name) throws IOException {
    return new ObjectMapper().readTree(fixture(name + ".json").toFile());
  }

  private static GradedReport report(Qrels qrels) throws IOException {
    return GradedReport.of(
        qrels,
        queries(run("run-one")),
        TABLE,
        List.of(system("run-one", run("run-one")), system("run-two", run("run-two"))),
        List.of(new int[] {0, 1}),
        new Statistics(1));
  }

  @Test
  void figuresAreThoseOfTheJudgmentsOwnScript() throws IOException {
    GradedReport report = report(grades());
    List<String> printed = new ArrayList<>();
    for (Result result : report.systems()) {
      printed.add(
          String.format(
              Locale.ROOT,
              "%s: %d keywords, %d queries; graded %.2f, fit %.3f, fits well %.3f, nDCG %.3f,"
                  + " places given %.1f",
              result.system(),
              report.keywords().size(),
              report.queries(),
              result.figures().get(GradedMeasure.JUDGED).value(),
              result.figures().get(GradedMeasure.FIT).value(),
              result.figures().get(GradedMeasure.FITS_WELL).value(),
              result.figures().get(GradedMeasure.NDCG).value(),
              result.figures().get(GradedMeasure.PLACES).value()));
    }
    assertThat(printed).isEqualTo(Files.readAllLines(fixture("judged.txt")));
  }

  @Test
  void systemsAreComparedOverKeywords() throws IOException {
    GradedReport report = report(grades());
    double[] one = report.systems().get(0).scores().get(GradedMeasure.FIT);
    double[] two = report.systems().get(1).scores().get(GradedMeasure.FIT);
    double mean =
        IntStream.range(0, one.length).mapToDouble(i -> one[i] - two[i]).average().orElse(0);
    assertThat(report.comparisons())
        .extracting(Comparison::measure)
        .containsExactly("fit", "fits well", "nDCG by grades");
    assertThat(report.comparisons().get(0).difference()).isCloseTo(mean, within(1e-12));
    assertThat(report.comparisons().get(0).p()).isBetween(0.1, 1.0);
    Interval fit = report.systems().get(0).figures().get(GradedMeasure.FIT);
    assertThat(fit.low()).isLessThan(fit.value());
    assertThat(fit.high()).isGreaterThan(fit.value());
  }

  @Test
  void aKeywordWhoseGradesAreAllZeroHasNoNdcg() throws IOException {
    GradedReport report = report(grades());
    int empty = report.keywords().indexOf("empty");
    assertThat(report.systems().get(0).scores().get(GradedMeasure.NDCG)[empty]).isNaN();
    assertThat(report.systems().get(0).scores().get(GradedMeasure.FIT)[empty]).isZero();
  }

  @Test
  void withoutAQueryOfAGradedKeywordThereIsNothingToMeasure() throws IOException {
    Path file = Files.writeString(folder.resolve("other.qrels"), "沙 0 s01 1\n");
    Qrels other = Qrels.read(List.of(file), ScriptFolder.builtIn(), id -> true);
    GradedReport report = report(other);
    assertThat(report.keywords()).isEmpty();
    assertThat(report.systems().get(0).figures().get(GradedMeasure.FIT).value()).isNaN();
  }

  /** The figures of the first run again, from nothing but the files that other tools get. */
  @Test
  void runFilesHoldAllThatOtherToolsNeed() throws IOException {
    Qrels qrels = grades();
    EvaluationQueries queries = queries(run("run-one"));
    List<String> keywords =
        queries.pictures().stream()
            .map(query -> qrels.keyword(query.labels()).orElse("other"))
            .toList();
    new RunFiles(queries, keywords, TABLE)
        .write(folder, List.of(system("run one", run("run-one"))), qrels);
    List<String[]> lines =
        Files.readAllLines(folder.resolve("run_one.run")).stream().map(l -> l.split(" ")).toList();
    assertThat(lines).allMatch(line -> line.length == 6 && line[1].equals("Q0"));
    assertThat(lines.get(0)).containsExactly("雪/1", "Q0", "s34", "1", "10", "run_one");
    List<String> topics = Files.readAllLines(folder.resolve("topics.qrels"));
    List<String> snow =
        lines.stream()
            .filter(line -> line[0].equals("雪/2"))
            .sorted(Comparator.comparingInt(line -> -Integer.parseInt(line[4])))
            .map(line -> line[2])
            .toList();
    long graded =
        snow.stream()
            .filter(id -> topics.stream().anyMatch(l -> l.startsWith("雪/2 0 " + id)))
            .count();
    assertThat(GradedReport.score(GradedMeasure.JUDGED, qrels, "雪", snow))
        .isEqualTo(graded / (double) snow.size());
    assertThat(topics).anyMatch(line -> line.startsWith("horse_race/1 0 "));
    JsonNode json = new ObjectMapper().readTree(folder.resolve("run_one.json").toFile());
    assertThat(json.get(0).get("songs")).isEqualTo(run("run-one").get(0).get("songs"));
    assertThat(json.get(0).get("keyword").asText()).isEqualTo("雪");
    assertThat(Files.readAllLines(folder.resolve("topics.tsv"))).contains("雪/1\tphoto_0.jpg");
  }
}
