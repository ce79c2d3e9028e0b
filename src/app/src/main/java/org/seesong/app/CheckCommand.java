package org.seesong.app;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.seesong.build.FolderCheck;
import org.seesong.index.IndexCheck;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Reads all of an index and says whether it is whole. */
@Command(
    name = "check",
    description = {
      "Reads all of an index and says whether it is whole: its files, its documents, its vectors,"
          + " and whether the vectors kept for the next build and what additions need go with it."
          + " Changes nothing. Exit code 1 if it is not."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = "%nExample:%n",
    footer = "  seesong check my-index")
final class CheckCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "DIR", description = "Folder that a build made.")
  private Path folder;

  @Option(names = "--json", description = "Print what was found as JSON.")
  private boolean json;

  private final Console console;

  CheckCommand(Console console) {
    this.console = console;
  }

  /** The index, and if it is whole, what the build left beside it. */
  private IndexCheck.Report whole() throws IOException {
    Path index = PictureSearch.indexOf(folder);
    IndexCheck.Report report = IndexCheck.check(index);
    if (!report.isWhole() || index.equals(folder)) {
      return report;
    }
    List<String> beside = FolderCheck.check(folder);
    return new IndexCheck.Report(report.pictures(), report.songs(), beside.size(), beside);
  }

  @Override
  public Integer call() throws Exception {
    IndexCheck.Report report = whole();
    if (json) {
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("whole", report.isWhole());
      map.put("pictures", report.pictures());
      map.put("songs", report.songs());
      map.put("problemCount", report.problemCount());
      map.put("problems", report.problems());
      console.json(map);
    } else {
      report.problems().forEach(console::data);
      console.data(
          report.isWhole()
              ? String.format(
                  Locale.ROOT,
                  "whole: %,d pictures and %,d songs",
                  report.pictures(),
                  report.songs())
              : String.format(
                  Locale.ROOT,
                  "not whole: %,d problems; build the index again",
                  report.problemCount()));
    }
    return report.isWhole() ? Seesong.DONE : Seesong.FAILED;
  }
}
