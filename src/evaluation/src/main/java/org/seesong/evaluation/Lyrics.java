package org.seesong.evaluation;

import java.io.IOException;
import java.util.BitSet;
import java.util.List;

/** Tells which songs' lyrics hold a word. */
interface Lyrics {
  /**
   * Finds words.
   *
   * @param words words, folded
   * @return for each word the songs, by number, whose lyrics hold it
   * @throws IOException if an index cannot be read
   */
  List<BitSet> holding(List<String> words) throws IOException;

  /** How words are found, for the report. */
  String describe();
}
