package org.seesong.index;

import java.io.IOException;
import java.util.Objects;
import org.apache.lucene.store.DataInput;
import org.apache.lucene.store.DataOutput;
import org.apache.lucene.util.VectorUtil;

/**
 * A few bytes for each long vector of a segment, from which distances can be estimated, and bounded
 * from below, at a fraction of the cost.
 *
 * <p>A vector x is taken as its projection on w orthonormal directions in which the segment's
 * vectors differ most, and the length r of what is left. Projections are rounded to bytes in one
 * unit u for all: code c. Two vectors x and y are then apart by
 *
 * <ul>
 *   <li>about u^2 |c(x) - c(y)|^2 + r(x)^2 + r(y)^2 (squared), since what is left of two vectors
 *       shares no direction more than another: the estimate, by which graphs are walked and built;
 *   <li>at least (u |c(x) - c(y)| - e)^2 + (r(x) - r(y))^2 (squared), with e for rounding: the
 *       bound, by which exact scans pass over vectors without reading them.
 * </ul>
 *
 * <p>In a file: dimension, width, number of rows, unit, largest rounding error, the mean, the
 * directions by number of the vector, then for each row its r and its code. Memory: n (w + 20) + 4
 * d w bytes, 5 + 2 MB for 33,459 vectors of 4,096 dimensions and 128 directions.
 *
 * <p>Immutable; safe for any number of threads.
 */
public final class VectorSketch {
  private static final int LARGEST = 127;

  /** Far above the rounding of float sums of 16,384 terms, relative to what is summed. */
  private static final double SLACK = 1e-5;

  private final int width;
  private final float unit;
  private final float error;
  private final float[] mean;

  /** What each number of a vector adds to each direction. */
  private final float[][] layer;

  /** The mean's place. */
  private final float[] offset;

  private final byte[][] codes;
  private final float[] rests;

  /** No vector of the segment is farther from the mean, squared. */
  private final double squaredRadius;

  private VectorSketch(
      float[] mean, float[][] layer, float unit, float error, byte[][] codes, float[] rests) {
    this.mean = mean;
    this.layer = layer;
    this.width = layer[0].length;
    this.unit = unit;
    this.error = error;
    this.codes = codes;
    this.rests = rests;
    this.offset = product(mean, layer, width);
    double longest = 0;
    for (float rest : rests) {
      longest = Math.max(longest, rest);
    }
    this.squaredRadius = longest * longest + width * Math.pow((double) LARGEST * unit, 2);
  }

  /** Vectors that can be gone through more than once. */
  @FunctionalInterface
  interface Source {
    /** Gives all vectors in their order; arrays may be used again. */
    void forEach(VectorConsumer consumer) throws IOException;
  }

  /** Takes a vector. */
  @FunctionalInterface
  interface VectorConsumer {
    void accept(float[] vector) throws IOException;
  }

  /** Projects all vectors on the directions in which a sample of them differs. */
  static VectorSketch of(int size, SketchTraining training, int width, Source source)
      throws IOException {
    float[][] directions = training.directions(width);
    float[] mean = training.mean();
    float[][] layer = new float[mean.length][width];
    for (int i = 0; i < width; i++) {
      for (int j = 0; j < mean.length; j++) {
        layer[j][i] = directions[i][j];
      }
    }
    float[] offset = product(mean, layer, width);
    float[][] places = new float[size][];
    float[] rests = new float[size];
    int[] row = {0};
    source.forEach(
        vector -> {
          float[] place = minus(product(vector, layer, width), offset);
          rests[row[0]] = rest(vector, mean, place);
          places[row[0]++] = place;
        });
    float most = 0;
    for (float[] place : places) {
      for (float value : place) {
        most = Math.max(most, Math.abs(value));
      }
    }
    float unit = Math.max(most / LARGEST, Float.MIN_NORMAL);
    byte[][] codes = new byte[size][];
    double error = 0;
    for (int i = 0; i < size; i++) {
      codes[i] = code(places[i], unit);
      error = Math.max(error, error(places[i], codes[i], unit));
    }
    return new VectorSketch(mean, layer, unit, Math.nextUp((float) error), codes, rests);
  }

  private static float[] product(float[] vector, float[][] layer, int width) {
    float[] sum = new float[width];
    for (int j = 0; j < layer.length; j++) {
      float value = vector[j];
      if (value != 0) { // three of four, after ReLU
        float[] weights = layer[j];
        for (int i = 0; i < width; i++) {
          sum[i] += value * weights[i];
        }
      }
    }
    return sum;
  }

  private static float[] minus(float[] place, float[] offset) {
    for (int i = 0; i < place.length; i++) {
      place[i] -= offset[i];
    }
    return place;
  }

