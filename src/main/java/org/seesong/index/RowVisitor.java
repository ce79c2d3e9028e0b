package org.seesong.index;

import java.io.IOException;

/** Looks at rows of vectors one after another. */
public interface RowVisitor {
  /**
   * The distance beyond which rows do not matter any more.
   *
   * @return squared distance, which may become less with each visit
   */
  double squared();

  /**
   * Looks at a row.
   *
   * @param row the vector's number
   * @throws IOException if reading fails
   */
  void visit(int row) throws IOException;
}
