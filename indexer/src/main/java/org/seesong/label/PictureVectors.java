package org.seesong.label;

import java.io.IOException;

/** Gives the image embeddings of numbered pictures; called from several threads at once. */
public interface PictureVectors {
  /**
   * Number of pictures.
   *
   * @return at least 0
   */
  int size();

  /**
   * Numbers in a vector.
   *
   * @return the dimension, at least 1
   */
  int dimension();

  /**
   * Copies the vector of a picture.
   *
   * @param picture its number, from 0
   * @param into where to, as many floats as the dimension
   * @return false if the picture has no vector; {@code into} is then of no meaning
   * @throws IOException if reading fails
   */
  boolean read(int picture, float[] into) throws IOException;
}
