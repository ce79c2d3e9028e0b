package org.seesong.index;

import java.util.Arrays;
import java.util.Objects;

/**
 * A small JPEG of a picture as a value.
 *
 * <p>The bytes are shared, not copied: the caller hands them over, and readers must not write to
 * {@link #jpeg()}.
 */
public final class Thumbnail {
  private static final Thumbnail NONE = new Thumbnail(new byte[0]);

  private final byte[] jpeg;

  /**
   * Wraps the bytes of a JPEG file.
   *
   * @param jpeg the bytes; none for no thumbnail; not copied
   */
  public Thumbnail(byte[] jpeg) {
    this.jpeg = Objects.requireNonNull(jpeg, "jpeg");
  }

  /** For a picture without a thumbnail. */
  public static Thumbnail none() {
    return NONE;
  }

  /** The JPEG file; read only by convention. */
  public byte[] jpeg() {
    return jpeg;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Thumbnail thumbnail && Arrays.equals(jpeg, thumbnail.jpeg);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(jpeg);
  }

  @Override
  public String toString() {
    return "Thumbnail[" + jpeg.length + " bytes]";
  }
}
