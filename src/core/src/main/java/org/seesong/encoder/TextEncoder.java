package org.seesong.encoder;

import java.util.List;
import org.seesong.vector.VectorSpace;

/**
 * A text encoder: turns short texts into vectors of length 1, where a large inner product (cosine)
 * means that two texts speak of the same thing. Asymmetric, as in passage retrieval: what is looked
 * for and what is looked through are encoded with the prefixes their model was trained with.
 *
 * <p>A text's vector does not depend on what is encoded beside it. Implementations are safe for any
 * number of threads until they are closed.
 */
public interface TextEncoder extends AutoCloseable {
  /** What a text is to the model. */
  enum Role {
    /** What is looked for: a keyword's description, a user's words. */
    QUERY,
    /** What is looked through: a line of lyrics. */
    PASSAGE
  }

  /** Names the vector space: letters a-z, digits, dot, underscore and hyphen only. */
  String id();

  /** Numbers in a vector, at least 1. */
  int dimension();

  /**
   * The vectors of some texts; a text's words beyond the model's limit (126 word pieces) are left
   * out.
   *
   * @param texts any number, may be empty
   * @param role what all of them are
   * @return {@code float[texts][dimension]}, each of length 1
   * @throws IllegalStateException if the encoder is closed
   * @throws EncoderException if the engine behind it fails
   */
  float[][] encode(List<String> texts, Role role);

  /** The space of its vectors. */
  default VectorSpace space() {
    return new VectorSpace(id(), dimension());
  }

  /** Frees what the encoder holds. A second call does nothing. */
  @Override
  void close();
}
