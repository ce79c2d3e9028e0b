package org.seesong.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seesong.index.CatalogueIndex;
import org.seesong.index.TestCatalogue;
import org.seesong.query.TwoHopQuery.Example;
import org.seesong.vector.EncodedImage;

class FilterQueriesTest {
  private static final EncodedImage QUERY = TestCatalogue.encoded(new float[] {1, 2, 3});

  @TempDir private Path folder;
  private CatalogueIndex index;
  private TwoHopSearcher searcher;

  @BeforeEach
  void open() throws IOException {
    TestCatalogue.random(new TestCatalogue.Size(20, 40, 3, 2, 9), 1).write(folder);
    index = CatalogueIndex.open(folder);
    searcher = new TwoHopSearcher(index);
  }

  @AfterEach
  void close() throws IOException {
    index.close();
  }

  private static TwoHopOptions songs(String filter) {
    return TwoHopOptions.PAPER.toBuilder().filters(List.of(SongFilter.parse(filter))).build();
  }

  private static TwoHopOptions pictures(String filter) {
    return TwoHopOptions.PAPER.toBuilder()
        .pictureFilters(List.of(PictureFilter.parse(filter)))
        .build();
  }

  @Test
  void namesOfFieldsCountInUpperAndLowerCaseAlike() throws IOException {
    for (String field : List.of("artist", "genre", "language")) {
      String value = field.equals("artist") ? "artist 1" : field.equals("genre") ? "rock" : "zh";
      String upper = field.toUpperCase(Locale.ROOT);
      assertThat(searcher.search(QUERY, songs(upper + "=" + value)).songs())
          .isEqualTo(searcher.search(QUERY, songs(field + "=" + value)).songs());
    }
    assertThat(PictureFilter.parse("Path=a")).isEqualTo(PictureFilter.parse("path=a"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"genre=1..2", "genre=..2", "genre!=-1.5..", "artist=1 .. 2"})
  void aRangeOfTextIsRefused(String filter) {
    assertThatThrownBy(() -> searcher.search(QUERY, songs(filter)))
        .isInstanceOf(QueryException.class)
        .hasMessageContaining("filter '" + filter + "' asks for a range")
        .hasMessageContaining("ranges are for year and popularity");
  }

  @Test
  void aTextWithDotsIsNoRange() throws IOException {
    assertThat(searcher.search(QUERY, songs("title=...")).songs()).isEmpty();
    assertThat(searcher.search(QUERY, songs("title=Wait..")).songs()).isEmpty();
  }

  @Test
  void valuesLongerThanWhatIsIndexedAreRefused() throws IOException {
    String most = "x".repeat(1000);
    for (String field : List.of("title", "artist", "genre")) {
      assertThat(searcher.search(QUERY, songs(field + "=" + most)).songs()).isEmpty();
      assertThatThrownBy(() -> searcher.search(QUERY, songs(field + "=" + most + "x")))
          .isInstanceOf(QueryException.class)
          .hasMessageContaining("must have at most 1000 characters")
          .hasMessageEndingWith("got: 1001");
    }
    assertThatThrownBy(() -> searcher.search(QUERY, pictures("path=" + most + "x")))
        .isInstanceOf(QueryException.class)
        .hasMessageContaining("must have at most 1000 characters");
  }

  @Test
  void whatIsNowhereIsNoted() throws IOException {
    assertThat(searcher.unmetFilters(songs("language=zh"))).isEmpty();
    assertThat(searcher.unmetFilters(songs("language=ZH")))
        .containsExactly("no song of the index meets language=ZH; near ones: zh");
    assertThat(searcher.unmetFilters(songs("artist=artist 1x")))
        .singleElement()
        .asString()
        .startsWith("no song of the index meets artist=artist 1x; near ones: artist 1");
    assertThat(searcher.unmetFilters(pictures("id=nowhere")))
        .containsExactly("no picture of the index meets id=nowhere");
    assertThat(searcher.unmetFilters(songs("language!=xx")))
        .containsExactly(
            "no song of the index meets language=xx, so 'language!=xx' leaves nothing out");
  }

  @Test
  void nearNamesAreFewAndTheNearestFirst() {
    List<String> names =
        List.of("rain", "Rain", "rainbow", "raining", "ran", "train", "snow", "rains", "雨", "雨天");
    assertThat(NearNames.of("RAIN", names))
        .containsExactly("Rain", "rain", "rainbow", "raining", "rains");
    assertThat(NearNames.of("snwo", names)).isEmpty();
    assertThat(NearNames.of("snoww", names)).containsExactly("snow");
    assertThat(NearNames.of("雨天里", names)).containsExactly("雨", "雨天");
    assertThat(NearNames.of("", names)).isEmpty();
    assertThat(NearNames.of("x".repeat(100_000), names)).isEmpty();
  }

  @Test
  void weightsThatLeadOutOfAllNumbersAreRefusedLikeThoseThatLeadFarAway() {
    TwoHopQuery query =
        new TwoHopQuery.Pictures(
            List.of(
                new Example.Encoded(TestCatalogue.encoded(new float[] {1, 0, 0}), 1e-320),
                new Example.Encoded(TestCatalogue.encoded(new float[] {0, 1, 0}), -1)));
    assertThatThrownBy(() -> searcher.search(query, TwoHopOptions.PAPER))
        .isInstanceOf(QueryException.class)
        .hasMessage(
            "the pictures of the query lead too far away; give the negative ones less weight");
  }
}
