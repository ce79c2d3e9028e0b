package org.seesong.index;

import java.io.IOException;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import org.apache.lucene.store.DataInput;
import org.apache.lucene.store.DataOutput;
import org.apache.lucene.util.VectorUtil;

/**
 * A few bytes for each vector of a segment, kept in memory, from which distances are estimated, and
 * bounded from below, at a fraction of the cost of reading the vectors.
 *
 * <p>A vector x is taken as its place, the projection on w orthonormal directions in which the
 * segment's vectors differ most (all there are, for short vectors), and the length r of the rest.
 * Places are rounded to bytes in one unit u for all: code c. Two vectors x and y are then apart by
 *
 * <ul>
 *   <li>about u^2 |c(x) - c(y)|^2 + r(x)^2 + r(y)^2 (squared), since what is left of two vectors
 *       shares no direction more than another: the estimate;
 *   <li>at least (u |c(x) - c(y)| - e)^2 + (r(x) - r(y))^2 (squared), with e for rounding: the
 *       bound, by which exact searches pass over vectors without reading them.
 * </ul>
 *
 * <p>Rows are in cells ({@link SketchCells}), and codes of a cell lie side by side. For a target
 * whose nearest centre is a, the rows of the cell around b are beyond the plane midway between a
 * and b, so they are at least (|q - b|^2 - |q - a|^2) / (2 |a - b|) away. Approximate searches take
 * that distance larger than it is and leave out what lies beyond the nearest found.
 *
 * <p>In a file: dimension, width, number of rows and of cells, unit, largest rounding error, the
 * mean, the directions by number of the vector, the centres, the cells' ends, the rows by cell,
 * then in this order their r and their codes. Memory: n (w + 32) + 4 d w bytes: 9 + 4 MB for 33,459
 * vectors of 4,096 numbers and 256 directions, 88 MB for a million vectors of 64.
 *
 * <p>Immutable; safe for any number of threads.
 */
public final class VectorSketch {
  private static final int LARGEST = 127;

  /** Cells in a row that bring nothing, after which a search ends, whatever the bounds say. */
  private static final int PATIENCE = 48;

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

  private final SketchCells cells;

  /** In the order of cells, as searches go through them. */
  private final byte[][] codes;

  /** In the order of cells. */
  private final float[] rests;

  /** Where rows are in the order of cells. */
  private final int[] positions;

  /** No vector of the segment is farther from the mean, squared. */
  private final double squaredRadius;

  /** The least square of a rest. */
  private final double squaredRest;

  private VectorSketch(
      float[] mean,
      float[][] layer,
      float unit,
      float error,
      SketchCells cells,
      byte[][] codes,
      float[] rests) {
    this.mean = mean;
    this.layer = layer;
    this.width = layer[0].length;
    this.unit = unit;
    this.error = error;
    this.cells = cells;
    this.codes = codes;
    this.rests = rests;
    this.offset = product(mean, layer, width);
    double longest = 0;
    double shortest = Float.MAX_VALUE;
    for (float rest : rests) {
      longest = Math.max(longest, rest);
      shortest = Math.min(shortest, rest);
    }
    this.positions = new int[codes.length];
    for (int i = 0; i < codes.length; i++) {
      positions[cells.rows()[i]] = i;
    }
    this.squaredRest = shortest * shortest;
    this.squaredRadius = longest * longest + width * Math.pow((double) LARGEST * unit, 2);
  }

  /** Vectors that can be gone through more than once. */
  @FunctionalInterface
  interface Source {
    /** Gives all vectors in their order; arrays may be used again. */
    void forEach(Consumer<float[]> consumer) throws IOException;
  }

  /** Projects all vectors on the directions in which a sample of them differs. */
  static VectorSketch of(int size, SketchTraining training, int width, Source source)
      throws IOException {
    float[] mean = training.mean();
    float[][] layer = training.layer(Math.min(width, mean.length));
    float[] offset = product(mean, layer, layer[0].length);
    float[][] places = new float[size][];
    float[] rests = new float[size];
    int[] row = {0};
    source.forEach(
        vector -> {
          float[] place = minus(product(vector, layer, offset.length), offset);
          rests[row[0]] = rest(vector, mean, place);
          places[row[0]++] = place;
        });
    float most = 0;
    float longest = 0;
    for (int i = 0; i < size; i++) {
      longest = Math.max(longest, rests[i]);
      for (float value : places[i]) {
        most = Math.max(most, Math.abs(value));
      }
    }
    // Squares of rests in this unit must stay far inside a float's range.
    float unit = Math.max(most / LARGEST, Math.max(longest * 1e-6f, 1e-15f));
    SketchCells cells = SketchCells.of(places);
    byte[][] codes = new byte[size][];
    float[] cellRests = new float[size];
    double error = 0;
    for (int i = 0; i < size; i++) {
      int at = cells.rows()[i];
      codes[i] = code(places[at], unit);
      cellRests[i] = rests[at];
      error = Math.max(error, error(places[at], codes[i], unit));
    }
    return new VectorSketch(mean, layer, unit, Math.nextUp((float) error), cells, codes, cellRests);
  }

