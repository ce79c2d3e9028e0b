package org.seesong.evaluation;

import java.io.IOException;
import java.util.List;

/**
 * Ranks songs for a query picture.
 *
 * <p>What an implementation may know is what it is made from. Safe for any number of threads; a
 * ranking depends on the query and the seed only.
 */
interface Recommender {
  /** Distinct songs, best first, at most so many. */
  List<RankedSong> recommend(Query query, int songs) throws IOException;
}
