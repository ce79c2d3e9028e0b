package org.seesong.evaluation;

import java.util.Locale;

/**
 * What is measured of an answer of ten songs.
 *
 * @param kind which figure
 * @param words concept words of the judge; 0 for the keyword alone
 * @param weightsOnly whether the judge looks at keywords only and not at lyrics
 */
record Measure(Kind kind, int words, boolean weightsOnly) {
  /** The figures. */
  enum Kind {
    /** Whether any song is right, the paper's measure. */
    HIT("hit@10"),
    /** Share of ten places with a right song; a place left empty counts as wrong. */
    PRECISION("P@10"),
    /** Gain discounted by rank over the best there could be; a song's gain is its focus. */
    NDCG("nDCG@10"),
    /** One over the rank of the first right song, 0 if there is none. */
    MRR("MRR@10"),
    /** Share of songs that are as near as another song of the answer to what brought both. */
    TIES("ties"),
    /** Mean rank of songs by popularity among all, .5 for songs drawn at random. */
    POPULARITY("popularity");

    private final String title;

    Kind(String title) {
      this.title = title;
    }

    String title() {
      return title;
    }
  }

  static Measure of(Kind kind) {
    return new Measure(kind, 0, false);
  }

  /** A name for tables and JSON. */
  String name() {
    String judged = words == 0 ? "" : String.format(Locale.ROOT, " n=%d", words);
    return kind.title() + judged + (weightsOnly && words > 0 ? " weights" : "");
  }
}
