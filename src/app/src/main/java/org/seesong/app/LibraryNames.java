package org.seesong.app;

import java.util.Map;
import org.seesong.query.QueryException;

/** Tells the library's refusals of options by the names that the command line has for them. */
final class LibraryNames {
  private static final Map<String, String> OPTIONS =
      Map.of(
          "songs", "--songs",
          "pictures", "--pictures",
          "songsPerPicture", "--songs-per-picture",
          "filters", "--filter",
          "pictureFilters", "--picture-filter",
          "boosts", "--boost",
          "excludedSongs", "--exclude",
          "coverage", "--coverage",
          "variety", "--variety",
          "maxPerArtist", "--max-per-artist");

  private LibraryNames() {}

  /** A value that the library refuses, as a mistake on the command line. */
  static UsageException usage(QueryException refusal) {
    String message = refusal.getMessage();
    int end = message.indexOf(' ');
    String name = OPTIONS.get(end < 0 ? "" : message.substring(0, end));
    return new UsageException(
        name == null ? refusal : new QueryException(name + message.substring(end)));
  }
}
