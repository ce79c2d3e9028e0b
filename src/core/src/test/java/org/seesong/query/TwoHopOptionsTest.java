package org.seesong.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seesong.knn.KnnSearcher;
import org.seesong.select.SelectionOptions;

class TwoHopOptionsTest {
  @Test
  void presetsAreDocumented() {
    assertThat(TwoHopOptions.DEFAULT)
        .isEqualTo(
            TwoHopOptions.PAPER.toBuilder()
                .pictures(10)
                .selection(SelectionOptions.DEFAULT)
                .fill(false)
                .build());
    assertThat(TwoHopOptions.PAPER)
        .isEqualTo(
            new TwoHopOptions(
                5,
                10,
                List.of(),
                List.of(),
                List.of(),
                Set.of(),
                SelectionOptions.PAPER,
                false,
                SearchMode.AUTO,
                150,
                true));
    assertThat(TwoHopSearcher.EXACT_FLOATS).isEqualTo(5_000_000);
  }

  @Test
  void onlyLargeHopsAreApproximateUnlessAskedFor() {
    TwoHopOptions auto = TwoHopOptions.DEFAULT;
    assertThat(auto.candidatesFor(7_800L * 64 * 10)).isEqualTo(KnnSearcher.ALL);
    assertThat(auto.candidatesFor(33_459L * 4096)).isEqualTo(150);
    assertThat(auto.toBuilder().mode(SearchMode.EXACT).build().candidatesFor(Long.MAX_VALUE))
        .isEqualTo(KnnSearcher.ALL);
    assertThat(auto.toBuilder().mode(SearchMode.APPROXIMATE).build().candidatesFor(1))
        .isEqualTo(150);
  }

  @Test
  void eachOptionChangesAlone() {
    SongFilter filter = SongFilter.parse("language=zh");
    assertThat(
            TwoHopOptions.PAPER.toBuilder()
                .pictures(1)
                .songs(4)
                .filters(List.of(filter))
                .pictureFilters(List.of(PictureFilter.parse("path=a/")))
                .boosts("雪:2", "犬")
                .excludedSongs(Set.of("s2", "s1"))
                .coverage(0.5)
                .variety(0.25)
                .maxPerArtist(2)
                .versions(true)
                .mode(SearchMode.EXACT)
                .candidates(6)
                .fill(false)
                .build())
        .isEqualTo(
            new TwoHopOptions(
                1,
                4,
                List.of(filter),
                List.of(new PictureFilter("path", false, "a/")),
                List.of(new KeywordBoost("雪", 2), new KeywordBoost("犬", 1)),
                Set.of("s1", "s2"),
                new SelectionOptions(0.5, 0.25, 2),
                true,
                SearchMode.EXACT,
                6,
                false));
  }

  @Test
  void songsPerPictureTimesPicturesAreTheSongs() {
    assertThat(TwoHopOptions.PAPER.toBuilder().pictures(4).songsPerPicture(3).build().songs())
        .isEqualTo(12);
  }

  @Test
  void numbersOutOfRangeAreRefused() {
    TwoHopOptions options = TwoHopOptions.PAPER;
    assertThatThrownBy(() -> options.toBuilder().pictures(0).build())
        .isInstanceOf(QueryException.class)
        .hasMessage("pictures must be 1 to 1000; got: 0");
    assertThatThrownBy(() -> options.toBuilder().songsPerPicture(2001).build())
        .isInstanceOf(QueryException.class)
        .hasMessage("songsPerPicture must be 1 to 2000; got: 2001");
    assertThatThrownBy(() -> options.toBuilder().songs(Integer.MAX_VALUE).build())
        .isInstanceOf(QueryException.class)
        .hasMessage("songs must be 1 to 10000; got: 2147483647");
    assertThatThrownBy(() -> options.toBuilder().coverage(Double.NaN).build())
        .isInstanceOf(QueryException.class)
        .hasMessage("coverage must be 0 to 1; got: NaN");
    assertThatThrownBy(() -> options.toBuilder().variety(1.5).build())
        .isInstanceOf(QueryException.class)
        .hasMessage("variety must be 0 to 1; got: 1.5");
    assertThatThrownBy(() -> options.toBuilder().maxPerArtist(10_001).build())
        .isInstanceOf(QueryException.class)
        .hasMessage("maxPerArtist must be 0 to 10000; got: 10001");
    assertThatThrownBy(() -> options.toBuilder().candidates(-1).build())
        .isInstanceOf(QueryException.class)
        .hasMessage("candidates must be 1 to 10000; got: -1");
  }

  @Test
  void listsOfSongsAreBoundedWhateverTheSelection() {
    TwoHopOptions most = TwoHopOptions.PAPER.toBuilder().pictures(20).songs(10_000).build();
    assertThat(most.songs()).isEqualTo(10_000);
    assertThatThrownBy(() -> most.toBuilder().pictures(21).build())
        .isInstanceOf(QueryException.class)
        .hasMessage(
            "pictures times songs must be at most 200000; got: 210000 (21 pictures, 10000 songs)");
    assertThatThrownBy(() -> TwoHopOptions.builder().pictures(1000).songs(10_000).build())
        .isInstanceOf(QueryException.class)
        .hasMessage(
            "pictures times songs must be at most 200000; got: 10000000 (1000 pictures, 10000"
                + " songs)");
  }

  @Test
  void filtersAreBounded() {
    List<SongFilter> filters = Collections.nCopies(101, SongFilter.parse("language=zh"));
    assertThatThrownBy(() -> TwoHopOptions.PAPER.toBuilder().filters(filters).build())
        .isInstanceOf(QueryException.class)
        .hasMessage("filters must be at most 100; got: 101");
    List<PictureFilter> pictures = Collections.nCopies(101, PictureFilter.parse("keyword=snow"));
    assertThatThrownBy(() -> TwoHopOptions.PAPER.toBuilder().pictureFilters(pictures).build())
        .isInstanceOf(QueryException.class)
        .hasMessage("pictureFilters must be at most 100; got: 101");
  }

  @Test
  void aFilterIsReadAndPrintedBack() {
    assertThat(SongFilter.parse(" artist != A=B "))
        .isEqualTo(new SongFilter("artist", true, "A=B"));
    assertThat(SongFilter.parse("year=1990..1999"))
        .isEqualTo(new SongFilter("year", false, "1990..1999"))
        .hasToString("year=1990..1999");
    assertThat(SongFilter.parse("artist!=x")).hasToString("artist!=x");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "=", "!=", "language", "language=", "=zh", "!=zh", " = "})
  void whatIsNoFilterIsRefused(String text) {
    assertThatThrownBy(() -> SongFilter.parse(text))
        .isInstanceOf(QueryException.class)
        .hasMessage(
            "filter '"
                + text
                + "' must read field=value or field!=value, such as language=zh or"
                + " year=1990..1999");
  }
}