  private static float[] product(float[] vector, float[][] layer, int width) {
    float[] sum = new float[width];
    for (int j = 0; j < layer.length; j++) {
      float value = vector[j];
      if (value != 0) { // three of four are, after ReLU
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

  /**
   * Whether places are all there is of vectors, so that estimates err by rounding only.
   *
   * @return whether there are as many directions as numbers in a vector
   */
  public boolean isWhole() {
    return width == mean.length;
  }

  /** The estimated squared distance of two rows. */
  float estimate(int row, int other) {
    int at = positions[row];
    int to = positions[other];
    float code = VectorUtil.squareDistance(codes[at], codes[to]);
    return unit * unit * code + rests[at] * rests[at] + rests[to] * rests[to];
  }

  /**
   * What vectors are compared with.
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
    private final float[] place;

    /** How far codes may be from where vectors are, both together. */
    private final double codeError;

    /** How far squared rests may be from what was computed. */
    private final double squaredSlack;

    private Target(float[] vector) {
      this.place = minus(product(vector, layer, width), offset);
      this.rest = VectorSketch.rest(vector, mean, place);
      this.code = VectorSketch.code(place, unit);
      double size =
          squaredRadius + VectorUtil.dotProduct(vector, vector) + VectorUtil.dotProduct(mean, mean);
      this.squaredSlack = SLACK * size;
      this.codeError = VectorSketch.error(place, code, unit) + error + SLACK * Math.sqrt(size);
    }

    /**
     * The rows with the least estimates, but for a few that may be missed.
     *
     * @param count how many
     * @param reach how much farther away cells are taken to be than they surely are
     * @param accepted which rows count
     * @param few whether most rows do not count: they are left out before estimates are made
     * @return rows, least estimate first; fewer than {@code count} if fewer are accepted
     */
    public int[] nearest(int count, double reach, IntPredicate accepted, boolean few) {
      Cells near = new Cells();
      RowHeap heap = new RowHeap(count);
      int idle = 0;
      for (int i = 0; i < near.order.length && idle < PATIENCE; i++) {
        int cell = (int) near.order[i];
        double away = reach * near.distance(cell);
        if (away * away + squaredRest <= unit * unit * (double) heap.worst()) {
          float worst = heap.worst();
          if (few) {
            offerFew(cell, accepted, heap);
          } else {
            offer(cell, accepted, heap);
          }
          idle = heap.isFull() && heap.worst() == worst ? idle + 1 : 0;
        }
      }
      return heap.rows();
    }

    /**
     * Visits all rows that may be within some distance, near cells first.
     *
     * @param visitor is told of rows and tells which distance still matters
     * @throws IOException if the visitor does
     */
    public void within(RowVisitor visitor) throws IOException {
      Cells near = new Cells();
      for (long each : near.order) {
        int cell = (int) each;
        double away = Math.max(0, near.distance(cell) - codeError);
        if (away * away > visitor.squared()) {
          continue;
        }
        visit(cell, visitor);
      }
    }

    private void visit(int cell, RowVisitor visitor) throws IOException {
      double squared = visitor.squared();
      double most = mostCode(squared);
      for (int i = cells.starts()[cell]; i < cells.starts()[cell + 1]; i++) {
        // The code alone rules out most rows, without a root.
        if (VectorUtil.squareDistance(code, codes[i]) > most) {
          continue;
        }
        int row = cells.rows()[i];
        if (leastSquared(row) <= squared) {
          visitor.visit(row);
          if (visitor.squared() < squared) {
            squared = visitor.squared();
            most = mostCode(squared);
          }
        }
      }
    }

    /** The squared distance of codes beyond which rows are farther than some distance. */
    private double mostCode(double squared) {
      return Math.pow((Math.sqrt(squared) + codeError) / unit, 2);
    }

    /** The cells, nearest centre first. */
    private final class Cells {
      private final float[] squared;
      private final long[] order;

      Cells() {
        float[][] centres = cells.centres();
        squared = new float[centres.length];
        order = new long[centres.length];
        for (int cell = 0; cell < centres.length; cell++) {
          squared[cell] = VectorUtil.squareDistance(place, centres[cell]);
          order[cell] = RowHeap.key(squared[cell], cell);
        }
        Arrays.sort(order);
      }

      /** How far the cell's rows are at least, but for rounding. */
      double distance(int cell) {
        int home = (int) order[0];
        double between =
            2 * Math.sqrt(VectorUtil.squareDistance(cells.centres()[home], cells.centres()[cell]));
        return between == 0 ? 0 : (squared[cell] - squared[home]) / between;
      }
    }

    private void offer(int cell, IntPredicate accepted, RowHeap heap) {
      int end = cells.starts()[cell + 1];
      float perUnit = 1 / (unit * unit);
      float worst = heap.worst();
      for (int i = cells.starts()[cell]; i < end; i++) {
        float estimate = VectorUtil.squareDistance(code, codes[i]) + rests[i] * rests[i] * perUnit;
        if (estimate < worst) {
          int row = cells.rows()[i];
          if (accepted.test(row)) {
            heap.add(estimate, row);
            worst = heap.worst();
          }
        }
      }
    }

    /** The same with a loop of its own: in one, asking first would slow the other down. */
    private void offerFew(int cell, IntPredicate accepted, RowHeap heap) {
      int end = cells.starts()[cell + 1];
      float perUnit = 1 / (unit * unit);
      for (int i = cells.starts()[cell]; i < end; i++) {
        int row = cells.rows()[i];
        if (accepted.test(row)) {
          float estimate =
              VectorUtil.squareDistance(code, codes[i]) + rests[i] * rests[i] * perUnit;
          if (estimate < heap.worst()) {
            heap.add(estimate, row);
          }
        }
      }
    }

    /**
     * A squared distance that the vector of a row is not below.
     *
     * @param row the vector's number
     * @return at least 0
     */
    public double leastSquared(int row) {
      int at = positions[row];
      double apart =
          Math.max(0, unit * Math.sqrt(VectorUtil.squareDistance(code, codes[at])) - codeError);
      double left = Math.max(0, Math.abs(rest - rests[at]) - slack(rest) - slack(rests[at]));
      return apart * apart + left * left;
    }

    /**
     * The estimated squared distance of a row.
     *
     * @param row the vector's number
     * @return at least 0
     */
    public double estimate(int row) {
      int at = positions[row];
      float apart = VectorUtil.squareDistance(code, codes[at]);
      return unit * unit * (double) apart + rests[at] * rests[at] + rest * rest;
    }

    /**
     * How far the estimate of a row is off if what it leaves out of both vectors points the same
     * way: the most it can be, but for rounding.
     *
     * @param row the vector's number
     * @return at least 0
     */
    public double leeway(int row) {
      return 2.0 * rest * rests[positions[row]];
    }

    private double slack(float length) {
      return squaredSlack / Math.max(length, Math.sqrt(squaredSlack));
    }
  }

  void write(DataOutput out) throws IOException {
    int cellCount = cells.centres().length;
    out.writeInt(mean.length);
    out.writeInt(width);
    out.writeInt(codes.length);
    out.writeInt(cellCount);
    out.writeInt(Float.floatToIntBits(unit));
    out.writeInt(Float.floatToIntBits(error));
    writeFloats(out, mean);
    for (float[] weights : layer) {
      writeFloats(out, weights);
    }
    for (int cell = 0; cell < cellCount; cell++) {
      writeFloats(out, cells.centres()[cell]);
      out.writeInt(cells.starts()[cell + 1]);
    }
    for (int i = 0; i < codes.length; i++) {
      out.writeInt(cells.rows()[i]);
      out.writeInt(Float.floatToIntBits(rests[i]));
      out.writeBytes(codes[i], 0, width);
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
    int cellCount = in.readInt();
    float unit = Float.intBitsToFloat(in.readInt());
    float error = Float.intBitsToFloat(in.readInt());
    float[] mean = readFloats(in, dimension);
    float[][] layer = new float[dimension][];
    for (int i = 0; i < dimension; i++) {
      layer[i] = readFloats(in, width);
    }
    float[][] centres = new float[cellCount][];
    int[] starts = new int[cellCount + 1];
    for (int cell = 0; cell < cellCount; cell++) {
      centres[cell] = readFloats(in, width);
      starts[cell + 1] = in.readInt();
    }
    int[] rows = new int[size];
    float[] rests = new float[size];
    byte[][] codes = new byte[size][];
    for (int i = 0; i < size; i++) {
      rows[i] = in.readInt();
      rests[i] = Float.intBitsToFloat(in.readInt());
      codes[i] = new byte[width];
      in.readBytes(codes[i], 0, width);
    }
    SketchCells cells = new SketchCells(centres, starts, rows);
    return new VectorSketch(mean, layer, unit, error, cells, codes, rests);
  }

  private static float[] readFloats(DataInput in, int count) throws IOException {
    float[] values = new float[count];
    in.readFloats(values, 0, count);
    return values;
  }
}
