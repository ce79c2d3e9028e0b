package org.seesong.app;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.seesong.build.FolderCheck;
import org.seesong.index.IndexCheck;
import org.seesong.server.VoteCheck;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Reads all of an index and says whether it is whole. */
@Command(
    name = "check",
    description = {
      "Reads all of an index and says whether it is whole: its files, its documents, its vectors,"
          + " and what the build left beside it: vectors, thumbnails, the embedding, lists of songs"
          + " and what additions need. Names damaged files, what is lost and what mends it. Only"
          + " reads. Exit code 1 if the index is not whole, or the file of votes."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {"  seesong check my-index", "  seesong check my-index --votes votes.jsonl"})
final class CheckCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "DIR", description = "Folder that a build made.")
  private Path folder;

  @Option(
      names = "--votes",
      paramLabel = "FILE",
      description =
          "Read the file of votes of 'seesong serve', too: names damaged lines and a lost end.")
  private Path votes;

  @Option(names = "--json", description = "Print what was found as JSON.")
  private boolean json;

  private final Console console;

  CheckCommand(Console console) {
    this.console = console;
  }

  /** The index, what the build left beside it, and the file of votes if there is one. */
  private IndexCheck.Report whole(VoteCheck cast, List<String> notes) throws IOException {
    Path index = IndexCommand.indexOf(folder);
    IndexCheck.Report report = IndexCheck.check(index);
    List<String> beside =
        index.equals(folder) ? List.of() : FolderCheck.check(folder, report.isWhole(), notes::add);
    List<String> all = new ArrayList<>(report.problems());
    all.addAll(beside);
    all.addAll(cast.problems());
    return new IndexCheck.Report(
        report.pictures(),
        report.songs(),
        report.problemCount() + beside.size() + cast.problemCount(),
        all);
  }

  @Override
  public Integer call() throws Exception {
    VoteCheck cast = votes == null ? VoteCheck.NONE : VoteCheck.of(votes);
    List<String> notes = new ArrayList<>();
    IndexCheck.Report report = whole(cast, notes);
    if (!cast.lengthRecorded() && cast.problems().isEmpty()) {
      notes.add(
          votes
              + ".length is not there, so that a lost end of the file of votes would not be seen;"
              + " the next server makes it");
    }
    if (json) {
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("whole", report.isWhole());
      map.put("pictures", report.pictures());
      map.put("songs", report.songs());
      if (votes != null) {
        map.put("votes", cast.votes());
        map.put("votesUnchecked", cast.unchecked());
      }
      map.put("problemCount", report.problemCount());
      map.put("problems", report.problems());
      map.put("notes", notes);
      console.json(map);
    } else {
      report.problems().forEach(console::data);
      notes.forEach(console::data);
      if (votes != null) {
        console.data(
            String.format(
                Locale.ROOT,
                "votes: %,d, of which %,d have no checksum",
                cast.votes(),
                cast.unchecked()));
      }
      console.data(
          report.isWhole()
              ? String.format(
                  Locale.ROOT,
                  "whole: %,d pictures and %,d songs",
                  report.pictures(),
                  report.songs())
              : String.format(
                  Locale.ROOT,
                  "not whole: %,d %s",
                  report.problemCount(),
                  report.problemCount() == 1 ? "problem" : "problems"));
    }
    return report.isWhole() ? Seesong.DONE : Seesong.FAILED;
  }
}
