package org.seesong.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.seesong.catalogue.Song;
import org.seesong.keyword.ScriptFolder;

class LyricsSignaturesTest {
  private static final ScriptFolder FOLDER = ScriptFolder.builtIn();
  private static final String LONG = "the road goes on and the rain comes down upon the hill ";

  /** 28 letters. */
  private static final String POEM = "黃河遠上白雲間，一片孤城萬仞山。羌笛何須怨楊柳，春風不度玉門關。";

  private static long key(String title, String artist, String lyrics) {
    Song song = new Song("s", title, artist, lyrics, "", Double.NaN, 0, new TreeMap<>());
    return LyricsSignatures.of(song, FOLDER.fold(lyrics), FOLDER).contentKey();
  }

  @Test
  void theSameLettersAreOneSongWhateverTheTitle() {
    assertThat(key("A", "x", LONG))
        .isEqualTo(key("B (live)", "", LONG.toUpperCase(Locale.ROOT) + "!"));
    assertThat(key("A", "x", LONG)).isNotEqualTo(key("A", "x", LONG + "again"));
  }

  @Test
  void shortLyricsCountTogetherWithTitleAndArtist() {
    assertThat(key("雪", "李", "啦啦啦")).isEqualTo(key("雪", "李", "啦 啦 啦"));
    assertThat(key("雪", "李", "啦啦啦")).isNotEqualTo(key("雪", "王", "啦啦啦"));
    assertThat(key("雪", "李", "啦啦啦")).isNotEqualTo(key("雨", "李", "啦啦啦"));
    assertThat(key("雪", "李", POEM)).isEqualTo(key("", "", POEM)).isNotZero();
  }

  @Test
  void songsOfWhichTooLittleIsKnownAreNoVersions() {
    assertThat(key("Intro", "", "")).isZero();
    assertThat(key("", "Band", "la la la")).isZero();
  }
}
