package org.seesong.bench.relevance;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.Collectors;
import org.seesong.catalogue.Catalogue;
import org.seesong.catalogue.CatalogueOptions;
import org.seesong.catalogue.CatalogueReader;
import org.seesong.encoder.TextEncoder;
import org.seesong.encoder.TextModel;
import org.seesong.keyword.KeywordList;
import org.seesong.keyword.KeywordOptions;
import org.seesong.keyword.KeywordStage;
import org.seesong.keyword.KeywordStage.GradedSong;
import org.seesong.keyword.KeywordTools;
import org.seesong.keyword.PictureClasses;
import org.seesong.keyword.Segmenters;
import org.seesong.relevance.RelevanceModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Fits the relevance of songs to keywords to grades that people gave, judges it with keywords left
 * out, and writes the coefficients that the indexer ships.
 */
@Command(
    name = "relevance",
    description = "Fits the relevance model to graded songs and judges it with keywords left out.",
    mixinStandardHelpOptions = true)
public final class RelevanceBenchmark implements Callable<Integer> {
  private static final int FOLDS = 9;
  private static final int CUTS = 3;
  private static final int PLACES = 10;

  @Option(names = "--songs", required = true, paramLabel = "FILE", description = "The catalogue.")
  private List<Path> songs;

  @Option(
      names = "--qrels",
      required = true,
      paramLabel = "FILE",
      description = "Grades: keyword 0 song grade.")
  private List<Path> qrels;

  @Option(
      names = "--glosses",
      paramLabel = "FILE",
      description =
          "Keyword list with a column gloss; each song is an example twice, with its keyword's"
              + " gloss and with the keyword itself.")
  private Path glosses;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Where to write relevance.json, fitted to all grades (default: nowhere).")
  private Path out;

  @Spec private CommandSpec spec;

  /** Grades by keyword and song; the first of several for one pair counts. */
  static Map<String, Map<String, Integer>> grades(List<Path> files) throws IOException {
    Map<String, Map<String, Integer>> grades = new TreeMap<>();
    for (Path file : files) {
      for (String line : Files.readAllLines(file)) {
        String[] fields = line.strip().split("\\s+");
        if (fields.length != 4 || !fields[3].matches("[012]")) {
          throw new IOException(file + ": not 'keyword 0 song grade' with grade 0 to 2: " + line);
        }
        grades
            .computeIfAbsent(fields[0], keyword -> new TreeMap<>())
            .putIfAbsent(fields[2], Integer.valueOf(fields[3]));
      }
    }
    return grades;
  }

  @Override
  public Integer call() throws IOException {
    Map<String, Map<String, Integer>> grades = grades(qrels);
    Catalogue catalogue = CatalogueReader.read(CatalogueOptions.of(songs, List.of()));
    KeywordList list = glosses == null ? KeywordList.none() : KeywordList.read(glosses);
    Set<String> keywords = new LinkedHashSet<>(list.keywords());
    keywords.addAll(grades.keySet());
    List<GradedSong> plain = graded(catalogue, new KeywordList(List.copyOf(keywords)), grades);
    List<GradedSong> glossed =
        list.glosses().isEmpty()
            ? List.of()
            : graded(catalogue, new KeywordList(List.copyOf(keywords), list.glosses()), grades);
    List<GradedSong> all = new ArrayList<>(plain);
    all.addAll(glossed);
    PrintWriter print = spec.commandLine().getOut();
    print.printf(Locale.ROOT, "%d graded songs of %d keywords%n", plain.size(), grades.size());
    if (out != null) {
      String source = plain.size() + " graded songs of " + grades.size() + " keywords";
      Files.write(
          out, RelevanceModel.fit(source, all.stream().map(GradedSong::example).toList()).toJson());
    }
    List<Judged> judged = new ArrayList<>();
    judged.add(new Judged("counts", plain, RelevanceBenchmark::byCounts));
    judged.add(
        new Judged("and similarities to keywords", plain, RelevanceBenchmark::bySimilarities));
    judged.add(new Judged("and vectors", plain, RelevanceBenchmark::byVectors));
    if (!glossed.isEmpty()) {
      judged.add(
          new Judged("similarities to glosses", glossed, RelevanceBenchmark::bySimilarities));
      judged.add(new Judged("and vectors", glossed, RelevanceBenchmark::byVectors));
    }
    judge(all, judged, grades.keySet());
    return 0;
  }

