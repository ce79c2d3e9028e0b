package org.seesong.knn;

import java.io.IOException;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.lucene.store.DataInput;
import org.apache.lucene.store.IndexInput;
import org.apache.lucene.store.IndexOutput;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.FixedBitSet;
import org.apache.lucene.util.RamUsageEstimator;

/**
 * The quantised vectors of one field of a segment, in the order of their clusters, in memory:
 * {@code components + 8} bytes for each vector. Immutable.
 *
 * <p>A <em>position</em> is a vector's place in this order; its <em>ordinal</em> is its number in
 * the order of documents.
 */
final class QuantizedVectors {
  private final Summary summary;
  private final Projection projection;
  private final ScalarQuantizer quantizer;
  private final float[][] centroids;
  private final Rows rows;
  private final float largestNorm;
  private final float leastNorm;
  private final FixedBitSet outliers;
  private final int[] outlierPositions;

  /**
   * Numbers that describe the whole.
   *
   * @param components numbers of a code
   * @param vectors how many
   * @param clusters how many
   * @param step of the quantiser
   * @param maxError largest distance between a projected vector and what its code stands for, but
   *     for vectors that a code cannot hold
   * @param slack factor on lower bounds of clusters in approximate searches, at least 1
   */
  record Summary(
      int components, int vectors, int clusters, float step, float maxError, float slack) {
    void write(IndexOutput meta) throws IOException {
      meta.writeVInt(components);
      meta.writeVInt(vectors);
      meta.writeVInt(clusters);
      meta.writeInt(Float.floatToIntBits(step));
      meta.writeInt(Float.floatToIntBits(maxError));
      meta.writeInt(Float.floatToIntBits(slack));
    }

    static Summary read(DataInput meta) throws IOException {
      return new Summary(
          meta.readVInt(),
          meta.readVInt(),
          meta.readVInt(),
          Float.intBitsToFloat(meta.readInt()),
          Float.intBitsToFloat(meta.readInt()),
          Float.intBitsToFloat(meta.readInt()));
    }
  }

  /**
   * What each vector has, by position.
   *
   * @param starts first position of each cluster, and the number of vectors
   * @param ordinals in the order of documents
   * @param residualNorms lengths of what the projection leaves out
   * @param codes {@code byte[vectors][components]}
   */
  record Rows(int[] starts, int[] ordinals, float[] residualNorms, byte[][] codes) {}

  QuantizedVectors(Summary summary, Projection projection, float[][] centroids, Rows rows) {
    this.summary = summary;
    this.projection = projection;
    this.quantizer = new ScalarQuantizer(summary.step());
    this.centroids = centroids;
    this.rows = rows;
    float most = 0;
    float least = Float.MAX_VALUE;
    for (float norm : rows.residualNorms()) {
      most = Math.max(most, norm);
      least = Math.min(least, norm);
    }
    this.largestNorm = most;
    this.leastNorm = least;
    this.outlierPositions =
        IntStream.range(0, rows.codes().length)
            .filter(position -> !ScalarQuantizer.holds(rows.codes()[position]))
            .toArray();
    this.outliers = new FixedBitSet(Math.max(1, rows.codes().length));
    for (int position : outlierPositions) {
      outliers.set(position);
    }
  }

  Summary summary() {
    return summary;
  }

  Projection projection() {
    return projection;
  }

  ScalarQuantizer quantizer() {
    return quantizer;
  }

  float[][] centroids() {
    return centroids;
  }

  Rows rows() {
    return rows;
  }

  /** Positions of vectors that codes cannot hold, as those far from all that were sampled. */
  Bits outliers() {
    return outliers;
  }

  /** The same, ascending. */
  IntStream outlierPositions() {
    return Arrays.stream(outlierPositions);
  }

  /** Largest length of what the projection leaves out of a vector. */
  float largestResidual() {
    return largestNorm;
  }

  /** Least length of what the projection leaves out of a vector. */
  float leastResidual() {
    return leastNorm;
  }

  void write(IndexOutput data) throws IOException {
    writeFloats(data, projection.mean());
    for (float[] weights : projection.weights()) {
      writeFloats(data, weights);
    }
    for (float[] centroid : centroids) {
      writeFloats(data, centroid);
    }
    writeFloats(data, rows.residualNorms());
    writeInts(data, rows.starts());
    writeInts(data, rows.ordinals());
    for (byte[] code : rows.codes()) {
      data.writeBytes(code, 0, code.length);
    }
  }

  private static void writeFloats(IndexOutput out, float[] values) throws IOException {
    for (float value : values) {
      out.writeInt(Float.floatToIntBits(value));
    }
  }

  private static void writeInts(IndexOutput out, int[] values) throws IOException {
    for (int value : values) {
      out.writeInt(value);
    }
  }

  /** Bytes that {@link #write} writes; what the meta file says must agree with it. */
  static long bytes(Summary summary, int dimension) {
    long width = summary.components();
    long floats = dimension + dimension * width + summary.clusters() * width + summary.vectors();
    long ints = summary.clusters() + 1L + summary.vectors();
    return Integer.BYTES * (floats + ints) + width * summary.vectors();
  }

  static QuantizedVectors read(Summary summary, int dimension, IndexInput data) throws IOException {
    float[] mean = readFloats(data, dimension);
    float[][] weights = new float[dimension][];
    for (int i = 0; i < dimension; i++) {
      weights[i] = readFloats(data, summary.components());
    }
    float[][] centroids = new float[summary.clusters()][];
    for (int i = 0; i < centroids.length; i++) {
      centroids[i] = readFloats(data, summary.components());
    }
    float[] residualNorms = readFloats(data, summary.vectors());
    int[] starts = new int[summary.clusters() + 1];
    data.readInts(starts, 0, starts.length);
    int[] ordinals = new int[summary.vectors()];
    data.readInts(ordinals, 0, ordinals.length);
    byte[][] codes = new byte[summary.vectors()][summary.components()];
    for (byte[] code : codes) {
      data.readBytes(code, 0, code.length);
    }
    return new QuantizedVectors(
        summary,
        new Projection(mean, weights),
        centroids,
        new Rows(starts, ordinals, residualNorms, codes));
  }

  private static float[] readFloats(IndexInput in, int count) throws IOException {
    float[] values = new float[count];
    in.readFloats(values, 0, count);
    return values;
  }

  long ramBytesUsed() {
    long code =
        RamUsageEstimator.alignObjectSize(
            RamUsageEstimator.NUM_BYTES_ARRAY_HEADER + summary.components());
    long floats = (long) summary.components() * (projection.dimension() + centroids.length);
    return summary.vectors() * (code + RamUsageEstimator.NUM_BYTES_OBJECT_REF + 8L) + 4 * floats;
  }
}
