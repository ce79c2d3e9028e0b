package org.seesong.knn;

import java.io.IOException;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.KnnVectorsReader;
import org.apache.lucene.codecs.KnnVectorsWriter;
import org.apache.lucene.codecs.hnsw.FlatVectorScorerUtil;
import org.apache.lucene.codecs.hnsw.FlatVectorsFormat;
import org.apache.lucene.codecs.lucene99.Lucene99FlatVectorsFormat;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.SegmentReadState;
import org.apache.lucene.index.SegmentWriteState;
import org.apache.lucene.index.VectorEncoding;
import org.apache.lucene.index.VectorSimilarityFunction;

/**
 * A vectors format without a graph: full vectors, and in front of them an inverted file (IVF) of
 * vectors that are projected on their principal components and quantised to a byte each.
 *
 * <p>A search projects the query, visits clusters in the order of their distance, estimates
 * distances from the bytes, and compares the best candidates by their full vectors. Clusters are
 * skipped by the triangle inequality (the lower bound of the distance to any vector beyond the
 * bisector of two centroids), multiplied by a slack that is measured for each segment. A search for
 * {@link KnnSearcher#ALL} candidates uses exact bounds only and misses nothing.
 *
 * <p>Segments of fewer than {@value #MIN_VECTORS} vectors, byte vectors and similarities other than
 * Euclidean are stored as Lucene's flat format stores them and compared one by one.
 *
 * <p>Files beside those of {@link Lucene99FlatVectorsFormat}, with Lucene's headers and checksums:
 *
 * <table>
 * <caption>Layout</caption>
 * <tr><th>file</th><th>content</th></tr>
 * <tr><td>{@code .ivm}</td><td>for each field: number, place of its data, components, vectors,
 * clusters, quantisation step, largest quantisation error, slack; then -1</td></tr>
 * <tr><td>{@code .ivd}</td><td>for each field: mean {@code float[dimension]}, projection {@code
 * float[dimension][components]}, centroids {@code float[clusters][components]}, residual norms
 * {@code float[vectors]}, first positions {@code int[clusters + 1]}, ordinals {@code int[vectors]},
 * codes {@code byte[vectors][components]}; vectors are in the order of clusters</td></tr>
 * </table>
 *
 * <p>Known as IVF (Sivic and Zisserman, Video Google, ICCV 2003) over scalar-quantised principal
 * components with re-ranking. Safe for any number of threads.
 */
public final class IvfVectorsFormat extends KnnVectorsFormat {
  /** The name by which Lucene finds the format that wrote a segment. */
  public static final String NAME = "SeesongIvf";

  /** Segments with fewer vectors are compared whole. */
  static final int MIN_VECTORS = 1000;

  static final String META_CODEC = "SeesongIvfMeta";
  static final String DATA_CODEC = "SeesongIvfData";
  static final String META_EXTENSION = "ivm";
  static final String DATA_EXTENSION = "ivd";
  static final int VERSION = 0;

  private static final int MAX_DIMENSION = 16_384;

  private static final FlatVectorsFormat FLAT =
      new Lucene99FlatVectorsFormat(FlatVectorScorerUtil.getLucene99FlatVectorsScorer());

  private final int minVectors;
  private final QuantizerOptions options;

  /** The format with its usual options. */
  public IvfVectorsFormat() {
    this(MIN_VECTORS, QuantizerOptions.DEFAULT);
  }

  /** For tests: other sizes. */
  IvfVectorsFormat(int minVectors, QuantizerOptions options) {
    super(NAME);
    this.minVectors = minVectors;
    this.options = options;
  }

  /** Whether a field's vectors are quantised and clustered. */
  static boolean isClustered(FieldInfo field) {
    return field.getVectorEncoding() == VectorEncoding.FLOAT32
        && field.getVectorSimilarityFunction() == VectorSimilarityFunction.EUCLIDEAN;
  }

  @Override
  public KnnVectorsWriter fieldsWriter(SegmentWriteState state) throws IOException {
    return new IvfVectorsWriter(state, FLAT.fieldsWriter(state), minVectors, options);
  }

  @Override
  public KnnVectorsReader fieldsReader(SegmentReadState state) throws IOException {
    return new IvfVectorsReader(state, FLAT.fieldsReader(state));
  }

  @Override
  public int getMaxDimensions(String fieldName) {
    return MAX_DIMENSION;
  }

  @Override
  public String toString() {
    return NAME + "(minVectors=" + minVectors + ", " + options + ")";
  }
}
