package org.seesong.label;

/**
 * Vectors in memory; null for a picture without one.
 *
 * @param rows a vector a picture
 * @param dimension numbers in each
 */
record RowVectors(float[][] rows, int dimension) implements PictureVectors {
  @Override
  public int size() {
    return rows.length;
  }

  @Override
  public boolean read(int picture, float[] into) {
    if (rows[picture] == null) {
      return false;
    }
    System.arraycopy(rows[picture], 0, into, 0, dimension);
    return true;
  }
}
