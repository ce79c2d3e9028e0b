package org.seesong.embedding;

import java.util.Locale;

/** Refuses at once what would fail for want of memory in the midst of a training. */
final class RowMemory {
  private RowMemory() {}

  /**
   * Checks that Java may take the memory of rows.
   *
   * @param matrices how many such matrices there will be at once
   */
  static void check(int vertices, int dimension, int matrices) {
    long needed = (vertices + 1L) * dimension * Float.BYTES * matrices;
    long most = Runtime.getRuntime().maxMemory();
    if (needed > most) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%,d vertices of %,d dimensions take %,d MB while they are learned, but Java may take"
                  + " %,d MB; give it more (-Xmx) or choose a smaller dimension",
              vertices,
              dimension,
              needed >> 20,
              most >> 20));
    }
  }
}
