package org.seesong.evaluation;

import java.util.List;

/** Table 1 of the paper: hit rate@10 by the number of concept words n. */
final class PaperTable {
  static final List<Integer> WORDS = List.of(5, 10, 50, 100);

  static final List<Row> ROWS =
      List.of(
          new Row("proposed", List.of(0.913, 0.918, 0.943, 0.943)),
          new Row("KM", List.of(0.902, 0.917, 0.941, 0.943)),
          new Row("POP", List.of(0.124, 0.157, 0.356, 0.378)));

  /**
   * A row.
   *
   * @param method as the paper calls it
   * @param hits hit rates for {@link #WORDS}
   */
  record Row(String method, List<Double> hits) {}

  private PaperTable() {}
}
