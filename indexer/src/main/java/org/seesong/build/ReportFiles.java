package org.seesong.build;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.seesong.io.AtomicFiles;
import org.seesong.io.Digests;

/**
 * What a build or addition leaves for people and scripts, text without a checksum of its own: their
 * SHA-256 stand in {@value #SUMS}, as {@code sha256sum -c} reads them, and in its last line, which
 * that takes for a comment, the SHA-256 of the lines before.
 */
final class ReportFiles {
  static final String SUMS = "SHA256SUMS";

  private static final Pattern LINE =
      Pattern.compile("([0-9a-f]{64})  (keywords\\.csv|problems\\.txt|report\\.json)");

  private final Path folder;

  ReportFiles(Path folder) {
    this.folder = folder;
  }

  /** Writes a file, then its sum. */
  void write(Path file, byte[] content) throws IOException {
    AtomicFiles.write(file, content);
    Map<String, String> sums = new TreeMap<>();
    for (String line : lines()) {
      Matcher matcher = LINE.matcher(line);
      if (matcher.matches()) {
        sums.put(matcher.group(2), matcher.group(1));
      }
    }
    sums.put(String.valueOf(file.getFileName()), Digests.sha256(content));
    StringBuilder text = new StringBuilder();
    sums.forEach((name, sum) -> text.append(sum).append("  ").append(name).append('\n'));
    text.append(lastLine(text.toString())).append('\n');
    AtomicFiles.write(folder.resolve(SUMS), text.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static String lastLine(String before) {
    return "# " + Digests.sha256(before.getBytes(StandardCharsets.ISO_8859_1));
  }

  private List<String> lines() throws IOException {
    return Files.exists(folder.resolve(SUMS)) ? text().lines().toList() : List.of();
  }

  /** Damaged bytes may be no UTF-8. */
  private String text() throws IOException {
    return new String(Files.readAllBytes(folder.resolve(SUMS)), StandardCharsets.ISO_8859_1);
  }

  /** What is not as it was written; a folder without sums has nothing to compare with. */
  List<String> problems() throws IOException {
    List<String> problems = new ArrayList<>();
    if (!Files.exists(folder.resolve(SUMS))) {
      return problems;
    }
    Map<String, String> sums = new TreeMap<>();
    String text = text();
    int last = text.lastIndexOf('\n', text.length() - 2) + 1;
    if (!text.substring(last).equals(lastLine(text.substring(0, last)) + '\n')) {
      problems.add(problem(SUMS, "was changed or cut off"));
    }
    for (String line : lines()) {
      Matcher matcher = LINE.matcher(line);
      if (matcher.matches()) {
        sums.put(matcher.group(2), matcher.group(1));
      }
    }
    for (Map.Entry<String, String> entry : sums.entrySet()) {
      Path file = folder.resolve(entry.getKey());
      // One that was deleted by hand is no damage.
      if (Files.exists(file) && !Digests.sha256(file).equals(entry.getValue())) {
        problems.add(problem(entry.getKey(), "is not the file that " + SUMS + " names"));
      }
    }
    return problems;
  }

  private String problem(String name, String what) {
    return folder.resolve(name)
        + " "
        + what
        + "; what it says of the last build or addition is not sure, the index is not concerned;"
        + " run the same 'seesong build' again, which writes it anew";
  }
}
