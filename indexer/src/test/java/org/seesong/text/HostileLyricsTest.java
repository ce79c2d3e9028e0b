package org.seesong.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Laws of cleaning that hold for any text. */
class HostileLyricsTest {
  private static final LyricsCleaner CLEANER = LyricsCleaner.of(true);

  private static final String[] PIECES = {
    "[",
    "]",
    "<",
    ">",
    "&",
    ";",
    "(",
    ")",
    "（",
    "）",
    "【",
    "】",
    ":",
    "：",
    "\n",
    "\r",
    "\r\n",
    "\\",
    "\\n",
    "\\r",
    "n",
    "t",
    "\"",
    " ",
    "\u3000",
    "00:12.34",
    "[00:12.34]",
    "<00:12>",
    "ti",
    "[ti:",
    "br",
    "<br>",
    "</p>",
    "<p>",
    "&amp;",
    "amp;",
    "&lt;",
    "&gt;",
    "&#59;",
    "#38;",
    "&#10;",
    "&nbsp;",
    "Chorus",
    "x2",
    "[Verse 1: a]",
    "作词",
    "作词：张三",
    "词",
    "Written by ",
    "Jane",
    "纯音乐",
    "请欣赏",
    "正末云",
    "(云)",
    "唱",
    "雪",
    "男：",
    "12Embed",
    "Snow song",
    " - ",
    "Lyrics",
    "<script>",
    "</script>",
    "<style>",
    "</style>",
    "<!--",
    "-->",
    "-",
    "[:]",
    "[#:",
    "\uFEFF",
    "\u200B",
    "\u00AD",
    "\uFE0F",
    "\uD83D",
    "\uDE00",
    "😀",
    "\u0000",
    "\u2028",
    "\u0085",
    "é",
    "e\u0301",
    "ß",
    "İ"
  };

  private static void holdsLaws(String text) {
    CleanedLyrics once = CLEANER.clean("Snow song", text);
    assertThat(once.words()).hasSameSizeAs(once.shown());
    assertThat(isShownWithSpaces(once)).as("words of %s", text).isTrue();
    CleanedLyrics twice = CLEANER.clean("Snow song", once.shown());
    assertThat(twice.shown()).as("shown of %s", text).isEqualTo(once.shown());
    assertThat(twice.words()).as("words of %s", text).isEqualTo(once.words());
    String title = CLEANER.titleWords(text);
    assertThat(CLEANER.titleWords(title)).isEqualTo(title);
  }

  private static boolean isShownWithSpaces(CleanedLyrics lyrics) {
    for (int i = 0; i < lyrics.shown().length(); i++) {
      char word = lyrics.words().charAt(i);
      char shown = lyrics.shown().charAt(i);
      if (word != shown && (word != ' ' || shown == '\n')) {
        return false;
      }
    }
    return true;
  }

  @Test
  void cleaningWhatIsCleanChangesNothing() {
    SplittableRandom random = new SplittableRandom(7);
    for (int run = 0; run < 5_000; run++) {
      StringBuilder text = new StringBuilder();
      for (int piece = random.nextInt(25); piece > 0; piece--) {
        text.append(PIECES[random.nextInt(PIECES.length)]);
      }
      holdsLaws(text.toString());
    }
  }

  @Test
  void anyCharactersWillDo() {
    SplittableRandom random = new SplittableRandom(8);
    for (int run = 0; run < 2_000; run++) {
      StringBuilder text = new StringBuilder();
      for (int length = random.nextInt(80); length > 0; length--) {
        text.append((char) random.nextInt(random.nextBoolean() ? 0x10000 : 0x100));
      }
      holdsLaws(text.toString());
    }
  }

  /**
   * Each repeated to a million characters; a second is the promise, ten allow for a busy machine.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "[",
        "]",
        "<",
        ">",
        "&",
        ";",
        "&amp",
        "&#59",
        "amp;",
        "\\",
        "\\n",
        "(",
        ")",
        "()",
        "(云)",
        "男：",
        "雪",
        "[00:12.34]",
        "<br>",
        "\n",
        "\r",
        "作词：张三\n",
        "他：你好\n",
        "Chorus\n",
        "Chorus: ",
        "[Verse: a]",
        "x2 ",
        "1Embed",
        "<a",
        "a ",
        "：",
        "【雪】",
        "(正末云)雪",
        "\u200B",
        "[ti:a]\n",
        "<script>",
        "<script>a</script>",
        "<!--",
        "-->",
        "<!-- -->",
        "[:]a",
        "Singer - A\n",
        "[00:01.00]\n"
      })
  void aMillionCharactersTakeLittleTime(String piece) {
    String much = piece.repeat(1_000_000 / piece.length());
    for (String text : List.of(much, " ".repeat(500_000) + "z" + much, "(正末云)" + much)) {
      Assertions.assertTimeout(
          Duration.ofSeconds(10), () -> CLEANER.clean("Snow song", text), "of " + piece);
    }
  }
}
