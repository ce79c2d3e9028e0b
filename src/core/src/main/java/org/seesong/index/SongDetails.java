package org.seesong.index;

import java.util.Collections;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the owner says about a song: shown in answers and used by filters.
 *
 * @param title the title as written, or ""
 * @param artist the artist as written, or ""
 * @param language the language tag as written, or ""
 * @param year the year of release, 0 if unknown
 * @param popularity how popular it is in the owner's own unit, NaN if unknown
 * @param attributes the owner's other fields by name; several values of one are joined with {@code
 *     |}
 */
public record SongDetails(
    String title,
    String artist,
    String language,
    int year,
    double popularity,
    SortedMap<String, String> attributes) {
  public SongDetails {
    Objects.requireNonNull(title, "title");
    Objects.requireNonNull(artist, "artist");
    Objects.requireNonNull(language, "language");
    if (Double.isInfinite(popularity)) {
      throw new IllegalArgumentException("popularity must be finite or NaN; got: " + popularity);
    }
    attributes = Collections.unmodifiableSortedMap(new TreeMap<>(attributes));
    attributes.keySet().forEach(name -> IndexLayout.checkTerm("name of an attribute", name));
  }

  /**
   * A song of which nothing but the title is known.
   *
   * @return details without anything else
   */
  public static SongDetails ofTitle(String title) {
    return new SongDetails(title, "", "", 0, Double.NaN, Collections.emptySortedMap());
  }
}
