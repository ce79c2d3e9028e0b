package org.seesong.app;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.seesong.build.BuildReport;
import org.seesong.catalogue.CatalogueOptions;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Builds an index from a catalogue. */
@Command(
    name = "build",
    description = "Builds an index from songs and pictures.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  seesong build --songs songs.jsonl --pictures pictures.csv --out my-index",
      "  seesong build --songs a.csv b.csv --pictures photos/ --encoder mobilenet_v2 --out"
          + " my-index",
      "  zcat dump.jsonl.gz | seesong build --songs - --pictures photos/ --out my-index",
      "",
      "Songs: JSONL or CSV with id, title, artist, lyrics; optional language, popularity,",
      "year; any further field becomes an attribute to filter on.",
      "Pictures: CSV or JSONL with path and optional id, keyword(s) separated by '|', each",
      "with an optional weight ('snow:0.8|night'); or a folder whose subfolders' names are",
      "the keywords.",
      "",
      "A build that was stopped goes on where it was when run again; the old index stays",
      "usable until the new one is complete."
    })
final class BuildCommand implements Callable<Integer> {
  @Option(
      names = "--songs",
      required = true,
      arity = "1..*",
      paramLabel = "FILE",
      description = "Songs: .jsonl, .csv or .tsv files; - is standard input, JSONL or CSV.")
  private List<Path> songs;

  @Option(
      names = "--pictures",
      required = true,
      arity = "1..*",
      paramLabel = "FILE|DIR",
      description = "Pictures: .jsonl, .csv or .tsv files, or folders of pictures.")
  private List<Path> pictures;

  @Option(
      names = "--picture-root",
      paramLabel = "DIR",
      description = "What paths of pictures are relative to (default: the file's own folder).")
  private Path pictureRoot;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Folder for the index and everything else the build makes.")
  private Path out;

  @ArgGroup(validate = false, heading = "%nHow to build:%n")
  private final BuildSettings settings = new BuildSettings();

  @Mixin private final PictureLimits limits = new PictureLimits();

  @Mixin private final SparkSettings spark = new SparkSettings();

  @Option(
      names = "--strict",
      description = "Fail if any row or picture had to be left out or a value ignored.")
  private boolean strict;

  @Mixin private final LeftOutSettings leftOut = new LeftOutSettings();

  @Option(names = "--json", description = "Print the report as JSON.")
  private boolean json;

  private final Console console;

  BuildCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    BuildReport report;
    try (StandardInput input = new StandardInput()) {
      CatalogueOptions catalogue =
          CatalogueOptions.of(input.tables(songs), pictures).withPictureLimits(limits.limits());
      if (pictureRoot != null) {
        catalogue = catalogue.withPictureRoot(pictureRoot);
      }
      report =
          new BuildRun(console, settings).build(catalogue, out, strict, leftOut.limit(), spark);
    }
    if (json) {
      console.json(report.toMap());
    } else {
      BuildSummary.print(report, console);
    }
    BuildSummary.printProblems(report, out, console);
    boolean whole = report.rejected() == 0 && report.ignoredValues() == 0;
    return whole ? Seesong.DONE : Seesong.REJECTED;
  }
}
