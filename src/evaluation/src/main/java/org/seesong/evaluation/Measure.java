package org.seesong.evaluation;

import java.util.Locale;

/**
 * What is measured of a ranking of ten songs by keywords and concept words.
 *
 * @param words concept words that make a song relevant; 0 for the keyword alone
 * @param weightsOnly whether songs are relevant by their keywords and not by their lyrics
 */
record Measure(Kind kind, int words, boolean weightsOnly) {
  /** The figures. */
  enum Kind {
    /** Whether any song is relevant, the paper's measure. */
    HIT("hit@10"),
    /** Share of ten places with a relevant song; an empty place is not. */
    PRECISION("P@10"),
    /** Gain discounted by rank over the best there could be; a song's gain is its focus. */
    NDCG("nDCG@10"),
    /** One over the rank of the first relevant song, 0 if there is none. */
    MRR("MRR@10"),
    /** Share of songs at the same distance as another song of the ranking from the same source. */
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
