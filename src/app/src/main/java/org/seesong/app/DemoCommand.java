package org.seesong.app;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.seesong.app.demo.DemoCatalogue;
import org.seesong.build.BuildReport;
import org.seesong.build.LeftOutLimit;
import org.seesong.catalogue.CatalogueOptions;
import org.seesong.encoder.ModelHome;
import org.seesong.query.QueryException;
import org.seesong.query.SongFinder;
import org.seesong.query.SongHit;
import org.seesong.query.TwoHopOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Builds and queries the catalogue that ships with the program. */
@Command(
    name = "demo",
    description = {
      "Builds an index of a small catalogue that ships with the program and asks it for the songs"
          + " that fit 24 pictures it has not seen. Works offline."
    },
    mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description = "Where to put it (default: $SEESONG_HOME/demo or ~/.seesong/demo).")
  private Path folder;

  @Option(
      names = "--songs",
      paramLabel = "N",
      defaultValue = "3",
      description = "Songs to show for each picture (default: ${DEFAULT-VALUE}).")
  private int songs;

  @Option(names = "--json", description = "Print an object for each picture.")
  private boolean json;

  private final Console console;

  DemoCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    Path home =
        folder != null ? folder : ModelHome.fromEnvironment().folder().resolveSibling("demo");
    TwoHopOptions options;
    try {
      options = TwoHopOptions.builder().songs(songs).build();
    } catch (QueryException e) {
      throw new UsageException(e);
    }
    console.log("the demo is in " + home);
    DemoCatalogue catalogue = DemoCatalogue.writeTo(home.resolve("catalogue"));
    BuildSettings settings = BuildSettings.defaults();
    settings.encoder = ModelHome.DESCRIPTOR; // quick, and the same answers whatever is installed
    settings.threads = 1; // the same answers on every machine
    Path out = home.resolve("index");
    BuildReport report =
        new BuildRun(console, settings)
            .build(
                CatalogueOptions.of(List.of(catalogue.songs()), List.of(catalogue.pictures()))
                    .withPictureRoot(catalogue.pictureRoot()),
                out,
                true,
                LeftOutLimit.DEFAULT);
    int right = 0;
    try (SongFinder finder = SongFinder.open(out)) {
      for (Path query : catalogue.queries()) {
        Answer answer = Answer.find(finder, query, options);
        right += show(query, answer) ? 1 : 0;
      }
    }
    if (!json) {
      closing(catalogue, out, report, right);
    }
    return Seesong.DONE;
  }

  /**
   * Prints an answer; returns whether its nearest picture carries the word the query is named for.
   */
  private boolean show(Path query, Answer answer) {
    String theme = query.getFileName().toString().replaceFirst("\\.jpg$", "");
    if (json) {
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("query", query.toString());
      line.putAll(answer.toMap());
      console.json(line);
    } else {
      String found =
          answer.result().songs().stream()
              .map(DemoCommand::brief)
              .collect(Collectors.joining(", "));
      console.data(String.format(Locale.ROOT, "%-12s %s", theme, found));
    }
    return answer.result().pictures().get(0).picture().keywords().stream()
        .anyMatch(keyword -> keyword.keyword().equals(theme));
  }

  private static String brief(SongHit hit) {
    return hit.song().details().title()
        + hit.explanation().sharedKeywords().stream()
            .findFirst()
            .map(k -> " [" + k + "]")
            .orElse("");
  }

  private void closing(DemoCatalogue catalogue, Path out, BuildReport report, int right) {
    Path example = catalogue.queries().get(0);
    console.data("");
    console.data(
        String.format(
            Locale.ROOT,
            "%d songs, %d pictures; for %d of %d query pictures the nearest picture shows the same",
            report.songs(),
            report.pictures(),
            right,
            catalogue.queries().size()));
    console.data("");
    console.data("Look at the pictures:  " + catalogue.pictureRoot());
    console.data("Ask again:             " + console.command() + " search " + out + " " + example);
    console.data("Your own catalogue:    " + console.command() + " build --help");
  }
}
