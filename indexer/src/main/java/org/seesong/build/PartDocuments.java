package org.seesong.build;

import java.io.IOException;
import java.io.Serializable;
import org.seesong.index.CatalogueIndexWriter;

/** Documents of one file of inputs, to be made on whichever machine. */
interface PartDocuments extends Serializable {
  /** Adds them in their order. */
  void addTo(CatalogueIndexWriter writer, IndexSource source)
      throws IOException, InterruptedException;

  /** Ends the work of a machine that nobody waits for any more. */
  static void requireWanted() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("interrupted between documents");
    }
  }
}
