package org.seesong.index;

import java.util.List;
import java.util.Objects;
import org.seesong.vector.FloatVector;

/**
 * A song on its way into the index.
 *
 * @param id the owner's name for it, unique among songs, 1 to 1,000 characters
 * @param details what is shown and filtered by
 * @param keywords its keywords, strongest first; empty if none is known
 * @param firstLines the first few lines of the lyrics, for display
 * @param searchText what text search sees
 * @param networkVector its place in the network, not all zeros; empty for a song that is not
 *     connected
 */
public record SongDocument(
    String id,
    SongDetails details,
    List<WeightedKeyword> keywords,
    List<String> firstLines,
    SearchText searchText,
    FloatVector networkVector) {
  public SongDocument {
    IndexLayout.checkTerm("id of a song", id);
    Objects.requireNonNull(details, "details");
    Objects.requireNonNull(searchText, "searchText");
    Objects.requireNonNull(networkVector, "networkVector");
    keywords = List.copyOf(keywords);
    firstLines = List.copyOf(firstLines);
    IndexLayout.checkKeywords(keywords);
  }
}