  /** The length of what a projection leaves of a vector. */
  private static float rest(float[] vector, float[] mean, float[] place) {
    double squares = VectorUtil.squareDistance(vector, mean);
    for (float value : place) {
      squares -= (double) value * value;
    }
    return (float) Math.sqrt(Math.max(0, squares));
  }

  private static byte[] code(float[] place, float unit) {
    byte[] code = new byte[place.length];
    for (int i = 0; i < code.length; i++) {
      code[i] = (byte) Math.max(-LARGEST, Math.min(LARGEST, Math.round(place[i] / unit)));
    }
    return code;
  }

  private static double error(float[] place, byte[] code, float unit) {
    double squares = 0;
    for (int i = 0; i < code.length; i++) {
      double rest = place[i] - (double) unit * code[i];
      squares += rest * rest;
    }
    return Math.sqrt(squares);
  }

  /**
   * Number of vectors.
   *
   * @return rows, numbered as in the vectors' file
   */
  public int size() {
    return codes.length;
  }

  /** The estimated squared distance of two rows. */
  float estimate(int row, int other) {
    float code = VectorUtil.squareDistance(codes[row], codes[other]);
    return unit * unit * code + rests[row] * rests[row] + rests[other] * rests[other];
  }

  /**
   * What a vector is compared by.
   *
   * @param vector of the dimension of this sketch's vectors; read now, and not kept
   * @return the target, to be used by one thread
   */
  public Target target(float[] vector) {
    if (vector.length != mean.length) {
      throw new IllegalArgumentException(
          "target has " + vector.length + " dimensions, vectors " + mean.length);
    }
    return new Target(vector);
  }

  /** How near vectors are to a target. For one thread. */
  public final class Target {
    private final byte[] code;
    private final float rest;

    /** How far codes may be from where vectors are, both together. */
    private final double codeError;

    /** How far squared rests may be from what was computed. */
    private final double squaredSlack;

    private Target(float[] vector) {
      float[] place = minus(product(vector, layer, width), offset);
      this.rest = VectorSketch.rest(vector, mean, place);
      this.code = VectorSketch.code(place, unit);
      double size =
          squaredRadius + VectorUtil.dotProduct(vector, vector) + VectorUtil.dotProduct(mean, mean);
      this.squaredSlack = SLACK * size;
      this.codeError = VectorSketch.error(place, code, unit) + error + SLACK * Math.sqrt(size);
    }

    /**
     * The estimated squared distance from a vector, for an order.
     *
     * @param row the vector's number
     * @return at least 0
     */
    public float estimate(int row) {
      float rowRest = rests[row];
      return unit * unit * VectorUtil.squareDistance(code, codes[row])
          + rowRest * rowRest
          + rest * rest;
    }

    /**
     * A squared distance that the vector of a row is not below.
     *
     * @param row the vector's number
     * @return at least 0
     */
    public double leastSquared(int row) {
      double apart =
          Math.max(0, unit * Math.sqrt(VectorUtil.squareDistance(code, codes[row])) - codeError);
      double left = Math.max(0, Math.abs(rest - rests[row]) - slack(rest) - slack(rests[row]));
      return apart * apart + left * left;
    }

    private double slack(float length) {
      return squaredSlack / Math.max(length, Math.sqrt(squaredSlack));
    }
  }

  void write(DataOutput out) throws IOException {
    out.writeInt(mean.length);
    out.writeInt(width);
    out.writeInt(codes.length);
    out.writeInt(Float.floatToIntBits(unit));
    out.writeInt(Float.floatToIntBits(error));
    writeFloats(out, mean);
    for (float[] weights : layer) {
      writeFloats(out, weights);
    }
    writeFloats(out, rests);
    for (byte[] code : codes) {
      out.writeBytes(code, 0, code.length);
    }
  }

  private static void writeFloats(DataOutput out, float[] values) throws IOException {
    for (float value : values) {
      out.writeInt(Float.floatToIntBits(value));
    }
  }

  /** Reads what {@link #write} wrote; the caller has checked the file's sum before. */
  static VectorSketch read(DataInput in) throws IOException {
    int dimension = in.readInt();
    int width = in.readInt();
    int size = in.readInt();
    float unit = Float.intBitsToFloat(in.readInt());
    float error = Float.intBitsToFloat(in.readInt());
    Objects.checkIndex(width - 1, dimension);
    float[] mean = readFloats(in, dimension);
    float[][] layer = new float[dimension][];
    for (int i = 0; i < dimension; i++) {
      layer[i] = readFloats(in, width);
    }
    float[] rests = readFloats(in, size);
    byte[][] codes = new byte[size][width];
    for (byte[] code : codes) {
      in.readBytes(code, 0, width);
    }
    return new VectorSketch(mean, layer, unit, error, codes, rests);
  }

  private static float[] readFloats(DataInput in, int count) throws IOException {
    float[] values = new float[count];
    in.readFloats(values, 0, count);
    return values;
  }
}
