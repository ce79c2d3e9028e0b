package org.seesong.evaluation;

/** What is measured of the first ten places by {@link Qrels}. */
enum GradedMeasure {
  /** Share of the graded places with grade 1 or 2. */
  FIT("fit"),
  /** Share of the graded places with grade 2. */
  FITS_WELL("fits well"),
  /**
   * nDCG of the graded places in their order, with gains 0, 1 and 3, over that of the best grades
   * of the keyword for as many places.
   */
  NDCG("nDCG by grades"),
  /** Share of the places that have a grade. */
  JUDGED("judged"),
  /** Places that hold a song, of ten. */
  PLACES("places");

  private final String title;

  GradedMeasure(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }

  /** Whether systems are compared by it. */
  boolean isCompared() {
    return this == FIT || this == FITS_WELL || this == NDCG;
  }
}
