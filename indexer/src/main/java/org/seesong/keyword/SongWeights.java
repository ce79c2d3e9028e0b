package org.seesong.keyword;

/** Makes weights of counts; the formulas are told in {@link KeywordRows}. */
final class SongWeights {
  private final KeywordOptions options;
  private final SongCounts counts;
  private final int songs;
  private final int[] documents;
  private final double meanLength;

  SongWeights(KeywordOptions options, SongCounts counts, int vocabularySize) {
    this.options = options;
    this.counts = counts;
    this.songs = counts.offsets().length - 1;
    this.documents = counts.documents(vocabularySize);
    double total = 0;
    for (int song = 0; song < songs; song++) {
      total += counts.length(song);
    }
    // A catalogue without a letter has no weights either; 1 keeps the division defined.
    this.meanLength = total == 0 ? 1 : total / songs;
  }

  KeywordRows rows() {
    int[] offsets = counts.offsets();
    int[] keywords = counts.keywords();
    float[] weights = new float[keywords.length];
    for (int song = 0; song < songs; song++) {
      double length = counts.length(song) / meanLength;
      for (int i = offsets[song]; i < offsets[song + 1]; i++) {
        double frequency = counts.lyrics(i) + options.titleBoost() * counts.title(i);
        weights[i] = (float) weight(frequency, documents[keywords[i]], length);
      }
    }
    return new KeywordRows(offsets, keywords, weights);
  }

  private double weight(double frequency, int held, double length) {
    return switch (options.weighting()) {
      case TFIDF -> (1 + Math.log(frequency)) * Math.log1p((double) songs / held);
      case BM25 -> {
        double norm = options.bm25K1() * (1 - options.bm25B() + options.bm25B() * length);
        double rarity = Math.log1p((songs - held + 0.5) / (held + 0.5));
        yield rarity * frequency * (options.bm25K1() + 1) / (frequency + norm);
      }
    };
  }
}
