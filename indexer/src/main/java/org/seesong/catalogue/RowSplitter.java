package org.seesong.catalogue;

import java.io.IOException;

/** Cuts the lines of a table into rows and fields; the first row is the header. */
interface RowSplitter {
  /** The next row, or null at the end of the file; blank lines are no rows. */
  RawRow next() throws IOException;
}
