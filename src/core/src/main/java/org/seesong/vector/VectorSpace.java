package org.seesong.vector;

/**
 * Which space vectors live in: only vectors of the same space can be compared.
 *
 * @param id what made the vectors, with the hash of its weights or options, such as {@code
 *     mobilenet_v2-ab12}; printable, without {@code ;}, at most 200 characters
 * @param dimension numbers in a vector, 1 to {@value #MAX_DIMENSION}
 */
public record VectorSpace(String id, int dimension) {
  /** The largest dimension taken. */
  public static final int MAX_DIMENSION = 16_384;

  private static final int MAX_ID_LENGTH = 200;

  public VectorSpace {
    if (id.isBlank()
        || id.length() > MAX_ID_LENGTH
        || id.chars().anyMatch(c -> c == ';' || Character.isISOControl(c))) {
      throw new IllegalArgumentException(
          "id of a vector space must be 1 to "
              + MAX_ID_LENGTH
              + " printable characters without ';'; got: '"
              + id
              + "'");
    }
    if (dimension < 1 || dimension > MAX_DIMENSION) {
      throw new IllegalArgumentException(
          "dimension of vector space '"
              + id
              + "' must be 1 to "
              + MAX_DIMENSION
              + "; got: "
              + dimension);
    }
  }

  /**
   * The space as messages print it.
   *
   * @return such as {@code 'descriptor-1' (512 dimensions)}
   */
  @Override
  public String toString() {
    return "'" + id + "' (" + dimension + " dimensions)";
  }
}
