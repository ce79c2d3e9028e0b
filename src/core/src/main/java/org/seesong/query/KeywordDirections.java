package org.seesong.query;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.TermQuery;
import org.seesong.index.IndexLayout;

/**
 * Directions of keywords among graph embeddings, see {@link KeywordBoost}. Keeps the means of all
 * pictures and of all songs, which take a pass over them. Safe for any number of threads.
 */
final class KeywordDirections {
  private final EmbeddingMean means;
  private final Map<String, float[]> all = new ConcurrentHashMap<>();

  KeywordDirections(EmbeddingMean means) {
    this.means = means;
  }

  /** The boosts of keywords that have a direction. */
  BoostedEmbeddings of(List<KeywordBoost> boosts) throws IOException {
    return BoostedEmbeddings.of(boosts, this::direction);
  }

  /** Of length 1; nothing where nothing carries the keyword, or all alike. */
  private Optional<double[]> direction(String keyword) throws IOException {
    Optional<double[]> direction =
        direction(keyword, IndexLayout.PICTURE_KEYWORD, IndexLayout.PICTURE_GRAPH_EMBEDDING);
    return direction.isPresent()
        ? direction
        : direction(keyword, IndexLayout.SONG_KEYWORD, IndexLayout.SONG_GRAPH_EMBEDDING);
  }

  private Optional<double[]> direction(String keyword, String keywords, String embeddings)
      throws IOException {
    Optional<float[]> carriers = means.of(new TermQuery(new Term(keywords, keyword)), embeddings);
    if (carriers.isEmpty()) {
      return Optional.empty();
    }
    return BoostedEmbeddings.direction(carriers.get(), meanOfAll(embeddings));
  }

  private float[] meanOfAll(String embeddings) throws IOException {
    float[] mean = all.get(embeddings);
    if (mean == null) {
      mean = means.of(new MatchAllDocsQuery(), embeddings).orElseThrow();
      all.put(embeddings, mean);
    }
    return mean;
  }
}
