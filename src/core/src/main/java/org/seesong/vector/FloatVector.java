package org.seesong.vector;

import java.util.Arrays;
import java.util.Objects;
import org.apache.lucene.util.VectorUtil;

/**
 * One vector of floats as a value: compared by content, short to print, checked for NaN and
 * infinity once.
 *
 * <p>The array is shared, not copied: the maker of the vector hands it over, and readers must not
 * write to {@link #values()}. Immutable under that rule, so safe for any number of threads.
 */
public final class FloatVector {
  private static final FloatVector EMPTY = new FloatVector(new float[0]);
  private static final int PRINTED = 4;

  private final float[] values;

  /**
   * Wraps an array.
   *
   * @param values the numbers, all finite; not copied
   * @throws IllegalArgumentException if a number is NaN or infinite; says which
   */
  public FloatVector(float[] values) {
    this.values = Objects.requireNonNull(values, "values");
    int odd = firstNotFinite(values);
    if (odd >= 0) {
      throw new IllegalArgumentException(
          "value " + odd + " of a vector must be finite; got: " + values[odd]);
    }
  }

  /**
   * The vector without numbers, for "there is none".
   *
   * @return a vector of dimension 0
   */
  public static FloatVector empty() {
    return EMPTY;
  }

  /**
   * Finds a number that no distance can be taken of.
   *
   * @param values any numbers
   * @return index of the first NaN or infinity, -1 if there is none
   */
  public static int firstNotFinite(float[] values) {
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        return i;
      }
    }
    return -1;
  }

  /**
   * How many numbers it has.
   *
   * @return the dimension, 0 if empty
   */
  public int dimension() {
    return values.length;
  }

  /**
   * Whether it has no numbers.
   *
   * @return true if the dimension is 0
   */
  public boolean isEmpty() {
    return values.length == 0;
  }

  /**
   * The backing array; read only by convention.
   *
   * @return the numbers
   */
  public float[] values() {
    return values;
  }

  /**
   * The Euclidean length, summed in doubles, so that it cannot overflow.
   *
   * @return length, at least 0
   */
  public double norm() {
    double sum = 0;
    for (float value : values) {
      sum += (double) value * value;
    }
    return Math.sqrt(sum);
  }

  /**
   * The squared Euclidean distance, summed in floats by Lucene's kernel.
   *
   * @param other as many numbers as this vector has
   */
  public float squaredDistance(float[] other) {
    return VectorUtil.squareDistance(values, other);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FloatVector vector && Arrays.equals(values, vector.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    String start = Arrays.toString(Arrays.copyOf(values, Math.min(PRINTED, values.length)));
    return values.length <= PRINTED
        ? start
        : start.substring(0, start.length() - 1) + ", ... " + values.length + " numbers]";
  }
}
