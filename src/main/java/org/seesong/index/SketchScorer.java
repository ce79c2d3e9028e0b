package org.seesong.index;

import java.io.IOException;
import java.util.Optional;
import org.apache.lucene.codecs.hnsw.FlatVectorsScorer;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.util.hnsw.RandomAccessVectorValues;
import org.apache.lucene.util.hnsw.RandomVectorScorer;
import org.apache.lucene.util.hnsw.RandomVectorScorerSupplier;

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
      VectorSimilarityFunction similarity, RandomAccessVectorValues vectors) throws IOException {
    return sketch.isPresent()
        ? new Supplier(sketch.get())
        : lucene.getRandomVectorScorerSupplier(similarity, vectors);
  }

  @Override
  public RandomVectorScorer getRandomVectorScorer(
      VectorSimilarityFunction similarity, RandomAccessVectorValues vectors, float[] target)
      throws IOException {
    return lucene.getRandomVectorScorer(similarity, vectors, target);
  }

  @Override
  public RandomVectorScorer getRandomVectorScorer(
      VectorSimilarityFunction similarity, RandomAccessVectorValues vectors, byte[] target)
      throws IOException {
    return lucene.getRandomVectorScorer(similarity, vectors, target);
  }

  private record Supplier(VectorSketch sketch) implements RandomVectorScorerSupplier {
    @Override
    public RandomVectorScorer scorer(int row) {
      return new Scorer(sketch, row);
    }

    @Override
    public RandomVectorScorerSupplier copy() {
      return this;
    }
  }

  private record Scorer(VectorSketch sketch, int row) implements RandomVectorScorer {
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
