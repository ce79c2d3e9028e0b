package org.seesong.build;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.seesong.index.CatalogueIndex;
import org.seesong.index.CatalogueIndexUpdater;
import org.seesong.index.IndexLayout;

/**
 * Takes songs and pictures out of an index, and gives back the space of what was taken out. What
 * remains stays as it is.
 */
public final class CatalogueChange {
  private CatalogueChange() {}

  /**
   * What was removed.
   *
   * @param songs songs removed
   * @param pictures pictures removed
   * @param problems ids that were not removed, each with the reason
   * @param songsNow songs in the index
   * @param picturesNow pictures in the index
   */
  public record Removal(
      int songs, int pictures, List<String> problems, int songsNow, int picturesNow) {
    public Removal {
      problems = List.copyOf(problems);
    }
  }

  /**
   * Removes songs and pictures in one commit.
   *
   * @param ids owners' ids, or {@code song:ID} and {@code picture:ID} where a song and a picture
   *     have the same
   * @param timeout how long to wait for others who are changing the index
   * @throws IOException if there is no index, it is being changed by others or cannot be written;
   *     it is then as it was
   */
  public static Removal remove(Path folder, List<String> ids, Duration timeout) throws IOException {
    Path root = folder.toAbsolutePath().normalize();
    try (BuildFolder locked = BuildFolder.openBuilt(root, timeout);
        CatalogueIndexUpdater updater = CatalogueIndexUpdater.open(locked.index())) {
      List<String> problems = new ArrayList<>();
      Set<String> found = new LinkedHashSet<>();
      for (String id : new LinkedHashSet<>(ids)) {
        find(updater.before(), id, found, problems);
      }
      int songs = 0;
      for (String documentId : found) {
        boolean song = documentId.startsWith(IndexLayout.SONG + ":");
        songs += song ? 1 : 0;
        updater.remove(
            song ? IndexLayout.SONG : IndexLayout.PICTURE, IndexLayout.ownerId(documentId));
      }
      updater.commit();
      try (CatalogueIndex now = CatalogueIndex.open(locked.index())) {
        return new Removal(songs, found.size() - songs, problems, now.songs(), now.pictures());
      }
    }
  }

  private static void find(
      CatalogueIndex index, String id, Set<String> found, List<String> problems)
      throws IOException {
    boolean named =
        id.startsWith(IndexLayout.SONG + ":") || id.startsWith(IndexLayout.PICTURE + ":");
    if (named && index.document(id) >= 0) {
      found.add(id);
      return;
    }
    String song = IndexLayout.documentId(IndexLayout.SONG, id);
    String picture = IndexLayout.documentId(IndexLayout.PICTURE, id);
    boolean isSong = index.document(song) >= 0;
    boolean isPicture = index.document(picture) >= 0;
    if (isSong && isPicture) {
      problems.add(
          "'" + id + "' is a song and a picture; write '" + song + "' or '" + picture + "'");
    } else if (isSong || isPicture) {
      found.add(isSong ? song : picture);
    } else {
      problems.add("'" + id + "' is neither a song nor a picture of the index");
    }
  }

  /**
   * Merges an index into one part, so that what was removed or replaced takes no space.
   *
   * @param timeout how long to wait for others who are changing the index
   * @throws IOException if there is no index, it is being changed by others or cannot be written;
   *     it is then as it was
   */
  public static void compact(Path folder, Duration timeout) throws IOException {
    Path root = folder.toAbsolutePath().normalize();
    try (BuildFolder locked = BuildFolder.openBuilt(root, timeout);
        CatalogueIndexUpdater updater = CatalogueIndexUpdater.open(locked.index())) {
      updater.compact();
      updater.commit();
    }
  }
}
