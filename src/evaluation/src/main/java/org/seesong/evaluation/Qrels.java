package org.seesong.evaluation;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.seesong.keyword.ScriptFolder;

/**
 * Grades that people gave songs for keywords by reading: 0 does not fit, 1 fits, 2 fits well.
 *
 * <p>Files have the layout of TREC's qrels, {@code keyword 0 song grade}, with spaces or tabs
 * between columns; with tabs keywords and ids may contain spaces, and columns behind the fourth are
 * ignored, so that a graded {@link PoolFile} is read as it is. Lines that cannot be used are left
 * out and counted with their numbers. Keywords are compared folded.
 */
final class Qrels {
  static final int MAX_GRADE = 2;

  private static final int MAX_GRADES = 20_000_000;
  private static final int SHOWN_LINES = 10;

  private final ScriptFolder folder;
  private final Map<String, Map<String, Integer>> grades = new LinkedHashMap<>();

  /** The keyword as it was first written, by its folded form. */
  private final Map<String, String> keywords = new LinkedHashMap<>();

  private final List<String> leftOut = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private int size;

  private enum Problem {
    COLUMNS("without the columns keyword, 0, song, grade", true),
    GRADE("with a grade other than 0, 1 or 2", true),
    CONFLICT("with another grade than an earlier line, which counts", true),
    DUPLICATE("repeating an earlier line", false),
    UNGRADED("without a grade yet", false),
    UNKNOWN("with songs that the index does not hold; these grades only count for the best", false);

    private final String text;
    private final boolean isLeftOut;

    Problem(String text, boolean isLeftOut) {
      this.text = text;
      this.isLeftOut = isLeftOut;
    }
  }

  private Qrels(ScriptFolder folder) {
    this.folder = folder;
  }

  /**
   * Reads files in this order; of several grades for one keyword and song the first counts.
   *
   * @param isKnown whether the index holds the song of an id
   * @throws IOException if a file cannot be read, is not UTF-8, or no file holds a grade
   */
  static Qrels read(List<Path> files, ScriptFolder folder, Predicate<String> isKnown)
      throws IOException {
    Qrels qrels = new Qrels(folder);
    for (Path file : files) {
      qrels.read(file, isKnown);
    }
    if (!files.isEmpty() && qrels.size == 0) {
      throw new IOException(
          files.get(0)
              + " holds no grade; expected lines of keyword, 0, song id and grade (0, 1 or 2)"
              + qrels.leftOut.stream().reduce("", (all, line) -> all + "\n" + line));
    }
    return qrels;
  }

  private void read(Path file, Predicate<String> isKnown) throws IOException {
    Map<Problem, List<Long>> problems = new EnumMap<>(Problem.class);
    try (BoundedLines lines = BoundedLines.open(file, StandardCharsets.UTF_8)) {
      for (String line = lines.next(); line != null; line = lines.next()) {
        List<String> columns = columns(line);
        boolean isHeader =
            lines.number() == 1 && columns.size() > 3 && columns.get(3).equals("grade");
        if (!columns.isEmpty() && !isHeader) {
          long number = lines.number();
          add(columns, isKnown)
              .ifPresent(p -> problems.computeIfAbsent(p, k -> new ArrayList<>()).add(number));
        }
        if (size > MAX_GRADES) {
          throw new IOException(file + " has more than " + MAX_GRADES + " grades");
        }
      }
    }
    problems.forEach(
        (problem, numbers) ->
            (problem.isLeftOut ? leftOut : notes).add(described(file, problem, numbers)));
  }

  private static String described(Path file, Problem problem, List<Long> numbers) {
    return String.format(
        Locale.ROOT,
        "%s: %d %s %s: %s%s",
        file,
        numbers.size(),
        numbers.size() == 1 ? "line" : "lines",
        problem.text,
        String.join(", ", numbers.stream().limit(SHOWN_LINES).map(n -> "" + n).toList()),
        numbers.size() > SHOWN_LINES ? ", ..." : "");
  }

  /** The columns of a line, none for a blank one. */
  private static List<String> columns(String line) {
    String text = line.startsWith("\uFEFF") ? line.substring(1) : line;
    if (text.isBlank()) {
      return List.of();
    }
    List<String> columns = new ArrayList<>();
    boolean hasTabs = text.strip().indexOf('\t') >= 0;
    for (String column : hasTabs ? text.split("\t", -1) : text.strip().split("\\s+")) {
      columns.add(column.strip());
    }
    return !hasTabs && columns.size() > 4 ? columns.subList(0, 1) : columns;
  }

  private Optional<Problem> add(List<String> columns, Predicate<String> isKnown) {
    if (columns.size() < 4 || columns.get(0).isEmpty() || columns.get(2).isEmpty()) {
      return Optional.of(Problem.COLUMNS);
    }
    String grade = columns.get(3);
    if (grade.isEmpty()) {
      return Optional.of(Problem.UNGRADED);
    }
    if (grade.length() != 1 || grade.charAt(0) < '0' || grade.charAt(0) > '0' + MAX_GRADE) {
      return Optional.of(Problem.GRADE);
    }
    String keyword = folded(columns.get(0));
    String song = columns.get(2);
    int given = grade.charAt(0) - '0';
    Integer earlier =
        grades.computeIfAbsent(keyword, k -> new LinkedHashMap<>()).putIfAbsent(song, given);
    keywords.putIfAbsent(keyword, columns.get(0));
    if (earlier != null) {
      return Optional.of(earlier == given ? Problem.DUPLICATE : Problem.CONFLICT);
    }
    size++;
    return isKnown.test(song) ? Optional.empty() : Optional.of(Problem.UNKNOWN);
  }

  private String folded(String keyword) {
    return folder.fold(keyword).strip();
  }

  /** The first of a query's labels that has grades, as the files write it. */
  Optional<String> keyword(List<String> labels) {
    return labels.stream().map(this::folded).map(keywords::get).filter(k -> k != null).findFirst();
  }

  /** The grade of a song for a keyword, if somebody gave one. */
  Optional<Integer> grade(String keyword, String song) {
    return Optional.ofNullable(grades.getOrDefault(folded(keyword), Map.of()).get(song));
  }

  /** All grades of a keyword by song. */
  Map<String, Integer> grades(String keyword) {
    return grades.getOrDefault(folded(keyword), Map.of());
  }

  /** Keywords with grades, as they were first written. */
  Collection<String> keywords() {
    return keywords.values();
  }

  /** Pairs of a keyword and a song. */
  int size() {
    return size;
  }

  /** Lines that were left out. */
  List<String> leftOut() {
    return leftOut;
  }

  /** What else is worth to know of the files. */
  List<String> notes() {
    return notes;
  }
}
