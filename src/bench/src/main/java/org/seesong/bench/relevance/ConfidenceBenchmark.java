package org.seesong.bench.relevance;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.seesong.catalogue.CatalogueOptions;
import org.seesong.catalogue.CatalogueReader;
import org.seesong.catalogue.Picture;
import org.seesong.index.WeightedKeyword;
import org.seesong.query.SongFinder;
import org.seesong.query.SongHit;
import org.seesong.query.TwoHopOptions;
import org.seesong.query.TwoHopResult;
import org.seesong.relevance.LogisticRegression;
import org.seesong.select.Confidence;
import org.seesong.select.Confidence.Neighbour;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Fits the confidence of songs to grades that people gave, judges it with keywords left out, and
 * writes the numbers that the indexer ships.
 */
@Command(
    name = "confidence",
    description = "Fits the confidence of songs to graded answers, judged with keywords left out.",
    mixinStandardHelpOptions = true)
public final class ConfidenceBenchmark implements Callable<Integer> {
  private static final int FOLDS = 9;
  private static final int BINS = 10;

  @Option(names = "--index", required = true, paramLabel = "DIR", description = "What to search.")
  private Path index;

  @Option(
      names = "--queries",
      required = true,
      paramLabel = "FILE",
      description = "Labelled pictures that it does not hold: evaluate's split/queries.jsonl.")
  private Path queries;

  @Option(names = "--picture-root", required = true, paramLabel = "DIR", description = "Of these.")
  private Path root;

  @Option(
      names = "--qrels",
      required = true,
      arity = "1..*",
      paramLabel = "FILE",
      description = "Grades: keyword 0 song grade.")
  private List<Path> qrels;

  @Option(
      names = "--photographs",
      paramLabel = "N",
      defaultValue = "20",
      description = "Of one keyword at most, so that none outweighs the others (default: 20).")
  private int photographs;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Where to write song-confidence.json, fitted to all (default: nowhere).")
  private Path out;

  @Spec private CommandSpec spec;

  /** A song of an answer; the grade is empty where nobody graded it. */
  private record Answered(String keyword, double[] features, Optional<Integer> grade, int query) {}

  @Override
  public Integer call() throws IOException {
    Map<String, Map<String, Integer>> grades = RelevanceBenchmark.grades(qrels);
    List<Answered> all = search(grades);
    PrintWriter print = spec.commandLine().getOut();
    List<String> keywords = all.stream().map(Answered::keyword).distinct().sorted().toList();
    double[] confidences = new double[all.size()];
    for (int fold = 0; fold < FOLDS; fold++) {
      int out = fold;
      List<Double> fitted =
          fit(
              all.stream()
                  .filter(song -> keywords.indexOf(song.keyword()) % FOLDS != out)
                  .toList());
      for (int i = 0; i < all.size(); i++) {
        if (keywords.indexOf(all.get(i).keyword()) % FOLDS == out) {
          confidences[i] = probability(fitted, all.get(i).features());
        }
      }
    }
    print.printf(
        Locale.ROOT,
        "%d songs, %d of them graded, of %d keywords; keywords left out, calibration error %.3f%n",
        all.size(),
        all.stream().filter(song -> song.grade().isPresent()).count(),
        keywords.size(),
        error(all, confidences));
    for (int least = 0; least <= 12; least++) {
      thresholds(all, confidences, .05 * least, keywords, print);
    }
    List<Double> numbers = fit(all);
    print.println(numbers);
    if (out != null) {
      Files.write(out, new ObjectMapper().writeValueAsBytes(numbers));
    }
    return 0;
  }

