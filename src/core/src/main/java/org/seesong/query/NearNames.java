package org.seesong.query;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.MultiTerms;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.util.BytesRef;

/** Finds existing names that are similar to one that does not exist. */
public final class NearNames {
  /** Names in a message. */
  private static final int MOST = 5;

  /** Terms looked at, about a second; only a field of more values may hide a near one. */
  private static final int MAX_TERMS = 2_000_000;

  private static final int MAX_EDITS = 2;
  private static final int MAX_LENGTH = 100;

  private NearNames() {}

  private record Scored(int distance, String name) {}

  /** The nearest: in another case, then beginning alike, then by letters to change; at most 5. */
  public static List<String> of(String wanted, Iterable<String> names) {
    List<Scored> near = new ArrayList<>();
    String lower = lower(wanted);
    for (String name : names) {
      add(lower, name, near);
    }
    return best(near);
  }

  /** The nearest among the values of fields. */
  static List<String> of(String wanted, IndexReader reader, List<String> fields)
      throws IOException {
    return of(wanted, reader, fields, value -> true);
  }

  /** The nearest among those values of fields that are offered. */
  static List<String> of(
      String wanted, IndexReader reader, List<String> fields, Predicate<String> isOffered)
      throws IOException {
    List<Scored> near = new ArrayList<>();
    String lower = lower(wanted);
    for (String field : fields) {
      Terms terms = MultiTerms.getTerms(reader, field);
      if (terms != null) {
        TermsEnum each = terms.iterator();
        int seen = 0;
        for (BytesRef term = each.next(); term != null && seen < MAX_TERMS; term = each.next()) {
          String value = term.utf8ToString();
          if (isOffered.test(value)) {
            add(lower, value, near);
          }
          seen++;
        }
      }
    }
    return best(near);
  }

  /** The words by which a message names them; "" if there is none. */
  public static String hint(List<String> near) {
    return near.isEmpty() ? "" : "; near ones: " + String.join(", ", near);
  }

  private static void add(String lower, String name, List<Scored> near) {
    int distance = distance(lower, lower(name));
    if (distance < Integer.MAX_VALUE) {
      near.add(new Scored(distance, name));
      if (near.size() > 1000) {
        List<String> kept = best(near);
        near.removeIf(scored -> !kept.contains(scored.name()));
      }
    }
  }

  private static List<String> best(List<Scored> near) {
    TreeMap<String, Integer> byName = new TreeMap<>();
    near.forEach(scored -> byName.merge(scored.name(), scored.distance(), Math::min));
    return byName.entrySet().stream()
        .sorted(Comparator.comparingInt(entry -> entry.getValue()))
        .limit(MOST)
        .map(entry -> entry.getKey())
        .toList();
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  /** 0 for equal, 1 for a beginning, then letters to change; the greatest int for anything else. */
  private static int distance(String wanted, String name) {
    if (wanted.equals(name)) {
      return 0;
    }
    int shorter = Math.min(wanted.length(), name.length());
    if (shorter == 0 || Math.max(wanted.length(), name.length()) > MAX_LENGTH) {
      return Integer.MAX_VALUE;
    }
    if (name.startsWith(wanted)
        || (wanted.startsWith(name) && (shorter > 1 || Character.isIdeographic(name.charAt(0))))) {
      return 1;
    }
    int most = shorter < 3 ? 0 : shorter < 6 ? 1 : MAX_EDITS;
    if (most == 0 || Math.abs(wanted.length() - name.length()) > most) {
      return Integer.MAX_VALUE;
    }
    int edits = edits(wanted, name);
    return edits <= most ? 1 + edits : Integer.MAX_VALUE;
  }

  /** Levenshtein's distance. */
  private static int edits(String one, String other) {
    int[] row = new int[other.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int change = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[other.length()];
  }
}
