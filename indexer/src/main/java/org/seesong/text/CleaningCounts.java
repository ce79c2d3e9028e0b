package org.seesong.text;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;

/**
 * How much {@link LyricsCleaner} found in one song or many.
 *
 * <p>Immutable; sums do not depend on their order.
 *
 * @param kinds what was found, without kinds that were not
 */
public record CleaningCounts(Map<CleaningKind, Count> kinds) {
  /** Nothing was found. */
  public static final CleaningCounts NONE = new CleaningCounts(Map.of());

  /**
   * Finds of one kind.
   *
   * @param finds how many
   * @param songs songs that had some
   */
  public record Count(long finds, long songs) {
    private Count plus(Count other) {
      return new Count(finds + other.finds, songs + other.songs);
    }
  }

  public CleaningCounts {
    EnumMap<CleaningKind, Count> copy = new EnumMap<>(CleaningKind.class);
    copy.putAll(kinds);
    kinds = java.util.Collections.unmodifiableMap(copy);
  }

  /**
   * The finds of both.
   *
   * @param other of other songs
   * @return the sum
   */
  public CleaningCounts plus(CleaningCounts other) {
    if (other.kinds.isEmpty()) {
      return this;
    }
    EnumMap<CleaningKind, Count> sum = new EnumMap<>(CleaningKind.class);
    sum.putAll(kinds);
    other.kinds.forEach((kind, count) -> sum.merge(kind, count, Count::plus));
    return new CleaningCounts(sum);
  }

  /**
   * The finds in one line.
   *
   * @return such as {@code 812 time tags in 24 songs, 3 songs without words}, "" for none
   */
  public String describe() {
    StringJoiner parts = new StringJoiner(", ");
    kinds.forEach(
        (kind, count) ->
            parts.add(
                kind == CleaningKind.WITHOUT_WORDS
                    ? String.format(Locale.ROOT, "%,d %s", count.songs(), kind.title())
                    : String.format(
                        Locale.ROOT,
                        "%,d %s in %,d songs",
                        count.finds(),
                        kind.title(),
                        count.songs())));
    return parts.toString();
  }

  /**
   * The finds as plain values, for JSON.
   *
   * @return by {@link CleaningKind#key}, each {@code count} and {@code songs}
   */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    kinds.forEach(
        (kind, count) ->
            map.put(kind.key(), Map.of("count", count.finds(), "songs", count.songs())));
    return map;
  }
}
