package org.seesong.knn;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.lucene.util.VectorUtil;
import org.seesong.knn.QuantizedVectors.Rows;
import org.seesong.knn.QuantizedVectors.Summary;

/**
 * Trains on a sample of a segment's vectors and quantises all of them. Reads the vectors three
 * times; holds {@code components + 40} bytes for each beside the samples. The same vectors give the
 * same bytes.
 */
final class QuantizedVectorsBuilder {
  /** Vectors that components are learned from, in large segments. */
  private static final int SAMPLE = 1024;

  private static final int MAX_CLUSTERS = 2048;

  /** Vectors for each cluster that centroids are learned from. */
  private static final int SAMPLE_PER_CLUSTER = 32;

  /** Room above the largest number of the sample. */
  private static final float HEADROOM = 1.1f;

  private final int size;
  private final int dimension;
  private final VectorSource source;
  private final QuantizerOptions options;

  private QuantizedVectorsBuilder(
      int size, int dimension, VectorSource source, QuantizerOptions options) {
    this.size = size;
    this.dimension = dimension;
    this.source = source;
    this.options = options;
  }

  static QuantizedVectors build(
      int size, int dimension, VectorSource source, QuantizerOptions options) throws IOException {
    return new QuantizedVectorsBuilder(size, dimension, source, options).build();
  }

  private QuantizedVectors build() throws IOException {
    Projection projection = projection();
    int clusters = Math.max(1, Math.min(MAX_CLUSTERS, (int) Math.sqrt(size)));
    List<float[]> sample = new ArrayList<>();
    float[] largest = new float[2];
    source.forSome(
        size,
        Math.min(size, clusters * SAMPLE_PER_CLUSTER),
        vector -> {
          float[] projected = projection.project(vector);
          largest[0] = Math.max(largest[0], projection.residualNorm(vector, projected));
          for (float value : projected) {
            largest[1] = Math.max(largest[1], Math.abs(value));
          }
          sample.add(projected);
        });
    // Equal vectors have projections of 0: the step must be above it all the same.
    float least = Math.max(largest[0] * 1e-6f, 1e-15f);
    float step = Math.max(largest[1] * HEADROOM / ScalarQuantizer.LARGEST, least);
    float[][] projections = sample.toArray(new float[0][]);
    float[][] centroids = KMeans.centroids(projections, clusters);
    return quantize(projection, new ScalarQuantizer(step), centroids, projections);
  }

  private Projection projection() throws IOException {
    int components = options.componentsFor(size, dimension);
    int wanted = size < options.small() ? Math.max(size / 4, 3 * components) : SAMPLE;
    float[][] sample = source.sample(size, Math.min(size, wanted));
    PrincipalComponents training = new PrincipalComponents(sample);
    Projection projection = training.projection(components);
    return projection.isLossless() || keepsNeighbours(sample, projection)
        ? projection
        : training.projection(dimension); // no structure to use: a byte for each number
  }

  /** Whether nine tenths of the 10 nearest within a sample are among the 100 nearest projected. */
  private static boolean keepsNeighbours(float[][] sample, Projection projection) {
    int queries = 32;
    float[][] projected = new float[sample.length][];
    float[] residualNorms = new float[sample.length];
    for (int i = 0; i < sample.length; i++) {
      projected[i] = projection.project(sample[i]);
      residualNorms[i] = projection.residualNorm(sample[i], projected[i]);
    }
    int wanted = Math.min(10, sample.length);
    int candidates = Math.min(100, sample.length);
    int kept = 0;
    for (int query = 0; query < queries; query++) {
      int at = query * sample.length / queries;
      long[] exact = new long[sample.length];
      long[] estimated = new long[sample.length];
      for (int i = 0; i < sample.length; i++) {
        exact[i] = Candidates.key(VectorUtil.squareDistance(sample[at], sample[i]), i);
        float rest = residualNorms[at] * residualNorms[at] + residualNorms[i] * residualNorms[i];
        estimated[i] =
            Candidates.key(VectorUtil.squareDistance(projected[at], projected[i]) + rest, i);
      }
      Arrays.sort(exact);
      Arrays.sort(estimated);
      for (int i = 0; i < wanted; i++) {
        for (int j = 0; j < candidates; j++) {
          kept += (int) exact[i] == (int) estimated[j] ? 1 : 0;
        }
      }
    }
    return 10 * kept >= 9 * queries * wanted;
  }

  private QuantizedVectors quantize(
      Projection projection, ScalarQuantizer quantizer, float[][] centroids, float[][] sample)
      throws IOException {
    int[] clusters = new int[size];
    float[] norms = new float[size];
    byte[][] codes = new byte[size][];
    double maxError = 0;
    int ordinal = 0;
    for (VectorSource.Cursor each = source.open(); each.next(); ordinal++) {
      float[] vector = each.vector();
      float[] projected = projection.project(vector);
      norms[ordinal] = projection.residualNorm(vector, projected);
      codes[ordinal] = quantizer.quantize(projected);
      if (ScalarQuantizer.holds(codes[ordinal])) {
        maxError = Math.max(maxError, quantizer.error(projected, codes[ordinal]));
      }
      clusters[ordinal] = KMeans.nearest(centroids, projected);
    }
    Rows rows = byCluster(clusters, centroids.length, norms, codes);
    float error = Math.nextUp((float) maxError);
    Summary summary =
        new Summary(projection.components(), size, centroids.length, quantizer.step(), error, 1f);
    QuantizedVectors unpruned = new QuantizedVectors(summary, projection, centroids, rows);
    Summary measured =
        new Summary(
            summary.components(),
            size,
            summary.clusters(),
            summary.step(),
            error,
            SlackMeasurement.of(unpruned, sample));
    return new QuantizedVectors(measured, projection, centroids, rows);
  }

  /** Sorts by cluster, and by ordinal within one. */
  private static Rows byCluster(int[] clusters, int count, float[] norms, byte[][] codes) {
    int[] starts = new int[count + 1];
    for (int cluster : clusters) {
      starts[cluster + 1]++;
    }
    for (int i = 0; i < count; i++) {
      starts[i + 1] += starts[i];
    }
    int[] next = starts.clone();
    int[] ordinals = new int[clusters.length];
    float[] sortedNorms = new float[clusters.length];
    byte[][] sortedCodes = new byte[clusters.length][];
    for (int ordinal = 0; ordinal < clusters.length; ordinal++) {
      int position = next[clusters[ordinal]]++;
      ordinals[position] = ordinal;
      sortedNorms[position] = norms[ordinal];
      sortedCodes[position] = codes[ordinal];
    }
    return new Rows(starts, ordinals, sortedNorms, sortedCodes);
  }
}
