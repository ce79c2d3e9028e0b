package org.seesong.catalogue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Gathers problems while files are read: counts all, keeps the first ones. */
final class ProblemCollector {
  private static final int SHOWN_CHARACTERS = 60;

  private final List<Problem> first = new ArrayList<>();
  private final Map<Problem.Kind, Long> counts = new EnumMap<>(Problem.Kind.class);

  void add(Problem.Kind kind, Path file, long line, long column, String message) {
    counts.merge(kind, 1L, Long::sum);
    if (first.size() < Problems.KEPT) {
      first.add(new Problem(kind, file, line, column, message));
    }
  }

  /** Lists one problem of a file instead of all of these kinds; each of them still counts. */
  void sumUp(Path file, Set<Problem.Kind> kinds, String message) {
    first.removeIf(problem -> problem.file().equals(file) && kinds.contains(problem.kind()));
    if (first.size() < Problems.KEPT) {
      first.add(new Problem(Problem.Kind.MISSING_FILE, file, 0, 0, message));
    }
  }

  Problems problems() {
    return new Problems(first, counts);
  }

  /** A hostile value fit to print: quoted, on one line, short. */
  static String shown(String value) {
    StringBuilder text = new StringBuilder("'");
    int end = Math.min(value.length(), SHOWN_CHARACTERS);
    for (int i = 0; i < end; i++) {
      char c = value.charAt(i);
      if (Character.isISOControl(c) || Character.isSurrogate(c) || c == '\uFFFF') {
        text.append(String.format(java.util.Locale.ROOT, "\\u%04x", (int) c));
      } else {
        text.append(c);
      }
    }
    return text.append(end < value.length() ? "...'" : "'").toString();
  }
}
