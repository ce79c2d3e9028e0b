package org.seesong.build;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.seesong.catalogue.Problems;
import org.seesong.index.CatalogueIndex;

/**
 * Stops a build or an addition before it loses much: by what was left out and, for a build, by what
 * the index that is there holds.
 */
final class LossCheck {
  private final LeftOutLimit limit;
  private final Path problemFile;
  private final long songsBefore;
  private final long picturesBefore;

  private LossCheck(LeftOutLimit limit, Path problemFile, long songsBefore, long picturesBefore) {
    this.limit = limit;
    this.problemFile = problemFile;
    this.songsBefore = songsBefore;
    this.picturesBefore = picturesBefore;
  }

  /** For an addition, which takes nothing out of the index. */
  static LossCheck ofAddition(LeftOutLimit limit, BuildFolder folder) {
    return new LossCheck(limit, folder.problems(), 0, 0);
  }

  /** For a build, whose index replaces the one that is there. */
  static LossCheck ofBuild(LeftOutLimit limit, BuildFolder folder) {
    try (CatalogueIndex index = CatalogueIndex.open(folder.index())) {
      return new LossCheck(limit, folder.problems(), index.songs(), index.pictures());
    } catch (IOException e) { // none there, or one that no search can read
      JsonNode report =
          isThere(folder.index()) ? report(folder.report()) : MissingNode.getInstance();
      return new LossCheck(
          limit, folder.problems(), count(report, "songs"), count(report, "pictures"));
    }
  }

  /** Whether there is a commit, readable or not; nothing can be lost where there is none. */
  private static boolean isThere(Path index) {
    try (DirectoryStream<Path> commits = Files.newDirectoryStream(index, "segments_*")) {
      return commits.iterator().hasNext();
    } catch (IOException none) {
      return false;
    }
  }

  /** What the last build said of its index. */
  private static JsonNode report(Path file) {
    try {
      return new ObjectMapper().readTree(Files.readAllBytes(file));
    } catch (IOException none) {
      return MissingNode.getInstance();
    }
  }

  private static long count(JsonNode report, String name) {
    return Math.max(0, report.path(name).asLong());
  }

  void songs(long taken, Problems problems) throws IOException {
    check("songs", taken, problems.songs(), songsBefore, list(problems, List.of()));
  }

  void pictures(long taken, Problems problems, List<String> unreadable) throws IOException {
    List<String> list = list(problems, unreadable);
    check("pictures", taken, problems.pictures() + unreadable.size(), picturesBefore, list);
  }

  private void check(String what, long taken, long leftOut, long before, List<String> list)
      throws IOException {
    long rows = taken + leftOut;
    if (limit.isExceeded(leftOut, rows)) {
      throw stopped(
          String.format(
              Locale.ROOT,
              "%,d of %,d %s would be left out (%.1f %%), and --max-left-out allows %s %%; mend"
                  + " them, or go on with a higher --max-left-out or with --force",
              leftOut,
              rows,
              what,
              100.0 * leftOut / rows,
              new DecimalFormat("0.##", DecimalFormatSymbols.getInstance(Locale.ROOT))
                  .format(100 * limit.share())),
          list);
    }
    if (limit.isLoss(before, taken)) {
      throw stopped(
          String.format(
              Locale.ROOT,
              "the index would have %,d %s, and the one that is there has %,d; name all files of"
                  + " the catalogue, or go on with --force",
              taken,
              what,
              before),
          list);
    }
  }

  private IOException stopped(String why, List<String> list) throws IOException {
    new ReportFiles(problemFile.getParent()).write(problemFile, text(list));
    return new IOException(
        why
            + "; the index is as it was"
            + (list.isEmpty() ? "" : "; what would be left out is listed in " + problemFile));
  }

  /** All that was wrong, for people: what the catalogue lists and as many unreadable pictures. */
  static List<String> list(Problems problems, List<String> unreadable) {
    List<String> list = new ArrayList<>(problems.list().lines().toList());
    list.addAll(unreadable.subList(0, Math.min(unreadable.size(), Problems.KEPT)));
    if (unreadable.size() > Problems.KEPT) {
      list.add("... and " + (unreadable.size() - Problems.KEPT) + " more pictures");
    }
    return list;
  }

  static byte[] text(List<String> lines) {
    return lines.stream()
        .collect(Collectors.joining("\n", "", lines.isEmpty() ? "" : "\n"))
        .getBytes(StandardCharsets.UTF_8);
  }
}
