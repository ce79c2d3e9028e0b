package org.seesong.index;

import java.io.IOException;
import java.util.Optional;
import org.apache.lucene.codecs.hnsw.FlatVectorsScorer;
import org.apache.lucene.index.KnnVectorValues;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.util.hnsw.RandomVectorScorer;
import org.apache.lucene.util.hnsw.RandomVectorScorerSupplier;
import org.apache.lucene.util.hnsw.UpdateableRandomVectorScorer;

/**
 * Compares the vectors of the field that is being written by their sketch, where it has one, and as
 * Lucene does otherwise. For one thread.
 */
final class SketchScorer implements FlatVectorsScorer {
  private final FlatVectorsScorer lucene;
  private Optional<VectorSketch> sketch = Optional.empty();

  SketchScorer(FlatVectorsScorer lucene) {
    this.lucene = lucene;
  }

  /** What the next graph is built by. */
  void use(Optional<VectorSketch> next) {
    sketch = next;
  }

  @Override
  public RandomVectorScorerSupplier getRandomVectorScorerSupplier(
      VectorSimilarityFunction similarity, KnnVectorValues vectors) throws IOException {
    return sketch.isPresent()
        ? new Supplier(sketch.get())
        : lucene.getRandomVectorScorerSupplier(similarity, vectors);
  }

  @Override
  public RandomVectorScorer getRandomVectorScorer(
      VectorSimilarityFunction similarity, KnnVectorValues vectors, float[] target)
      throws IOException {
    return lucene.getRandomVectorScorer(similarity, vectors, target);
  }

  @Override
  public RandomVectorScorer getRandomVectorScorer(
      VectorSimilarityFunction similarity, KnnVectorValues vectors, byte[] target)
      throws IOException {
    return lucene.getRandomVectorScorer(similarity, vectors, target);
  }

  private record Supplier(VectorSketch sketch) implements RandomVectorScorerSupplier {
    @Override
    public UpdateableRandomVectorScorer scorer() {
      return new Scorer(sketch);
    }

    @Override
    public RandomVectorScorerSupplier copy() {
      return this;
    }
  }

  private static final class Scorer implements UpdateableRandomVectorScorer {
    private final VectorSketch sketch;
    private int row;

    Scorer(VectorSketch sketch) {
      this.sketch = sketch;
    }

    @Override
    public void setScoringOrdinal(int next) {
      row = next;
    }

    @Override
    public float score(int other) {
      return 1 / (1 + sketch.estimate(row, other));
    }

    @Override
    public int maxOrd() {
      return sketch.size();
    }
  }
}
