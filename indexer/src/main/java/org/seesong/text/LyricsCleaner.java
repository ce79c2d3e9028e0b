package org.seesong.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Tells sung words from what else stands in lyrics: LRC tags, HTML, escapes, credits, names of
 * sections, texts of lyric pages, stage directions, placeholders for songs without words. The entry
 * to this package.
 *
 * <p>Tags and markup are taken out of the text. All else stays in the text that is shown and does
 * not count as sung. Cleaning is linear in the text's length, never fails, and cleaning what is
 * clean changes nothing.
 *
 * <p>Immutable; safe for any number of threads.
 */
public final class LyricsCleaner {
  /** The option of an index's identity that says whether its lyrics were cleaned. */
  public static final String OPTION = "lyrics";

  /**
   * Version of the rules, which changes whenever they make other words count as sung; for lists it
   * need not, see {@link #rules}.
   */
  private static final int VERSION = 2;

  private static final LyricsCleaner ON = new LyricsCleaner(true);
  private static final LyricsCleaner OFF = new LyricsCleaner(false);

  private final boolean on;

  private LyricsCleaner(boolean on) {
    this.on = on;
  }

  /**
   * A cleaner, or one that leaves texts as they are.
   *
   * @param on whether to clean
   * @return the cleaner
   */
  public static LyricsCleaner of(boolean on) {
    return on ? ON : OFF;
  }

  /**
   * The cleaner of an index.
   *
   * @param options what the index's identity says it was built with
   * @return a cleaner as the index's own
   */
  public static LyricsCleaner ofIndex(Map<String, String> options) {
    return of(ON.describe().equals(options.get(OPTION)));
  }

  /**
   * What decides which words are sung: the version of the rules, and all lists.
   *
   * @return lines, the same in every run; others if other words may count as sung
   */
  public static List<String> rules() {
    List<String> lines = new ArrayList<>(List.of("lyrics " + VERSION));
    lines.addAll(TextLists.entries());
    return lines;
  }

  /**
   * The value of {@link #OPTION}.
   *
   * @return {@code cleaned} or {@code as written}
   */
  public String describe() {
    return on ? "cleaned" : "as written";
  }

  /**
   * Whether this cleaner cleans.
   *
   * @return false if it leaves texts as they are
   */
  public boolean isOn() {
    return on;
  }

  /**
   * Cleans lyrics.
   *
   * @param title the song's title, by which a heading is known; may be ""
   * @param lyrics the lyrics as the owner wrote them; may be ""
   * @return what to show and what counts
   */
  public CleanedLyrics clean(String title, String lyrics) {
    if (!on || lyrics.isBlank()) {
      return new CleanedLyrics(lyrics, lyrics, CleaningCounts.NONE);
    }
    Tally tally = new Tally();
    String shown = MarkupReader.read(lyrics, tally);
    LyricsLines lines = new LyricsLines(shown);
    SectionMarks.mark(lines, tally);
    StageDirections.mark(lines, tally);
    Credits.mark(lines, title, tally);
    if (Placeholders.isPlaceholder(lines)) {
      lines.blank(0, shown.length());
    }
    if (!lines.hasLetters()) {
      tally.add(CleaningKind.WITHOUT_WORDS);
    }
    return new CleanedLyrics(shown, lines.words(), tally.counts());
  }

  /**
   * The words of a title.
   *
   * @param title the title as the owner wrote it
   * @return the title without markup, or "" if it only numbers a track
   */
  public String titleWords(String title) {
    if (!on || title.isEmpty()) {
      return title;
    }
    String read = MarkupReader.read(title, new Tally());
    return Placeholders.isNumberedTrack(read) ? "" : read;
  }
}
