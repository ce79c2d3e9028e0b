package org.seesong.vector;

import java.util.Objects;

/**
 * A dense row-major matrix of floats: {@code rows} vectors of {@code dimension} numbers each, in
 * one flat array.
 *
 * <p>The array is shared, not copied: whoever makes the matrix hands it over, and readers must not
 * write to {@link #data()}. Safe for any number of reading threads once it is published safely.
 */
public final class FloatMatrix {
  private final float[] data;
  private final int rows;
  private final int dimension;

  /**
   * Wraps a flat array.
   *
   * @param data the numbers, row after row; not copied
   * @param dimension numbers in a row, at least 1; must divide the length of {@code data}
   * @throws IllegalArgumentException if {@code dimension} does not fit {@code data}
   */
  public FloatMatrix(float[] data, int dimension) {
    this.data = Objects.requireNonNull(data, "data");
    if (dimension < 1 || data.length % dimension != 0) {
      throw new IllegalArgumentException(
          "dimension must be at least 1 and divide the number of floats ("
              + data.length
              + "); got: "
              + dimension);
    }
    this.dimension = dimension;
    this.rows = data.length / dimension;
  }

  /**
   * A matrix of zeros.
   *
   * @param rows number of rows, at least 0
   * @param dimension numbers in a row, at least 1
   * @return the matrix
   * @throws IllegalArgumentException if a size is out of range or the matrix needs more than 2^31-1
   *     floats
   */
  public static FloatMatrix zeros(int rows, int dimension) {
    if (rows < 0 || dimension < 1 || (long) rows * dimension > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "rows * dimension must be between 0 and 2^31-9 floats; got: " + rows + " * " + dimension);
    }
    return new FloatMatrix(new float[rows * dimension], dimension);
  }

  /**
   * Number of vectors.
   *
   * @return number of rows
   */
  public int rows() {
    return rows;
  }

  /**
   * Numbers in a vector.
   *
   * @return length of a row
   */
  public int dimension() {
    return dimension;
  }

  /**
   * The backing array, row after row; read only by convention.
   *
   * @return the numbers
   */
  public float[] data() {
    return data;
  }

  /**
   * A copy of one row.
   *
   * @param row index of the row
   * @return {@link #dimension()} numbers
   * @throws IndexOutOfBoundsException if there is no such row
   */
  public float[] row(int row) {
    Objects.checkIndex(row, rows);
    float[] copy = new float[dimension];
    System.arraycopy(data, row * dimension, copy, 0, dimension);
    return copy;
  }
}
