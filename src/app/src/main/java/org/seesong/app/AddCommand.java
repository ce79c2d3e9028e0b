package org.seesong.app;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.seesong.build.AddOptions;
import org.seesong.build.AddReport;
import org.seesong.build.CatalogueAddition;
import org.seesong.catalogue.CatalogueOptions;
import org.seesong.encoder.ModelHome;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Adds songs and pictures to an index without learning anew. */
@Command(
    name = "add",
    description = "Adds songs and pictures to an index, without building it anew.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  seesong add my-index --songs new.jsonl",
      "  seesong add my-index --songs new.jsonl --pictures new-photos.csv --picture-root photos",
      "",
      "A song or picture of an id that is there replaces that one. Everything becomes visible",
      "at once; an addition that was stopped has changed nothing. The next build replaces the",
      "whole index: give it the new files as well."
    })
final class AddCommand implements Callable<Integer> {
  /** Unknown keywords and problems printed one by one. */
  private static final int PRINTED = 20;

  @Mixin private final ChangeSettings change = new ChangeSettings();

  @Option(
      names = "--songs",
      arity = "1..*",
      paramLabel = "FILE",
      description = "Songs: .jsonl, .csv or .tsv files or -, as for a build.")
  private List<Path> songs = List.of();

  @Option(
      names = "--pictures",
      arity = "1..*",
      paramLabel = "FILE|DIR",
      description = "Pictures: .jsonl, .csv or .tsv files, or folders, as for a build.")
  private List<Path> pictures = List.of();

  @Option(
      names = "--picture-root",
      paramLabel = "DIR",
      description = "What paths of pictures are relative to (default: the file's own folder).")
  private Path pictureRoot;

  @Mixin private final PictureLimits limits = new PictureLimits();

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "0",
      description = "Threads (default: the number of processors).")
  private int threads;

  @Option(
      names = "--strict",
      description = "Fail if any row or picture had to be left out or a value ignored.")
  private boolean strict;

  @Mixin private final LeftOutSettings leftOut = new LeftOutSettings();

  @Option(names = "--json", description = "Print the report as JSON.")
  private boolean json;

  private final Console console;

  AddCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    if (songs.isEmpty() && pictures.isEmpty()) {
      throw new UsageException(
          new IllegalArgumentException("name what to add: --songs, --pictures or both"));
    }
    if (threads < 0) {
      throw new UsageException(
          new IllegalArgumentException(
              "--threads must be at least 1, or 0 for the number of processors; got: " + threads));
    }
    AddReport report;
    try (StandardInput input = new StandardInput()) {
      report = add(CatalogueOptions.of(input.tables(songs), pictures));
    }
    if (json) {
      console.json(report.toMap());
    } else {
      print(report);
    }
    printLeftOut(report);
    boolean whole = report.rejected() == 0 && report.ignoredValues() == 0;
    return whole ? Seesong.DONE : Seesong.REJECTED;
  }

  private AddReport add(CatalogueOptions files) throws Exception {
    CatalogueOptions catalogue = files.withPictureLimits(limits.limits());
    if (pictureRoot != null) {
      catalogue = catalogue.withPictureRoot(pictureRoot);
    }
    int workers = threads > 0 ? threads : Runtime.getRuntime().availableProcessors();
    AddOptions options =
        AddOptions.of(change.folder(), catalogue)
            .withThreads(workers)
            .withLeftOut(strict, leftOut.limit())
            .withTimeout(change.timeout());
    ModelHome home = ModelHome.fromEnvironment();
    ProgressView progress = new ProgressView(console);
    try {
      return CatalogueAddition.run(options, home::open, progress);
    } finally {
      progress.closeBar();
    }
  }

  private void print(AddReport report) {
    console.data(
        String.format(
            Locale.ROOT,
            "added %,d songs (%,d replaced one of the same id) and %,d pictures (%,d replaced)",
            report.songs(),
            report.replacedSongs(),
            report.pictures(),
            report.replacedPictures()));
    if (report.isolatedSongs() + report.isolatedPictures() > 0) {
      console.data(
          String.format(
              Locale.ROOT,
              "no keyword: %,d songs, which no picture leads to; %,d pictures, which lead to no"
                  + " song",
              report.isolatedSongs(),
              report.isolatedPictures()));
    }
    if (!report.lyrics().kinds().isEmpty()) {
      console.data("lyrics cleaned: " + report.lyrics().describe());
    }
    console.data(
        String.format(
            Locale.ROOT,
            "%,d songs and %,d pictures are in the index now",
            report.songsNow(),
            report.picturesNow()));
  }

  private void printLeftOut(AddReport report) {
    if (!report.unknownKeywords().isEmpty()) {
      console.log(
          "labels that are not among the index's keywords, so that they do not count until the next"
              + " build, and pictures that bear them:");
      report.unknownKeywords().entrySet().stream()
          .limit(PRINTED)
          .forEach(each -> console.log("  " + each.getKey() + ": " + each.getValue()));
      more(report.unknownKeywords().size());
    }
    if (report.rejected() > 0) {
      console.log(String.format(Locale.ROOT, "left out: %,d", report.rejected()));
    }
    if (report.ignoredValues() > 0) {
      console.log(String.format(Locale.ROOT, "values ignored: %,d", report.ignoredValues()));
    }
    report.problems().stream().limit(PRINTED).forEach(each -> console.log("  " + each));
    more(report.problems().size());
  }

  private void more(int size) {
    if (size > PRINTED) {
      console.log("  ... and " + (size - PRINTED) + " more");
    }
  }
}
