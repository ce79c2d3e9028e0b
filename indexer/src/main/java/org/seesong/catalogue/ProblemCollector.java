package org.seesong.catalogue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Gathers problems while files are read: counts all, keeps the first ones of each effect, so that
 * thousands of odd values do not hide the row that is left out.
 */
final class ProblemCollector {
  /** Said of a file of no bytes or blank lines, as an export leaves it that failed. */
  static final String EMPTY_FILE = "the file is empty";

  /** Said of a table that is nothing but a header. */
  static final String NO_ROWS = "the file has a header but no rows";

  private static final int SHOWN_CHARACTERS = 60;

  private final List<Problem> first = new ArrayList<>();
  private final Map<Problem.Kind, Long> counts = new EnumMap<>(Problem.Kind.class);
  private final Map<Problem.Effect, Integer> kept = new EnumMap<>(Problem.Effect.class);
  private boolean readingPictures;
  private long songs;
  private long pictures;

  /** What is left out from now on are pictures, before it are songs. */
  void startPictures() {
    readingPictures = true;
  }

  void add(Problem.Kind kind, Path file, long line, long column, String message) {
    counts.merge(kind, 1L, Long::sum);
    if (kind.effect() == Problem.Effect.LEFT_OUT) {
      songs += readingPictures ? 0 : 1;
      pictures += readingPictures ? 1 : 0;
    }
    keep(new Problem(kind, file, line, column, message));
  }

  private void keep(Problem problem) {
    Problem.Effect effect = problem.kind().effect();
    if (kept.getOrDefault(effect, 0) < Problems.KEPT) {
      kept.merge(effect, 1, Integer::sum);
      first.add(problem);
    }
  }

  /** Lists one problem of a file instead of all of these kinds; each of them still counts. */
  void sumUp(Path file, Set<Problem.Kind> kinds, String message) {
    for (Iterator<Problem> each = first.iterator(); each.hasNext(); ) {
      Problem problem = each.next();
      if (problem.file().equals(file) && kinds.contains(problem.kind())) {
        each.remove();
        kept.merge(problem.kind().effect(), -1, Integer::sum);
      }
    }
    keep(new Problem(Problem.Kind.MISSING_FILE, file, 0, 0, message));
  }

  Problems problems() {
    return new Problems(first, counts, songs, pictures);
  }

  /** A hostile value fit to print: quoted, on one line, short. */
  static String shown(String value) {
    return shown(value, SHOWN_CHARACTERS);
  }

  /** The same, up to another length. */
  static String shown(String value, int characters) {
    StringBuilder text = new StringBuilder("'");
    int end = Math.min(value.length(), characters);
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