  private static double byCounts(RelevanceModel model, RelevanceModel.Example song) {
    return model.relevance(song.features());
  }

  private static double bySimilarities(RelevanceModel model, RelevanceModel.Example song) {
    return model.bySimilarities(song.features(), song.meaning());
  }

  private static double byVectors(RelevanceModel model, RelevanceModel.Example song) {
    return model.relevance(song.features(), song.meaning());
  }

  private static List<GradedSong> graded(
      Catalogue catalogue, KeywordList keywords, Map<String, Map<String, Integer>> grades)
      throws IOException {
    KeywordStage stage =
        KeywordStage.run(
            catalogue,
            PictureClasses.none(),
            KeywordOptions.DEFAULT,
            KeywordTools.builtIn(Segmenters.byName("jieba")),
            keywords,
            done -> {});
    try (TextEncoder encoder = TextModel.forTexts(stage.texts()).orElseThrow().open()) {
      return stage.graded(grades, encoder);
    }
  }

  /** A way to order songs, and what it orders. */
  private static final class Judged {
    private final String name;
    private final List<GradedSong> songs;
    private final ToDoubleBiFunction<RelevanceModel, RelevanceModel.Example> score;
    private double fits;
    private double fitsWell;
    private int lists;

    Judged(
        String name,
        List<GradedSong> songs,
        ToDoubleBiFunction<RelevanceModel, RelevanceModel.Example> score) {
      this.name = name;
      this.songs = songs;
      this.score = score;
    }

    void add(RelevanceModel model, String keyword) {
      List<GradedSong> best =
          songs.stream()
              .filter(song -> song.keyword().equals(keyword))
              .sorted(
                  Comparator.comparingDouble(song -> -score.applyAsDouble(model, song.example())))
              .limit(PLACES)
              .toList();
      if (!best.isEmpty()) {
        fits += share(best, 1);
        fitsWell += share(best, 2);
        lists++;
      }
    }
  }

  /**
   * Each ninth of the keywords by a model of the others, three times over; songs that are graded
   * for a keyword that is left out are left out, too.
   */
  private void judge(List<GradedSong> examples, List<Judged> judged, Set<String> keywords) {
    for (int seed = 1; seed <= CUTS; seed++) {
      List<String> order = new ArrayList<>(keywords);
      Collections.shuffle(order, new Random(seed));
      for (int fold = 0; fold < FOLDS; fold++) {
        Set<String> out = new LinkedHashSet<>();
        for (int i = fold; i < order.size(); i += FOLDS) {
          out.add(order.get(i));
        }
        Set<String> songs =
            examples.stream()
                .filter(song -> out.contains(song.keyword()))
                .map(GradedSong::song)
                .collect(Collectors.toSet());
        RelevanceModel model =
            RelevanceModel.fit(
                "",
                examples.stream()
                    .filter(song -> !songs.contains(song.song()))
                    .map(GradedSong::example)
                    .toList());
        out.forEach(keyword -> judged.forEach(way -> way.add(model, keyword)));
      }
    }
    for (Judged way : judged) {
      spec.commandLine()
          .getOut()
          .printf(
              Locale.ROOT,
              "%-30s keywords left out: fit@10 %.3f, fits well@10 %.3f%n",
              way.name,
              way.fits / way.lists,
              way.fitsWell / way.lists);
    }
  }

  private static double share(List<GradedSong> songs, int grade) {
    return (double) songs.stream().filter(song -> song.example().grade() >= grade).count()
        / songs.size();
  }
}
