package org.seesong.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class InvisibleCharactersTest {
  @Test
  void whatShowsNothingIsRemoved() {
    assertThat(InvisibleCharacters.remove("\u2764\uFE0F")).isEqualTo("\u2764");
    assertThat(InvisibleCharacters.remove("\uFEFFsnow\u00ADflake\u200B\u200E"))
        .isEqualTo("snowflake");
    assertThat(InvisibleCharacters.remove("雪\u200D花\u200C")).isEqualTo("雪花");
  }

  @Test
  void joinersThatMakeOneSignStay() {
    String family = "\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67";
    assertThat(InvisibleCharacters.remove(family)).isEqualTo(family);
    assertThat(InvisibleCharacters.remove("\u2764\uFE0F\u200D\uD83D\uDD25"))
        .isEqualTo("\u2764\u200D\uD83D\uDD25");
    String persian = "\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645";
    assertThat(InvisibleCharacters.remove(persian)).isEqualTo(persian);
  }

  @Test
  void aTextWithoutAnyIsTheSameObject() {
    String text = "雪 snow é \uD83D\uDE00";
    assertThat(InvisibleCharacters.remove(text)).isSameAs(text);
  }
}
