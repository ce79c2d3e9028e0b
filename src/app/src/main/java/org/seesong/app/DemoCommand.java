package org.seesong.app;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Builds and queries the catalogue that ships with the program. */
@Command(
    name = "demo",
    description = {
      "Builds an index of a small catalogue that ships with the program and asks it for the songs"
          + " that fit 24 pictures it has not seen. Works offline. With --photos it asks by your"
          + " own photographs instead, which stay where they are and need no labels."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  seesong demo",
      "  seesong demo --serve                    # and open the page that it names",
      "  seesong demo --photos ~/Pictures",
      "  seesong demo --photos ~/Pictures --songs 5 --json"
    })
final class DemoCommand implements Callable<Integer> {
  /** What the build makes in the demo's folder. */
  static final String INDEX = "index";

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description = {
        "Where to put it (default: demo, or demo-photos with --photos, in $SEESONG_HOME or"
            + " ~/.seesong)."
      })
  private Path folder;

  @Option(
      names = "--photos",
      paramLabel = "DIR",
      description = {
        "A folder of your own photographs, searched with its subfolders: indexes up to 1,000 of"
            + " them without labels and shows songs for six."
      })
  private Path photos;

  @Option(
      names = "--songs",
      paramLabel = "N",
      defaultValue = "3",
      description = "Songs to show for each picture (default: ${DEFAULT-VALUE}).")
  private int songs;

  @Option(
      names = "--serve",
      description = "Serve the index afterwards, as 'seesong serve' does, until Ctrl-C.")
  private boolean serve;

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "8901",
      description = "Port for --serve (default: ${DEFAULT-VALUE}).")
  private int port;

  @Option(names = "--json", description = "Print an object for each picture.")
  private boolean json;

  @Spec private CommandSpec spec;

  private final Console console;

  DemoCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    TwoHopOptions options;
    try {
      options = TwoHopOptions.builder().songs(songs).build();
    } catch (QueryException e) {
      throw LibraryNames.usage(e);
    }
    Path home =
        folder != null
            ? folder
            : ModelHome.fromEnvironment()
                .folder()
                .resolveSibling(photos == null ? "demo" : "demo-photos");
    Optional<PhotoDemo> own =
        photos == null ? Optional.empty() : Optional.of(PhotoDemo.of(console, home, photos));
    console.log("the demo is in " + home);
    if (own.isEmpty()) {
      showPaintings(home, options);
    } else {
      showPhotos(own.get().build(), options);
    }
    if (!serve) {
      return Seesong.DONE;
    }
    String index = home.resolve(INDEX).toString();
    return spec.root().commandLine().execute("serve", index, "--port", Integer.toString(port));
  }

  private void showPhotos(PhotoDemo.Built built, TwoHopOptions options) throws IOException {
    String again = "";
    try (SongFinder finder = SongFinder.open(built.index())) {
      for (Path query : built.queries()) {
        Answer sure = Answer.find(finder, query, options);
        boolean none = sure.result().songs().isEmpty();
        // Photographs of one's own are often like nothing in so small a catalogue.
        Answer shown =
            none ? Answer.find(finder, query, options.toBuilder().fill(true).build()) : sure;
        if (query.equals(built.queries().get(0)) && none) {
          again = " --fill"; // else the search that is named shows no songs
        }
        show(query, query.getFileName() + (none ? " (unsure)" : ""), shown);
      }
    }
    if (!json) {
      console.data("");
      console.data(
          built.leftOut()
              ? "The index does not hold the photographs that were asked by."
              : "So few photographs are all in the index, also those that were asked by.");
      closing(built.index(), Console.quoted(built.queries().get(0)) + again);
    }
  }

  private void showPaintings(Path home, TwoHopOptions options) throws Exception {
    DemoCatalogue catalogue = DemoCatalogue.writeTo(home.resolve("catalogue"));
    BuildSettings settings = BuildSettings.defaults();
    settings.encoder = ModelHome.DESCRIPTOR; // quick, and the same answers whatever is installed
    settings.threads = 1; // the same answers on every machine
    Path out = home.resolve(INDEX);
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
        String theme = query.getFileName().toString().replaceFirst("\\.jpg$", "");
        Answer answer = Answer.find(finder, query, options);
        show(query, theme, answer);
        right += shows(answer, theme) ? 1 : 0;
      }
    }
    if (json) {
      return;
    }
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
    closing(out, Console.quoted(catalogue.queries().get(0)));
  }

  /** Prints an answer. */
  private void show(Path query, String title, Answer answer) {
    if (json) {
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("query", query.toString());
      line.putAll(answer.toMap());
      console.json(line);
      return;
    }
    String found =
        answer.result().songs().stream().map(DemoCommand::brief).collect(Collectors.joining(", "));
    console.data(
        String.format(Locale.ROOT, photos == null ? "%-12s %s" : "%-28s %s", title, found));
  }

  /** Whether the nearest picture carries the word that the query is named for. */
  private static boolean shows(Answer answer, String theme) {
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

  private void closing(Path out, String example) {
    String index = Console.quoted(out);
    console.data(
        "Ask again:             " + console.command() + " search " + index + " " + example);
    if (!serve) {
      console.data("See it in a browser:   " + console.command() + " serve " + index);
    }
    console.data("Your own catalogue:    " + console.command() + " build --help");
  }
}
