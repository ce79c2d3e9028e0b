package org.seesong.part;

import java.io.IOException;
import java.io.Serializable;

/**
 * The work of one part. It travels to whichever machine computes it, perhaps to several at once or
 * one after another, so it writes a file of its own name each time and changes nothing else.
 */
public interface PartTask extends Serializable {
  /** The number of the part, from 0. */
  int part();

  /**
   * Computes the part and writes it, whole or not at all.
   *
   * @return the file, as {@link PartFolder#attempt} named it
   * @throws IOException if something cannot be read or written
   * @throws InterruptedException if the thread is interrupted
   */
  String run() throws IOException, InterruptedException;
}
