package org.seesong.keyword;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Parts of Chinese titles that name a tune, a play or a sort of version rather than what a song is
 * about, and are not read as words: 蝶恋花 is on hundreds of songs, of which hardly one holds a
 * butterfly.
 *
 * <p>A part is a run of Chinese characters up to the first one that is no letter or digit: {@code
 * 水调歌头·明月几时有} and {@code 窦娥冤・点绛唇} have two. It is shared if more songs have it than {@link
 * KeywordOptions#maxTitleFrequency} and more than {@link KeywordOptions#maxTitleShare} of all
 * songs, and at most a tenth of their lyrics hold it. So many songs called 雪 that sing of snow stay
 * songs about snow, and titles in other scripts are always read.
 *
 * <p>A whole title needs more: lyrics, and either that other songs have it as a part of a longer
 * title, or twice as many songs.
 *
 * @param prefixes not read where they are a part of a longer title
 * @param titles those of them that are not read where they are the whole title either
 */
public record SharedTitlePrefixes(SortedSet<String> prefixes, SortedSet<String> titles)
    implements Serializable {
  /** Share of lyrics that may hold it; a title that says what its songs are about is in most. */
  private static final double MAX_SHARE_OF_LYRICS = 0.1;

  /** How many times as many songs a whole title needs that is no part of another title. */
  private static final int WHOLE_TITLE_FACTOR = 2;

  public SharedTitlePrefixes {
    prefixes = Collections.unmodifiableSortedSet(new TreeSet<>(prefixes));
    titles = Collections.unmodifiableSortedSet(new TreeSet<>(titles));
  }

  /** Finds them by the counts of {@link CatalogueStatistics#ofTitle}. */
  public static SharedTitlePrefixes fit(CatalogueStatistics statistics, KeywordOptions options) {
    double bound =
        Math.max(options.maxTitleFrequency(), options.maxTitleShare() * statistics.songs());
    SortedSet<String> prefixes = new TreeSet<>();
    SortedSet<String> titles = new TreeSet<>();
    statistics
        .titles()
        .forEach(
            (part, count) -> {
              if (count.songs() > bound
                  && count.inLyrics() <= MAX_SHARE_OF_LYRICS * count.withLyrics()) {
                prefixes.add(part);
                if (count.withLyrics() > 0
                    && (count.inLongerTitles() > 0 || count.songs() > WHOLE_TITLE_FACTOR * bound)) {
                  titles.add(part);
                }
              }
            });
    return new SharedTitlePrefixes(prefixes, titles);
  }

  /** A title, in the form in which words compare, without these parts. */
  String removeFrom(String title) {
    if (titles.contains(title)) {
      return "";
    }
    if (prefixes.isEmpty()) {
      return title;
    }
    StringBuilder rest = new StringBuilder(title.length());
    int end = 0;
    for (Part part : split(title)) {
      boolean whole = part.end() - part.start() == title.length();
      if (!whole && prefixes.contains(title.substring(part.start(), part.end()))) {
        rest.append(title.substring(end, part.start()));
        end = part.end();
      }
    }
    return rest.append(title, end, title.length()).toString().strip();
  }

  private record Part(int start, int end) {}

  /** The different parts of a title in the form in which words compare. */
  static Set<String> parts(String title) {
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
