package org.seesong.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.seesong.catalogue.Catalogue;
import org.seesong.catalogue.FilesNotTaken;
import org.seesong.catalogue.Picture;
import org.seesong.catalogue.Problems;
import org.seesong.catalogue.Song;
import org.seesong.index.SongDocument;
import org.seesong.index.WeightedKeyword;
import org.seesong.keyword.KeywordList;
import org.seesong.keyword.KeywordOptions;
import org.seesong.keyword.KeywordTools;
import org.seesong.keyword.Keywords;
import org.seesong.keyword.Segmenters;
import org.seesong.vector.FloatVector;

class SongDocumentsTest {
  private static final KeywordTools TOOLS = KeywordTools.builtIn(Segmenters.byName("jieba"));

  private static SongDocument document(String lyrics, String... keywords) {
    Song song = new Song("s", "雪", "", lyrics, "", Double.NaN, 0, new TreeMap<>());
    List<WeightedKeyword> labels = new ArrayList<>();
    for (String keyword : keywords) {
      labels.add(new WeightedKeyword(keyword, 1));
    }
    Picture picture = new Picture("p", "p", Path.of("p"), labels);
    Keywords found =
        Keywords.of(
            new Catalogue(List.of(song), List.of(picture), Problems.NONE, FilesNotTaken.NONE),
            KeywordOptions.DEFAULT.toBuilder().keywords(0).build(),
            TOOLS,
            KeywordList.none(),
            done -> {});
    return new SongDocuments(found.vocabulary(), TOOLS.folder(), TOOLS.cleaner(), Optional.empty())
        .document(song, found.songs(), 0, FloatVector.empty());
  }

  @Test
  void linesAreThoseOfTheTextThatIsShown() {
    SongDocument song =
        document(
            "[ti:雪]\r\n作词：雪儿\r\n[00:01.00]夜里&amp;白天\r\n[00:02.00](正末云)我看見雪\r\n[00:03.00]風\\n海",
            "雪",
            "白天",
            "海");
    assertThat(song.keywordLines()).containsExactlyInAnyOrder("(正末云)我看見雪", "夜里&白天", "海");
    assertThat(song.firstLines()).containsExactly("夜里&白天", "(正末云)我看見雪", "風", "海");
    assertThat(song.searchText().lyrics()).contains("我看见雪").doesNotContain("雪儿", "末", "amp", "ti");
  }

  @Test
  void aLongLineIsCutAroundItsKeywordWhateverStandsBefore() {
    SongDocument song = document("(正末云)啊".repeat(200) + "雪" + "啊".repeat(500), "雪");
    assertThat(song.keywordLines().get(0)).hasSize(120).contains("雪");
  }

  @Test
  void aSongWithoutWordsShowsWhatItsOwnerWrote() {
    SongDocument song = document("[00:00.00]纯音乐，请欣赏");
    assertThat(song.firstLines()).containsExactly("纯音乐，请欣赏");
    assertThat(song.searchText().lyrics()).isBlank();
  }
}
