package org.seesong.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScalingTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          p                     | 0       | 200
          (p-128)/128           | -1      | 0.5625
          p/255                 | 0       | 0.78431374
          p/127.5-1             | -1      | 0.5686275
          p - [1,2,3]           | -1      | 199
          -(2*p+1)*[-.5,1,1]    | 0.5     | 200.5
          (p/255-[.485,.456,.406])/[.229,.224,.225] | -2.117904 | 1.307047
          p+p/2                 | 0       | 300
          1-p                   | 1       | -199
          """)
  void expressionsComeToFactorAndOffset(String expression, float at0, float at200) {
    float[] table = Scaling.parse(expression).table(0);
    assertThat(table[0]).isEqualTo(at0, within(1e-5f));
    assertThat(table[200]).isEqualTo(at200, within(1e-5f));
  }

  @Test
  void channelsHaveTheirOwnNumbers() {
    Scaling scaling = Scaling.parse("p-[103.939,116.779,123.68]");
    assertThat(scaling.table(0)[0]).isEqualTo(-103.939f);
    assertThat(scaling.table(1)[0]).isEqualTo(-116.779f);
    assertThat(scaling.table(2)[0]).isEqualTo(-123.68f);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          p*p       | 4 | p times p is not linear
          1/p       | 4 | dividing by p is not linear
          p/0       | 4 | division by zero
          p/(1-1)   | 8 | division by zero
          p)        | 2 | unexpected ')'
          (p        | 3 | expected ')'
          p-[1,2]   | 7 | expected ','
          p-        | 3 | expected a number, p, ( or [
          p/1e3     | 4 | unexpected 'e'
          x         | 1 | expected a number, p, ( or [
          p/1.2.3   | 3 | expected a number, p, ( or [
          5         | 2 | channel 1 comes to 0.0 * p + 5.0, which a picture cannot be fed with
          p*[1,0,1] | 10 | channel 2 comes to 0.0 * p + 0.0, which a picture cannot be fed with
          """)
  void badExpressionsAreRefusedWithThePosition(String expression, int position, String problem) {
    assertThatThrownBy(() -> Scaling.parse(expression))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "scaling expression \"" + expression + "\", position " + position + ": " + problem);
  }

  @RepeatedTest(200)
  void anyTextIsReadOrRefused(RepetitionInfo seed) {
    SplittableRandom random = new SplittableRandom(seed.getCurrentRepetition());
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(230); i >= 0; i--) {
      text.append("pp()()[]-+*/0123.,x ".charAt(random.nextInt(20)));
    }
    try {
      assertThat(Float.isFinite(Scaling.parse(text.toString()).table(0)[255])).isTrue();
    } catch (IllegalArgumentException e) {
      assertThat(e).hasMessageStartingWith("scaling expression");
    }
  }
}
