package org.seesong.query;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.seesong.query.TwoHopQuery.Example;

class QueryChecksTest {
  @Test
  void queriesThatSayNothingAreRefused() {
    assertThatThrownBy(() -> new TwoHopQuery.Pictures(List.of()))
        .isInstanceOf(QueryException.class)
        .hasMessage("a query must have 1 to 100 pictures; got: 0");
    Example less = new Example.Indexed("p1", -1);
    assertThatThrownBy(() -> new TwoHopQuery.Pictures(List.of(less)))
        .isInstanceOf(QueryException.class)
        .hasMessage(
            "a query must have a picture of positive weight; 'less like that' alone says nothing");
    for (double weight : new double[] {0, Double.NaN, 1000.5, Double.NEGATIVE_INFINITY}) {
      assertThatThrownBy(() -> new Example.Indexed("p1", weight))
          .isInstanceOf(QueryException.class)
          .hasMessage("weight of a picture must be -1000.0 to 1000.0, not 0; got: " + weight);
    }
    assertThatThrownBy(() -> PictureFilter.parse("size=3"))
        .isInstanceOf(QueryException.class)
        .hasMessage("a picture filter's field must be keyword, path or id; got: 'size'");
    assertThatThrownBy(() -> PictureFilter.parse("path"))
        .isInstanceOf(QueryException.class)
        .hasMessage(
            "picture filter 'path' must read field=value or field!=value, such as keyword=snow or"
                + " path=flowers/");
  }
}
