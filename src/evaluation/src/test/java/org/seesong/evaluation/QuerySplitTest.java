package org.seesong.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.seesong.catalogue.Picture;
import org.seesong.index.WeightedKeyword;

class QuerySplitTest {
  private static List<Picture> pictures() {
    List<Picture> all = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      all.add(picture("snow" + i, "snow"));
    }
    for (int i = 0; i < 10; i++) {
      all.add(picture("cat" + i, "cat"));
    }
    all.add(picture("lonely", "crab"));
    all.add(new Picture("none", "none", Path.of("none"), List.of()));
    return all;
  }

  private static Picture picture(String id, String keyword) {
    return new Picture(id, id, Path.of(id), List.of(new WeightedKeyword(keyword, 1)));
  }

  @Test
  void aShareOfEachKeywordIsKeptAndTheRestIndexed() {
    QuerySplit split = QuerySplit.of(pictures(), 0.2, 1);
    assertThat(split.queries()).filteredOn(p -> p.id().startsWith("snow")).hasSize(20);
    assertThat(split.queries()).filteredOn(p -> p.id().startsWith("cat")).hasSize(2);
    assertThat(split.indexed()).extracting(Picture::id).contains("lonely", "none");
    List<Picture> both = new ArrayList<>(split.indexed());
    both.addAll(split.queries());
    assertThat(both).containsExactlyInAnyOrderElementsOf(pictures());
  }

  @Test
  void theSeedDecides() {
    QuerySplit first = QuerySplit.of(pictures(), 0.2, 1);
    assertThat(QuerySplit.of(pictures(), 0.2, 1)).isEqualTo(first);
    assertThat(QuerySplit.of(pictures(), 0.2, 2)).isNotEqualTo(first);
  }

  @Test
  void aShareOutOfRangeIsRefused() {
    assertThatThrownBy(() -> QuerySplit.of(pictures(), 1, 1))
        .hasMessage("split must be above 0 and below 1; got: 1.0");
  }
}
