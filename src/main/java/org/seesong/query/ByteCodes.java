package org.seesong.query;

import java.io.IOException;
import org.apache.lucene.util.VectorUtil;
import org.apache.lucene.util.hnsw.RandomAccessVectorValues;

/**
 * One byte for each number of all vectors of a segment: enough to rule out nearly all vectors
 * without reading them, and never a true neighbour.
 *
 * <p>An exact scan of long vectors takes as long as memory takes to deliver them. Codes are a
 * quarter of that.
 *
 * <p>Layout: row r has bytes {@code c[r * dimension]} on, a scale s and the length e of what
 * rounding took away, so that x = s c + rest with |rest| = e. With a target coded alike, the
 * triangle inequality gives |q - x| >= |s' c' - s c| - e' - e, and the middle part needs only the
 * whole-number products of codes, which are exact: at most 16,384 * 127^2, an int.
 *
 * <p>Immutable; safe for any number of threads. Memory: n (d + 12) bytes.
 */
final class ByteCodes {
  /** For a segment without vectors. */
  static final ByteCodes NONE = new ByteCodes(0, 0);

  private static final int LARGEST = 127;

  private final int dimension;
  private final byte[][] codes;
  private final float[] scales;
  private final int[] squares;
  private final float[] errors;

  private ByteCodes(int size, int dimension) {
    this.dimension = dimension;
    this.codes = new byte[size][];
    this.scales = new float[size];
    this.squares = new int[size];
    this.errors = new float[size];
  }

  /** Codes of all vectors of a segment; reads each once. */
  static ByteCodes of(RandomAccessVectorValues.Floats vectors) throws IOException {
    ByteCodes result = new ByteCodes(vectors.size(), vectors.dimension());
    for (int row = 0; row < vectors.size(); row++) {
      Code code = Code.of(vectors.vectorValue(row));
      result.codes[row] = code.bytes;
      result.scales[row] = (float) code.scale;
      result.squares[row] = code.square;
      result.errors[row] = Math.nextUp((float) code.error);
    }
    return result;
  }

  /** A vector's code; for the time of its making only. */
  private static final class Code {
    private final byte[] bytes;
    private final double scale;
    private int square;
    private double error;

    private Code(int dimension, double scale) {
      this.bytes = new byte[dimension];
      this.scale = scale;
    }

    static Code of(float[] vector) {
      float most = 0;
      for (float value : vector) {
        most = Math.max(most, Math.abs(value));
      }
      // A scale that a float holds, so that stored and computed codes are the same numbers.
      Code code = new Code(vector.length, Math.nextUp(most / LARGEST));
      double squares = 0;
      for (int i = 0; i < vector.length; i++) {
        long rounded = code.scale == 0 ? 0 : Math.round(vector[i] / code.scale);
        code.bytes[i] = (byte) Math.max(-LARGEST, Math.min(LARGEST, rounded));
        double rest = vector[i] - code.scale * code.bytes[i];
        squares += rest * rest;
        code.square += code.bytes[i] * code.bytes[i];
      }
      code.error = Math.sqrt(squares);
      return code;
    }
  }

  /** How near vectors may be to a target. For one thread. */
  final class Target {
    private final Code code;

    private Target(float[] vector) {
      this.code = Code.of(vector);
    }

    /** A distance that the vector of a row is not below, but for rounding; may be negative. */
    double leastDistance(int row) {
      int product = VectorUtil.dotProduct(code.bytes, codes[row]);
      double scale = scales[row];
      double squared =
          code.scale * code.scale * code.square
              - 2 * code.scale * scale * product
              + scale * scale * squares[row];
      return Math.sqrt(Math.max(0, squared)) - code.error - errors[row];
    }
  }

  Target target(float[] vector) {
    if (vector.length != dimension) {
      throw new IllegalArgumentException(
          "target has " + vector.length + " dimensions, vectors " + dimension);
    }
    return new Target(vector);
  }
}
