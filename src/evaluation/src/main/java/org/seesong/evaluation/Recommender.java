package org.seesong.evaluation;

import java.io.IOException;
import java.util.List;

/**
 * A way to answer which songs fit a query picture.
 *
 * <p>What a way may know is what its constructor takes. All are asked the same questions, from
 * several threads at once, and an answer must depend on the question alone (and a seed).
 */
interface Recommender {
  /**
   * Recommends songs.
   *
   * @param question the query's number and the pictures that look most like it
   * @param songs how many songs at most
   * @return distinct songs, best first; fewer if the way finds no more
   * @throws IOException if reading an index fails
   */
  List<Recommended> recommend(Question question, int songs) throws IOException;
}
