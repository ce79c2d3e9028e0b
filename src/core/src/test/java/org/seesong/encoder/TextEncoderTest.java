package org.seesong.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.seesong.encoder.TextEncoder.Role;

class TextEncoderTest {
  private static double cosine(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  @ParameterizedTest
  @EnumSource
  void textsOfOneThingAreNearEachOther(TextModel model) throws Exception {
    boolean chinese = model == TextModel.BGE_SMALL_ZH;
    try (TextEncoder encoder = model.open()) {
      float[] thing =
          encoder.encode(List.of(chinese ? "蝴蝶在花间飞舞" : "a butterfly among flowers"), Role.QUERY)[0];
      float[][] lines =
          encoder.encode(
              chinese
                  ? List.of("双双粉蝶绕花飞", "将军夜引弓")
                  : List.of("the butterfly dances over the rose", "I drove my truck to Memphis"),
              Role.PASSAGE);
      assertThat(lines).hasDimensions(2, encoder.dimension());
      assertThat(cosine(lines[0], lines[0])).isCloseTo(1, offset(1e-5));
      assertThat(cosine(thing, lines[0])).isGreaterThan(cosine(thing, lines[1]) + .05);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aVectorDoesNotDependOnTheTextsBesideIt(TextModel model) throws Exception {
    try (TextEncoder encoder = model.open()) {
      float[] alone = encoder.encode(List.of("snow 雪"), Role.PASSAGE)[0];
      float[][] together =
          encoder.encode(List.of("a much longer line of lyrics 大雪满弓刀", "snow 雪"), Role.PASSAGE);
      assertThat(together[1]).containsExactly(alone);
    }
  }

  @Test
  void anyTextHasAVector() throws Exception {
    try (TextEncoder encoder = TextModel.BGE_SMALL_ZH.open()) {
      float[][] vectors =
          encoder.encode(
              List.of("", " \0", "雪".repeat(5000), "\ud83d\ude00", "\ud83d"), Role.PASSAGE);
      assertThat(vectors).hasDimensions(5, 512);
    }
  }

  @Test
  void aClosedEncoderSaysSo() throws Exception {
    TextEncoder encoder = TextModel.E5_SMALL.open();
    encoder.close();
    encoder.close();
    assertThatThrownBy(() -> encoder.encode(List.of("a"), Role.QUERY))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
  }

  @Test
  void modelsAreChosenByScript() {
    assertThat(TextModel.forTexts(List.of("明月几时有", "abc"))).contains(TextModel.BGE_SMALL_ZH);
    assertThat(TextModel.forTexts(List.of("Autumn leaves, été"))).contains(TextModel.E5_SMALL);
    assertThat(TextModel.forTexts(List.of("Зимняя дорога"))).isEmpty();
    assertThat(TextModel.forTexts(List.of("42"))).isEmpty();
    assertThatThrownBy(() -> TextModel.byId("word2vec"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("there are bge-small-zh-v1.5, e5-small-v2");
  }
}
