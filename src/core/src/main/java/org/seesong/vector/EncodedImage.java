package org.seesong.vector;

import java.util.Objects;

/**
 * An image embedding together with the vector space it belongs to. It can only be compared with
 * vectors of that space; an index refuses one from any other.
 *
 * <p>Immutable: the numbers are a private copy. {@link FloatVector#values()} of {@link #vector()}
 * must not be written to.
 */
public final class EncodedImage {
  private final VectorSpace space;
  private final FloatVector vector;

  /**
   * An embedding that an encoder computed.
   *
   * @param space the encoder's space
   * @param values {@code float[space.dimension()]}, all finite; copied
   * @throws IllegalArgumentException if the dimension is not the space's, or a number is NaN or
   *     infinite
   */
  public EncodedImage(VectorSpace space, float[] values) {
    this.space = Objects.requireNonNull(space, "space");
    if (values.length != space.dimension()) {
      throw new IllegalArgumentException(
          "an image of space " + space + " cannot have " + values.length + " numbers");
    }
    this.vector = new FloatVector(values.clone());
  }

  /**
   * What the vector can be compared with.
   *
   * @return the space of the encoder
   */
  public VectorSpace space() {
    return space;
  }

  /**
   * The embedding.
   *
   * @return a vector of the space's dimension
   */
  public FloatVector vector() {
    return vector;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof EncodedImage image
        && space.equals(image.space)
        && vector.equals(image.vector);
  }

  @Override
  public int hashCode() {
    return 31 * space.hashCode() + vector.hashCode();
  }

  @Override
  public String toString() {
    return vector + " of " + space;
  }
}
