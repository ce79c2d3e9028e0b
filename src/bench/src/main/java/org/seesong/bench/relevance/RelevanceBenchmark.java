package org.seesong.bench.relevance;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.seesong.catalogue.CatalogueOptions;
import org.seesong.catalogue.CatalogueReader;
import org.seesong.catalogue.Song;
import org.seesong.keyword.GradedSongs;
import org.seesong.keyword.GradedSongs.GradedSong;
import org.seesong.keyword.KeywordOptions;
import org.seesong.keyword.KeywordTools;
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
      names = "--out",
      paramLabel = "FILE",
      description = "Where to write relevance.json, fitted to all grades (default: nowhere).")
  private Path out;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    Map<String, Map<String, Integer>> grades = new TreeMap<>();
    for (Path file : qrels) {
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
    List<Song> catalogue = CatalogueReader.read(CatalogueOptions.of(songs, List.of())).songs();
    List<GradedSong> graded =
        GradedSongs.read(
            catalogue,
            grades,
            KeywordOptions.DEFAULT,
            KeywordTools.builtIn(Segmenters.byName("jieba")));
    PrintWriter print = spec.commandLine().getOut();
    print.printf(Locale.ROOT, "%d graded songs of %d keywords%n", graded.size(), grades.size());
    judge(graded, new ArrayList<>(grades.keySet()), print);
    RelevanceModel model =
        RelevanceModel.fit(
            graded.size() + " graded songs of " + grades.size() + " keywords",
            graded.stream().map(GradedSong::example).toList());
    if (out != null) {
      Files.write(out, model.toJson());
    }
    return 0;
  }

  /** Each ninth of the keywords by a model of the others, three times over. */
  private static void judge(List<GradedSong> graded, List<String> keywords, PrintWriter print) {
    for (int seed = 1; seed <= 3; seed++) {
      List<String> order = new ArrayList<>(keywords);
      Collections.shuffle(order, new Random(seed));
      double fits = 0;
      double fitsWell = 0;
      int judged = 0;
      for (int fold = 0; fold < FOLDS; fold++) {
        List<String> out = new ArrayList<>();
        for (int i = fold; i < order.size(); i += FOLDS) {
          out.add(order.get(i));
        }
        RelevanceModel model =
            RelevanceModel.fit(
                "",
                graded.stream()
                    .filter(song -> !out.contains(song.keyword()))
                    .map(GradedSong::example)
                    .toList());
        for (String keyword : out) {
          List<GradedSong> best =
              graded.stream()
                  .filter(song -> song.keyword().equals(keyword))
                  .sorted(
                      Comparator.comparingDouble(
                          song -> -model.relevance(song.example().features())))
                  .limit(PLACES)
                  .toList();
          if (!best.isEmpty()) {
            fits += share(best, 1);
            fitsWell += share(best, 2);
            judged++;
          }
        }
      }
      print.printf(
          Locale.ROOT,
          "keywords left out (seed %d): fit@10 %.3f, fits well@10 %.3f%n",
          seed,
          fits / judged,
          fitsWell / judged);
    }
  }

  private static double share(List<GradedSong> songs, int grade) {
    return (double) songs.stream().filter(song -> song.example().grade() >= grade).count()
        / songs.size();
  }
}
