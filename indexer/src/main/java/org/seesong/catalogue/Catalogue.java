package org.seesong.catalogue;

import java.util.List;
import java.util.Objects;

/**
 * Everything the owner's files held: the good rows in the order of the files, and what was wrong
 * with the others.
 *
 * @param songs the songs; no two share an id
 * @param pictures the pictures; no two share an id, and each file existed when read
 * @param problems what was wrong
 * @param notTaken files in picture folders that were no pictures, hidden or by-products
 */
public record Catalogue(
    List<Song> songs, List<Picture> pictures, Problems problems, FilesNotTaken notTaken) {
  public Catalogue {
    songs = List.copyOf(songs);
    pictures = List.copyOf(pictures);
    Objects.requireNonNull(problems, "problems");
    Objects.requireNonNull(notTaken, "notTaken");
  }
}
