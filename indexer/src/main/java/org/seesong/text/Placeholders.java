package org.seesong.text;

import java.util.Set;

/** Texts that stand in the place of lyrics where a song has none. */
final class Placeholders {
  /** Letters of the longest text that is looked at. */
  private static final int MAX_LETTERS = 60;

  static final Set<String> WHOLE = Folding.lines("placeholders.txt");

  /** Short Chinese texts with one of these speak of the lyrics and are none. */
  static final String[] PARTS = {
    "纯音乐请", "純音樂請", "没有填词", "沒有填詞", "没有歌词", "沒有歌詞", "暂无歌词", "暫無歌詞", "暂时没有歌词", "纯音乐无歌词", "純音樂無歌詞",
    "的纯音乐", "的純音樂"
  };

  static final Set<String> TRACKS =
      Set.of("track", "audiotrack", "untitled", "音轨", "音軌", "曲目", "トラック", "트랙");

  private Placeholders() {}

  static boolean isPlaceholder(LyricsLines lines) {
    if (lines.lines().size() > 8) {
      return false;
    }
    String letters = lines.firstLetters(MAX_LETTERS + 1);
    if (letters.isEmpty() || letters.length() > MAX_LETTERS) {
      return false;
    }
    if (WHOLE.contains(letters)) {
      return true;
    }
    if (letters.length() <= MAX_LETTERS / 2) {
      for (String part : PARTS) {
        if (letters.contains(part)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Such as {@code Track 07}; "Untitled" without a number says as little. */
  static boolean isNumberedTrack(String title) {
    String letters = title.length() > 40 ? "" : Folding.letters(title);
    int end = letters.length();
    while (end > 0 && Character.isDigit(letters.charAt(end - 1))) {
      end--;
    }
    String name = letters.substring(0, end);
    return TRACKS.contains(name) && (end < letters.length() || name.equals("untitled"));
  }
}
