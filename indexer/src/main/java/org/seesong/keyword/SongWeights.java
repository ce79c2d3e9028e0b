package org.seesong.keyword;

/** Makes weights of counts; the formulas are told in {@link KeywordRows}. */
final class SongWeights {
  private final KeywordOptions options;
  private final int songs;
  private final int[] documents;
  private final double meanLength;

  /** By the statistics of the songs counted. */
  SongWeights(KeywordOptions options, SongCounts counts, int vocabularySize) {
    this(options, counts.songs(), counts.documents(vocabularySize), counts.meanLength());
  }

  SongWeights(KeywordOptions options, int songs, int[] documents, double meanLength) {
    this.options = options;
    this.songs = songs;
    this.documents = documents;
    this.meanLength = meanLength;
  }

  KeywordRows rows(SongCounts counts) {
    int[] offsets = counts.offsets();
    int[] keywords = counts.keywords();
    float[] weights = new float[keywords.length];
    for (int song = 0; song < counts.songs(); song++) {
      double length = counts.length(song) / meanLength;
      for (int i = offsets[song]; i < offsets[song + 1]; i++) {
        double frequency = counts.lyrics(i) + options.titleBoost() * counts.title(i);
        weights[i] = (float) weight(frequency, documents[keywords[i]], length);
      }
    }
    return new KeywordRows(offsets, keywords, weights, counts.firstInLyrics());
  }

  /** A keyword that no song held when it was learned counts as if one had. */
  private double weight(double frequency, int documents, double length) {
    int held = Math.max(1, documents);
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
