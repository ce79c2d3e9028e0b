package org.seesong.keyword;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.seesong.catalogue.Catalogue;
import org.seesong.catalogue.FilesNotTaken;
import org.seesong.catalogue.Problems;
import org.seesong.catalogue.Song;

class CatalogueStatisticsTest {
  private static final String[] WORDS = {
    "雪", "白雪", "花", "明月", "东风", "火车", "我", "，", "\n", "ocean", " oceans ", "海", "上海"
  };
  private static final KeywordTools TOOLS = KeywordTools.builtIn(Segmenters.byName("jieba"));
  private static final KeywordOptions OPTIONS =
      KeywordOptions.DEFAULT.toBuilder().keywords(6).documents(2, 1).build();

  private static List<Song> songs(Random random) {
    List<Song> songs = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      StringBuilder lyrics = new StringBuilder();
      for (int w = random.nextInt(40); w > 0; w--) {
        lyrics.append(WORDS[random.nextInt(WORDS.length)]);
      }
      if (random.nextInt(20) == 0) {
        lyrics.append("蝶恋花");
      }
      String word = WORDS[random.nextInt(5)];
      String title = i % 3 == 0 ? "蝶恋花・" + word : i % 3 == 1 ? "蝶恋花" : word;
      songs.add(
          new Song("s" + i, title, "", lyrics.toString(), "", Double.NaN, 0, new TreeMap<>()));
    }
    return songs;
  }

  /** Merges the statistics of random parts, some of them empty, in a random order. */
  private static CatalogueStatistics merged(
      List<Song> songs, Function<Song, CatalogueStatistics> pass, Random random) {
    List<Song> order = new ArrayList<>(songs);
    Collections.shuffle(order, random);
    List<CatalogueStatistics> parts = new ArrayList<>();
    for (int i = 0; i < 1 + random.nextInt(9); i++) {
      parts.add(new CatalogueStatistics());
    }
    order.forEach(song -> parts.get(random.nextInt(parts.size())).merge(pass.apply(song)));
    while (parts.size() > 1) {
      CatalogueStatistics other = parts.remove(random.nextInt(parts.size()));
      parts.get(random.nextInt(parts.size())).merge(other);
    }
    return parts.get(0);
  }

  @RepeatedTest(5)
  void partsMergeToTheSameInAnyOrderAndPartition(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    List<Song> songs = songs(random);
    SharedTitlePrefixes prefixes =
        SharedTitlePrefixes.fit(
            merged(songs, song -> CatalogueStatistics.ofTitle(song, TOOLS), random), OPTIONS);
    assertThat(prefixes.prefixes()).containsExactly("蝶恋花");
    Vocabulary vocabulary = Vocabulary.of(List.of("雪", "海", "ocean"), TOOLS.folder());
    List<Function<Song, CatalogueStatistics>> passes =
        List.of(
            song -> CatalogueStatistics.ofTitle(song, TOOLS),
            song -> CatalogueStatistics.ofWords(song, TOOLS, prefixes, OPTIONS),
            song -> CatalogueStatistics.ofKeywords(song, TOOLS, prefixes, vocabulary));
    for (Function<Song, CatalogueStatistics> pass : passes) {
      CatalogueStatistics once = merged(songs, pass, random);
      CatalogueStatistics again = merged(songs, pass, random);
      assertThat(again).isEqualTo(once).hasSameHashCodeAs(once);
      again.merge(pass.apply(songs.get(0)));
      assertThat(again).isNotEqualTo(once);
    }
  }

  @RepeatedTest(3)
  void mergedPartsFitTheModelOfTheKeywordStage(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    List<Song> songs = songs(random);
    Keywords stage =
        Keywords.of(
            new Catalogue(songs, List.of(), Problems.NONE, FilesNotTaken.NONE),
            OPTIONS,
            TOOLS,
            KeywordList.none(),
            done -> {});
    SharedTitlePrefixes prefixes =
        SharedTitlePrefixes.fit(
            merged(songs, song -> CatalogueStatistics.ofTitle(song, TOOLS), random), OPTIONS);
    CatalogueStatistics words =
        merged(songs, song -> CatalogueStatistics.ofWords(song, TOOLS, prefixes, OPTIONS), random);
    Vocabulary none = Vocabulary.of(List.of(), TOOLS.folder());
    List<String> candidates =
        new KeywordSelector(OPTIONS, TOOLS.stopWords(), words).candidates(none);
    assertThat(candidates).containsAll(stage.vocabulary().displays());
    CatalogueStatistics counts =
        merged(
            songs,
            song -> CatalogueStatistics.ofKeywords(song, TOOLS, prefixes, stage.vocabulary()),
            random);
    assertThat(
            KeywordModel.fit(
                counts,
                stage.vocabulary(),
                OPTIONS.weighting(),
                Map.of(),
                ClassKeywords.NONE,
                prefixes,
                TOOLS))
        .isEqualTo(stage.model());
  }

  @Test
  void noSongsAreNoStatistics() {
    CatalogueStatistics none = new CatalogueStatistics();
    none.merge(new CatalogueStatistics());
    assertThat(none.songs()).isZero();
    assertThat(none.meanLength()).isEqualTo(1);
    assertThat(SharedTitlePrefixes.fit(none, OPTIONS).prefixes()).isEmpty();
  }
}
