package org.seesong.keyword;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.seesong.text.LyricsCleaner;

class LyricLinesTest {
  private static String beginning(String lyrics) {
    return new LyricLines(LyricsCleaner.of(true).clean("", lyrics), ScriptFolder.builtIn())
        .beginning();
  }

  @Test
  void aBeginningHasFortyChineseCharactersBesideWhatIsNone() {
    String line = "白日依山盡，黃河入海流。\n";
    String folded = "白日依山尽,黄河入海流。"; // of one width
    assertThat(beginning(line.repeat(3))).isEqualTo(String.join(" ", folded, folded, folded));
    assertThat(beginning(line.repeat(9)))
        .isEqualTo(String.join(" ", folded, folded, folded, folded));
  }

  @Test
  void aBeginningOfLongWordsIsCutByCharacters() {
    assertThat(beginning("a star ".repeat(50))).hasSize(120).startsWith("a star a star ");
    assertThat(beginning("la ".repeat(20))).isEqualTo("la ".repeat(20).strip());
    assertThat(beginning("la ".repeat(90))).isEqualTo("la ".repeat(40).strip());
    assertThat(beginning("")).isEmpty();
  }
}
