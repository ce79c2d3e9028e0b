package org.seesong.text;

/** What {@link LyricsCleaner} finds in lyrics beside sung words. */
public enum CleaningKind {
  /** Times of lines and words, as in LRC files: {@code [00:12.34]}, {@code <00:12.34>}. */
  TIME_TAG("time tags", "timeTags"),
  /** Head lines of LRC files: {@code [ti:...]}, {@code [offset:+200]}. */
  HEAD_TAG("head tags", "headTags"),
  /** HTML tags and entities. */
  MARKUP("HTML tags and entities", "markup"),
  /** Escapes of two characters, such as a backslash and an n. */
  ESCAPE("escaped line breaks", "escapes"),
  /** Characters that show nothing: zero-width spaces, soft hyphens, byte order marks. */
  INVISIBLE("invisible characters", "invisibleCharacters"),
  /** Who wrote, played and published a song, before the first or after the last sung line. */
  CREDIT_LINE("credit lines", "creditLines"),
  /** Names of sections and signs of repetition: {@code [Chorus]}, {@code 副歌：}, {@code (x2)}. */
  SECTION_MARK("section marks", "sectionMarks"),
  /** Texts of the page or program that the lyrics were copied from. */
  PAGE_TEXT("lines of lyric pages", "pageLines"),
  /** Stage directions, speakers and names of tunes. */
  STAGE_DIRECTION("stage directions and speakers", "stageDirections"),
  /** Songs whose lyrics hold no sung word, most often because a placeholder says so. */
  WITHOUT_WORDS("songs without words", "songsWithoutWords");

  private final String title;
  private final String key;

  CleaningKind(String title, String key) {
    this.title = title;
    this.key = key;
  }

  /**
   * What is counted, for people.
   *
   * @return for example {@code time tags}
   */
  public String title() {
    return title;
  }

  /**
   * The name in JSON.
   *
   * @return for example {@code timeTags}
   */
  public String key() {
    return key;
  }
}
