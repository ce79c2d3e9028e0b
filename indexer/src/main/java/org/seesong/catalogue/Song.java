package org.seesong.catalogue;

import java.util.Collections;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A song as its owner wrote it.
 *
 * <p>Text fields are never null: what the owner left out is the empty string. At least one of title
 * and lyrics holds something.
 *
 * @param id the owner's name for the song, unique in a catalogue, not blank
 * @param title the title, or ""
 * @param artist the artist, or ""; several are joined with ", "
 * @param lyrics the lyrics with their line breaks, or ""
 * @param language the language tag as written, or ""
 * @param popularity how popular the song is in the owner's own unit, finite and at least 0; NaN
 *     when not given
 * @param year the year of release, {@value #MIN_YEAR} to {@value #MAX_YEAR}; 0 when not given
 * @param attributes the owner's other fields as text, by name; several values of one field are
 *     joined with {@code |}
 */
public record Song(
    String id,
    String title,
    String artist,
    String lyrics,
    String language,
    double popularity,
    int year,
    SortedMap<String, String> attributes) {
  /** Earliest year taken. */
  public static final int MIN_YEAR = 1;

  /** Latest year taken. */
  public static final int MAX_YEAR = 2999;

  public Song {
    if (id.isBlank()) {
      throw new IllegalArgumentException("id of a song must not be blank");
    }
    Objects.requireNonNull(artist, "artist");
    Objects.requireNonNull(language, "language");
    if (title.isBlank() && lyrics.isBlank()) {
      throw new IllegalArgumentException("song '" + id + "' needs a title or lyrics");
    }
    if (popularity < 0 || Double.isInfinite(popularity)) {
      throw new IllegalArgumentException(
          "popularity of song '" + id + "' must be finite and at least 0; got: " + popularity);
    }
    if (year != 0 && (year < MIN_YEAR || year > MAX_YEAR)) {
      throw new IllegalArgumentException(
          "year of song '" + id + "' must be 0 or 1 to 2999; got: " + year);
    }
    attributes = Collections.unmodifiableSortedMap(new TreeMap<>(attributes));
  }

  /**
   * Whether the owner gave a popularity.
   *
   * @return true if {@link #popularity()} is a number
   */
  public boolean hasPopularity() {
    return !Double.isNaN(popularity);
  }

  /**
   * Whether the owner gave a year.
   *
   * @return true if {@link #year()} is not 0
   */
  public boolean hasYear() {
    return year != 0;
  }
}
