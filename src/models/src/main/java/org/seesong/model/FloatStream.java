package org.seesong.model;

import java.io.IOException;

/** The numbers of one kernel or bias, from first to last. Used by one thread. */
@FunctionalInterface
public interface FloatStream {
  /**
   * Reads the next numbers. Callers never ask for more than the tensor has.
   *
   * @param target filled from its start
   * @param count how many, at most the target's length
   * @throws IOException if the file behind it fails
   */
  void read(float[] target, int count) throws IOException;
}
