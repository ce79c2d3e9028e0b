package org.seesong.index;

import java.util.Objects;

/**
 * What text search sees of a song, apart from what is shown. The indexer passes both in one script,
 * so that a query folded the same way finds songs of either.
 *
 * @param title the title, or ""
 * @param lyrics all of the lyrics, or ""
 */
public record SearchText(String title, String lyrics) {
  public SearchText {
    Objects.requireNonNull(title, "title");
    Objects.requireNonNull(lyrics, "lyrics");
  }
}
