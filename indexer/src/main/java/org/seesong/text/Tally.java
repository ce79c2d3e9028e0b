package org.seesong.text;

import java.util.EnumMap;
import java.util.Map;

/** Counts the finds of one song. */
final class Tally {
  private final Map<CleaningKind, CleaningCounts.Count> kinds = new EnumMap<>(CleaningKind.class);

  void add(CleaningKind kind) {
    CleaningCounts.Count before = kinds.get(kind);
    kinds.put(kind, new CleaningCounts.Count(before == null ? 1 : before.finds() + 1, 1));
  }

  CleaningCounts counts() {
    return kinds.isEmpty() ? CleaningCounts.NONE : new CleaningCounts(kinds);
  }
}
