package org.seesong.app;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.seesong.build.BuildReport;

/** Tells people what a build did. */
final class BuildSummary {
  /** Problems printed; more are in the build's problems.txt. */
  private static final int PRINTED = 20;

  /** Fields told with their sizes; 'seesong info' tells all. */
  private static final int SIZES = 6;

  private BuildSummary() {}

  static void print(BuildReport report, Console console) {
    console.data(
        String.format(
            Locale.ROOT,
            "%,d songs and %,d pictures are in the index; encoder %s, embedding %s",
            report.songs(),
            report.pictures(),
            report.identity().encoderSpace().id(),
            report.identity().graphSpace().id()));
    if (report.isolatedSongs() + report.isolatedPictures() > 0) {
      console.data(
          String.format(
              Locale.ROOT,
              "no keyword: %,d songs, which no picture leads to; %,d pictures, which lead to no"
                  + " song",
              report.isolatedSongs(),
              report.isolatedPictures()));
    }
    if (report.versions() > 0) {
      console.data(
          String.format(
              Locale.ROOT,
              "%,d songs are versions of %,d others, with nearly the same lyrics",
              report.versions(),
              report.songsWithVersions()));
    }
    if (!report.keywordsWithoutSongs().isEmpty()) {
      List<String> without = report.keywordsWithoutSongs();
      console.data(
          String.format(
              Locale.ROOT,
              "no song holds %,d of the keywords: %s%s",
              without.size(),
              String.join(", ", without.subList(0, Math.min(PRINTED, without.size()))),
              without.size() > PRINTED ? ", ..." : ""));
    }
    if (!report.lyrics().kinds().isEmpty()) {
      console.data("lyrics cleaned: " + report.lyrics().describe());
    }
    console.data("size by field: " + sizes(report.bytesByField()));
    ProcessMemory.peakBytes()
        .ifPresent(
            bytes ->
                console.data(String.format(Locale.ROOT, "peak memory %,d MB", bytes / (1 << 20))));
  }

  /** The largest fields, which hold nearly all. */
  private static String sizes(Map<String, Long> bytes) {
    return bytes.entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .limit(SIZES)
        .map(each -> String.format(Locale.ROOT, "%s %,d KB", each.getKey(), each.getValue() / 1024))
        .collect(Collectors.joining(", "));
  }

  /** Prints what was left out, ignored or guessed; nothing if the catalogue was read as written. */
  static void printProblems(BuildReport report, Path out, Console console) {
    if (report.rejected() > 0) {
      console.log(String.format(Locale.ROOT, "left out: %,d", report.rejected()));
    }
    for (Map.Entry<String, Long> kind : report.rejectedRows().entrySet()) {
      console.log(String.format(Locale.ROOT, "  %s: %,d", kind.getKey(), kind.getValue()));
    }
    if (report.unreadablePictures() > 0) {
      console.log(
          String.format(Locale.ROOT, "  unreadable pictures: %,d", report.unreadablePictures()));
    }
    if (report.ignoredValues() > 0) {
      console.log(String.format(Locale.ROOT, "values ignored: %,d", report.ignoredValues()));
    }
    report.problems().stream().limit(PRINTED).forEach(problem -> console.log("  " + problem));
    if (report.problems().size() > PRINTED) {
      console.log("  ... more of them in " + out.resolve("problems.txt"));
    }
  }
}
