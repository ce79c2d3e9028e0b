package org.seesong.keyword;

/**
 * The passes of {@link CatalogueStatistics} over all songs of a catalogue. Who computes them
 * differs, not the result.
 */
interface SongPasses {
  /** First pass: parts of titles. */
  CatalogueStatistics titles();

  /** Second pass: words, and where they start and end. */
  SegmentedSongs words(SharedTitlePrefixes prefixes);

  /**
   * Third pass: keywords.
   *
   * @param bounds what the second pass gave
   */
  SongCounts counts(SharedTitlePrefixes prefixes, Vocabulary candidates, WordBounds[] bounds);
}