  private List<Answered> search(Map<String, Map<String, Integer>> grades) throws IOException {
    List<Answered> all = new ArrayList<>();
    Map<String, Integer> counts = new TreeMap<>();
    TwoHopOptions options = TwoHopOptions.builder().fill(true).build();
    List<Picture> pictures =
        CatalogueReader.read(CatalogueOptions.of(List.of(), List.of(queries)).withPictureRoot(root))
            .pictures();
    try (SongFinder finder = SongFinder.open(index)) {
      for (int query = 0; query < pictures.size(); query++) {
        Picture picture = pictures.get(query);
        Optional<String> keyword =
            picture.keywords().stream()
                .map(WeightedKeyword::keyword)
                .filter(grades::containsKey)
                .findFirst();
        if (keyword.isPresent() && counts.merge(keyword.get(), 1, Integer::sum) <= photographs) {
          TwoHopResult found = finder.find(picture.file(), options);
          List<Neighbour> nearest =
              found.pictures().stream()
                  .map(hit -> new Neighbour(hit.distance(), weights(hit.keywords())))
                  .toList();
          for (SongHit song : found.songs()) {
            all.add(
                new Answered(
                    keyword.get(),
                    Confidence.songFeatures(nearest, weights(song.song().keywords())),
                    Optional.ofNullable(grades.get(keyword.get()).get(song.id())),
                    query));
          }
        }
      }
    }
    return all;
  }

  private static Map<String, Double> weights(List<WeightedKeyword> keywords) {
    return Confidence.byKeyword(
        keywords.stream().map(WeightedKeyword::keyword).toList(),
        keywords.stream().map(WeightedKeyword::weight).toList());
  }

  private static List<Double> fit(List<Answered> songs) {
    List<Answered> graded = songs.stream().filter(song -> song.grade().isPresent()).toList();
    boolean[] fits = new boolean[graded.size()];
    for (int i = 0; i < fits.length; i++) {
      fits[i] = graded.get(i).grade().get() >= 1;
    }
    return LogisticRegression.fit(
            graded.stream().map(Answered::features).toArray(double[][]::new), fits)
        .ofRawFeatures();
  }

  private static double probability(List<Double> numbers, double[] features) {
    double odds = numbers.get(0);
    for (int i = 0; i < features.length; i++) {
      odds += numbers.get(i + 1) * features[i];
    }
    return 1 / (1 + Math.exp(-odds));
  }

  private static double error(List<Answered> all, double[] confidences) {
    double[] differences = new double[BINS];
    int graded = 0;
    for (int i = 0; i < confidences.length; i++) {
      if (all.get(i).grade().isPresent()) {
        int bin = Math.min(BINS - 1, (int) (BINS * confidences[i]));
        differences[bin] += confidences[i] - (all.get(i).grade().get() >= 1 ? 1 : 0);
        graded++;
      }
    }
    double sum = 0;
    for (double difference : differences) {
      sum += Math.abs(difference);
    }
    return sum / graded;
  }

  /** Means over keywords: places given to a photograph, and what share of the graded fits. */
  private static void thresholds(
      List<Answered> all,
      double[] confidences,
      double least,
      List<String> keywords,
      PrintWriter print) {
    double places = 0;
    double fit = 0;
    int judged = 0;
    for (String keyword : keywords) {
      int given = 0;
      int graded = 0;
      int fits = 0;
      List<Integer> photographs = new ArrayList<>();
      for (int i = 0; i < confidences.length; i++) {
        Answered song = all.get(i);
        if (song.keyword().equals(keyword)) {
          photographs.add(song.query());
          if (confidences[i] >= least) {
            given++;
            graded += song.grade().isPresent() ? 1 : 0;
            fits += song.grade().orElse(0) >= 1 ? 1 : 0;
          }
        }
      }
      places += (double) given / photographs.stream().distinct().count();
      fit += graded == 0 ? 0 : (double) fits / graded;
      judged += graded == 0 ? 0 : 1;
    }
    print.printf(
        Locale.ROOT,
        "least %.2f: %.2f places, fit %.3f (%d keywords)%n",
        least,
        places / keywords.size(),
        fit / judged,
        judged);
  }
}
