package org.seesong.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.seesong.keyword.ScriptFolder;

class TellingLinesTest {
  private static final ScriptFolder FOLDER = ScriptFolder.builtIn();

  @Test
  void linesOfKeywordsComeBeforeFirstLines() {
    assertThat(TellingLines.of(List.of("雪落無聲", "", "雪落無聲", "月在天", "一", "二"), List.of("起"), FOLDER))
        .isEqualTo("雪落无声 月在天");
    assertThat(TellingLines.of(List.of("", ""), List.of("起", "承"), FOLDER)).isEqualTo("起 承");
    assertThat(TellingLines.of(List.of(), List.of(), FOLDER)).isEmpty();
  }

  @Test
  void aTextEndsAtItsBoundButHasOneLine() {
    String line = "一二三四五六七八九十一二三四五六七";
    assertThat(TellingLines.of(List.of(line, line + "月", "雪"), List.of(), FOLDER)).isEqualTo(line);
    assertThat(TellingLines.of(List.of(line + line), List.of(), FOLDER)).isEqualTo(line + line);
  }
}
