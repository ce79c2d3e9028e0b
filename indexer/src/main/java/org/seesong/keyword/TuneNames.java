package org.seesong.keyword;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.seesong.catalogue.Song;

/**
 * Parts of Chinese titles that name a tune, a play or a sort of version rather than what a song is
 * about: 蝶恋花 is on hundreds of songs, of which hardly one holds a butterfly.
 *
 * <p>A part is a run of Chinese characters up to the first one that is no letter or digit: {@code
 * 水调歌头·明月几时有} and {@code 窦娥冤・点绛唇} have two. It is such a name if more songs have it than {@link
 * KeywordOptions#maxSongsPerTitle} and more than {@link KeywordOptions#maxTitleShare} of all songs,
 * and hardly any of their lyrics holds it. So many songs called 雪 that sing of snow stay songs
 * about snow, and titles in other scripts are always read.
 *
 * <p>A whole title needs more: lyrics that show it, and either that other songs have it as a part
 * of a longer title, or twice as many songs.
 *
 * @param parts not read where they are a part of a longer title
 * @param titles those of them that are not read where they are the whole title either
 */
public record TuneNames(SortedSet<String> parts, SortedSet<String> titles) {
  static final TuneNames NONE = new TuneNames(Collections.emptySortedSet(), new TreeSet<>());

  /** Songs of a name whose lyrics are looked at. */
  private static final int SAMPLE = 200;

  /**
   * Lyrics of a name's songs that may hold it; a title that says what its songs are about is in
   * most.
   */
  private static final double MAX_SHARE_OF_LYRICS = 0.1;

  /** How many times as many songs a whole title needs that is no part of another title. */
  private static final int WHOLE_TITLE_FACTOR = 2;

  public TuneNames {
    parts = Collections.unmodifiableSortedSet(new TreeSet<>(parts));
    titles = Collections.unmodifiableSortedSet(new TreeSet<>(titles));
  }

  /** What is known of one part of titles. */
  private static final class Count {
    private int songs;
    private boolean inLongerTitle;
    private int sampled;
    private int inLyrics;
  }

  /** Finds the names of a catalogue. */
  static TuneNames of(List<Song> songs, KeywordTools tools, KeywordOptions options) {
    Map<String, Count> counts = new HashMap<>();
    for (Song song : songs) {
      String title = title(song, tools);
      for (String part : parts(title)) {
        Count count = counts.computeIfAbsent(part, p -> new Count());
        count.songs++;
        count.inLongerTitle |= part.length() < title.length();
      }
    }
    double bound = Math.max(options.maxSongsPerTitle(), options.maxTitleShare() * songs.size());
    counts.values().removeIf(count -> count.songs <= bound);
    if (counts.isEmpty()) {
      return NONE;
    }
    for (Song song : songs) {
      lookAtLyrics(song, tools, counts);
    }
    SortedSet<String> parts = new TreeSet<>();
    SortedSet<String> titles = new TreeSet<>();
    counts.forEach(
        (part, count) -> {
          if (count.inLyrics <= MAX_SHARE_OF_LYRICS * count.sampled) {
            parts.add(part);
            if (count.sampled > 0
                && (count.inLongerTitle || count.songs > WHOLE_TITLE_FACTOR * bound)) {
              titles.add(part);
            }
          }
        });
    return new TuneNames(parts, titles);
  }

  private static void lookAtLyrics(Song song, KeywordTools tools, Map<String, Count> counts) {
    if (song.lyrics().isBlank()) {
      return;
    }
    String lyrics = null;
    for (String part : parts(title(song, tools))) {
      Count count = counts.get(part);
      if (count != null && count.sampled < SAMPLE) {
        lyrics = lyrics == null ? words(song, tools) : lyrics;
        count.sampled++;
        count.inLyrics += lyrics.contains(part) ? 1 : 0;
      }
    }
  }

  private static String title(Song song, KeywordTools tools) {
    return Vocabulary.canonical(tools.cleaner().titleWords(song.title()), tools.folder());
  }

  private static String words(Song song, KeywordTools tools) {
    return tools.folder().fold(tools.cleaner().clean(song.title(), song.lyrics()).words());
  }

  /** A title, in the form in which words compare, without these names. */
  String removeFrom(String title) {
    if (titles.contains(title)) {
      return "";
    }
    if (parts.isEmpty()) {
      return title;
    }
    StringBuilder rest = new StringBuilder(title.length());
    int end = 0;
    for (Part part : split(title)) {
      boolean whole = part.end() - part.start() == title.length();
      if (!whole && parts.contains(title.substring(part.start(), part.end()))) {
        rest.append(title.substring(end, part.start()));
        end = part.end();
      }
    }
    return rest.append(title, end, title.length()).toString().strip();
  }

  private record Part(int start, int end) {}

  private static Set<String> parts(String title) {
    Set<String> parts = new HashSet<>();
    split(title).forEach(part -> parts.add(title.substring(part.start(), part.end())));
    return parts;
  }

  /** The parts that are Chinese throughout, in their order. */
  private static List<Part> split(String title) {
    List<Part> parts = new ArrayList<>();
    int start = 0;
    while (start < title.length()) {
      int end = start;
      boolean chinese = true;
      while (end < title.length() && Character.isLetterOrDigit(title.codePointAt(end))) {
        int character = title.codePointAt(end);
        chinese &= Character.isIdeographic(character);
        end += Character.charCount(character);
      }
      if (end > start && chinese) {
        parts.add(new Part(start, end));
      }
      start = Math.max(end, start + 1);
    }
    return parts;
  }
}
