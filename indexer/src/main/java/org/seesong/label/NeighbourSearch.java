package org.seesong.label;

import java.io.IOException;
import java.util.function.LongConsumer;

/** Finds the labelled pictures nearest to each picture of a catalogue, here or elsewhere. */
public interface NeighbourSearch {
  /**
   * Finds them.
   *
   * @param vectors of all pictures
   * @param labelled numbers of the labelled ones, ascending; a picture does not find itself
   * @param asked how many to find for each picture, at least 1
   * @param progress called with how many pictures have theirs, from any thread
   * @return the neighbours of each picture, which do not depend on who computes them
   */
  Neighbours find(PictureVectors vectors, int[] labelled, int asked, LongConsumer progress)
      throws IOException, InterruptedException;

  /** A search by threads of this process. */
  static NeighbourSearch threads(int threads) {
    return (vectors, labelled, asked, progress) ->
        new NearestLabelledPictures(vectors, vectors, labelled, true, asked, progress)
            .find(threads);
  }
}
