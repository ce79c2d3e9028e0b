package org.seesong.vector;

import java.util.Objects;

/**
 * A dense row-major matrix of floats: {@code rows} vectors of {@code dimension} numbers each, in
 * one flat array, or in several where one does not hold them.
 *
 * <p>Arrays are shared, not copied: the maker of the matrix hands them over, and readers must not
 * write to them. Safe for any number of reading threads once it is published safely.
 */
public final class FloatMatrix {
  /** Floats that every JVM can put into an array. */
  public static final int MAX_ARRAY = Integer.MAX_VALUE - 8;

  private static final int ONE_BLOCK = 31;

  private final float[][] blocks;

  /** Row r stands in block r >>> shift. */
  private final int shift;

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
    Objects.requireNonNull(data, "data");
    if (dimension < 1 || data.length % dimension != 0) {
      throw new IllegalArgumentException(
          "dimension must be at least 1 and divide the number of floats ("
              + data.length
              + "); got: "
              + dimension);
    }
    this.blocks = new float[][] {data};
    this.shift = ONE_BLOCK;
    this.dimension = dimension;
    this.rows = data.length / dimension;
  }

  /**
   * Wraps arrays of 2^shift rows each, of which the last may have fewer.
   *
   * @param blocks the numbers, row after row; not copied; each may be longer than its rows are
   * @param shift how many rows an array has, as a power of 2, 0 to 31
   * @param rows number of rows
   * @param dimension numbers in a row, at least 1
   * @throws IllegalArgumentException if the arrays are too few or too short
   */
  public FloatMatrix(float[][] blocks, int shift, int rows, int dimension) {
    if (rows < 0 || dimension < 1 || shift < 0 || shift > ONE_BLOCK) {
      throw new IllegalArgumentException(
          "not a matrix: " + rows + " rows of " + dimension + " in blocks of 2^" + shift);
    }
    for (long first = 0; first < rows; first += 1L << shift) {
      int block = (int) (first >>> shift);
      long needed = Math.min(rows - first, 1L << shift) * dimension;
      if (block >= blocks.length || blocks[block].length < needed) {
        throw new IllegalArgumentException(
            "block " + block + " must have " + needed + " floats of " + rows + " rows");
      }
    }
    this.blocks = blocks.clone();
    this.shift = shift;
    this.rows = rows;
    this.dimension = dimension;
  }

  /**
   * A matrix of zeros in one array.
   *
   * @param rows number of rows, at least 0
   * @param dimension numbers in a row, at least 1
   * @return the matrix
   * @throws IllegalArgumentException if a size is out of range or the matrix needs more than 2^31-1
   *     floats
   */
  public static FloatMatrix zeros(int rows, int dimension) {
    if (rows < 0 || dimension < 1 || (long) rows * dimension > MAX_ARRAY) {
      throw new IllegalArgumentException(
          "rows * dimension must be between 0 and 2^31-9 floats; got: " + rows + " * " + dimension);
    }
    return new FloatMatrix(new float[rows * dimension], dimension);
  }

  /**
   * A matrix of zeros in one array if it fits, else in several.
   *
   * @param rows number of rows, at least 0
   * @param dimension numbers in a row, at least 1
   * @return the matrix
   */
  public static FloatMatrix large(int rows, int dimension) {
    if ((long) rows * dimension <= MAX_ARRAY) {
      return zeros(rows, dimension);
    }
    int shift = shiftFor(MAX_ARRAY, dimension);
    return new FloatMatrix(blocks(rows, dimension, shift), shift, rows, dimension);
  }

  /**
   * The largest blocks of rows that fit arrays.
   *
   * @param mostFloats floats that an array may have
   * @param dimension numbers in a row, at most as many
   * @return their number as a power of 2
   */
  public static int shiftFor(int mostFloats, int dimension) {
    return 31 - Integer.numberOfLeadingZeros(Math.max(1, mostFloats / dimension));
  }

  /**
   * Arrays of zeros.
   *
   * @param rows number of rows, at least 0
   * @param dimension numbers in a row, at least 1
   * @param shift how many rows an array has, as a power of 2
   * @return the arrays; the last has as many rows as are left
   */
  public static float[][] blocks(int rows, int dimension, int shift) {
    float[][] blocks = new float[(int) ((rows + (1L << shift) - 1) >>> shift)][];
    for (int block = 0; block < blocks.length; block++) {
      long left = rows - ((long) block << shift);
      blocks[block] = new float[Math.toIntExact(Math.min(left, 1L << shift) * dimension)];
    }
    return blocks;
  }

  /**
   * The same arrays, of the same numbers of rows each, as a matrix of fewer or shorter rows.
   *
   * @param fewer number of rows, at most {@link #rows}
   * @param shorter numbers in a row, at most {@link #dimension}
   * @return a matrix that shares its numbers with this one
   */
  public FloatMatrix sharing(int fewer, int shorter) {
    return new FloatMatrix(blocks, shift, fewer, shorter);
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
   * The backing array of a matrix that has only one, row after row; read only by convention.
   *
   * @return the numbers
   * @throws IllegalStateException if there are several: see {@link #block}
   */
  public float[] data() {
    if (shift != ONE_BLOCK) {
      throw new IllegalStateException(
          rows + " rows of " + dimension + " floats stand in several arrays");
    }
    return blocks[0];
  }

  /**
   * The array that a row stands in; read only by convention.
   *
   * @param row index of the row
   * @return the numbers of the row, from {@link #at}, and of others
   */
  public float[] block(int row) {
    return blocks[row >>> shift];
  }

  /**
   * Where a row begins in its {@link #block}.
   *
   * @param row index of the row
   * @return index of its first number
   */
  public int at(int row) {
    return (row & (int) ((1L << shift) - 1)) * dimension;
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
    System.arraycopy(block(row), at(row), copy, 0, dimension);
    return copy;
  }
}
