package org.seesong.relevance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CharacterPairsTest {
  private static List<String> texts() {
    List<String> texts = new ArrayList<>();
    Random random = new Random(5);
    for (int i = 0; i < 400; i++) {
      StringBuilder text = new StringBuilder("马上 ");
      for (int j = 0; j < 30; j++) {
        text.append((char) ('一' + random.nextInt(60)));
      }
      texts.add(text.toString());
    }
    return texts;
  }

  private static CharacterPairs of(List<String> texts) {
    CharacterPairs pairs = new CharacterPairs();
    texts.forEach(pairs::add);
    return pairs;
  }

  @Test
  void charactersThatMeetByMoreThanChanceAreBound() {
    assertThat(of(texts()).bound()).containsExactly("马上");
  }

  @Test
  void rarePairsAreNot() {
    assertThat(of(texts().subList(0, 19)).bound()).isEmpty();
  }

  @Test
  void partsMergeInAnyOrder() {
    List<String> texts = texts();
    CharacterPairs whole = of(texts);
    List<CharacterPairs> parts = new ArrayList<>();
    for (int from = 0; from < texts.size(); from += 90) {
      parts.add(of(texts.subList(from, Math.min(texts.size(), from + 90))));
    }
    Collections.shuffle(parts, new Random(1));
    CharacterPairs merged = new CharacterPairs();
    parts.forEach(merged::merge);
    assertThat(merged).isEqualTo(whole).hasSameHashCodeAs(whole);
    merged.add("马上");
    assertThat(merged).isNotEqualTo(whole);
  }

  @Test
  void charactersAroundAPosition() {
    assertThat(CharacterPairs.around("白雪", 1)).isEqualTo("白雪");
    assertThat(CharacterPairs.around("白雪", 0)).isEqualTo("白");
    assertThat(CharacterPairs.around("白雪", 2)).isEqualTo("雪");
    assertThat(CharacterPairs.around("\ud840\udc00雪", 2)).isEqualTo("\ud840\udc00雪");
  }
}
