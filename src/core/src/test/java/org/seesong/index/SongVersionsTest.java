package org.seesong.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SongVersionsTest {
  private static final TestCatalogue CATALOGUE =
      TestCatalogue.random(new TestCatalogue.Size(5, 400, 4, 3, 3), 5);

  @TempDir Path folder;

  private final SplittableRandom random = new SplittableRandom(3);

  private LyricsSignature signature(long key) {
    byte[] hashes = new byte[LyricsSignature.HASHES];
    random.nextBytes(hashes);
    return new LyricsSignature(key, hashes);
  }

  /** Like another one but for so many hashes, from the end on. */
  private LyricsSignature changed(LyricsSignature from, long key, int hashes) {
    byte[] all = from.bytes().bytes.clone();
    for (int i = all.length - hashes; i < all.length; i++) {
      all[i] ^= (byte) (1 + random.nextInt(255));
    }
    return new LyricsSignature(key, all);
  }

  @Test
  void aSongJoinsTheFirstThatItIsLike() {
    SongVersions versions = new SongVersions();
    LyricsSignature first = signature(1);
    assertThat(versions.group(first)).isSameAs(first);
    assertThat(versions.group(changed(first, 2, 64))).isSameAs(first);
    LyricsSignature other = changed(first, 3, 65);
    assertThat(versions.group(other)).isSameAs(other);
    assertThat(versions.group(changed(first, 4, 30))).as("is like both").isSameAs(first);
  }

  @Test
  void similarityDoesNotPassFromSongToSong() {
    SongVersions versions = new SongVersions();
    LyricsSignature a = signature(1);
    LyricsSignature b = changed(a, 2, 50);
    byte[] further = b.bytes().bytes.clone();
    for (int i = 0; i < 50; i++) {
      further[i + 20] ^= 1;
    }
    LyricsSignature c = new LyricsSignature(3, further);
    assertThat(c.isLike(b)).isTrue();
    versions.group(a);
    assertThat(versions.group(b)).isSameAs(a);
    assertThat(versions.group(c)).isSameAs(c);
  }

  @Test
  void manyGroupsAreFoundAgain() {
    SongVersions versions = new SongVersions();
    List<LyricsSignature> firsts = new ArrayList<>();
    for (int i = 1; i <= 3000; i++) {
      firsts.add(signature(i));
      assertThat(versions.group(firsts.get(i - 1))).isSameAs(firsts.get(i - 1));
    }
    for (LyricsSignature first : firsts) {
      assertThat(versions.group(changed(first, 9000, 40))).isSameAs(first);
    }
  }

  @Test
  void songsWithoutHashesHaveTheirOwnKey() {
    SongVersions versions = new SongVersions();
    LyricsSignature few = new LyricsSignature(7, new byte[0]);
    assertThat(versions.group(few)).isSameAs(few);
    assertThat(versions.group(LyricsSignature.NONE)).isSameAs(LyricsSignature.NONE);
    assertThatThrownBy(() -> new LyricsSignature(0, new byte[LyricsSignature.HASHES]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new LyricsSignature(1, new byte[3])).hasMessageContaining("got: 3");
  }

  private static SongDocument song(int number, LyricsSignature signature) {
    SongDocument song = CATALOGUE.songs().get(number);
    return new SongDocument(
        song.id(),
        song.details(),
        song.keywords(),
        song.keywordLines(),
        song.firstLines(),
        song.searchText(),
        song.graphEmbedding(),
        signature);
  }

  private static Map<String, Long> keys(Path index) throws IOException {
    Map<String, Long> keys = new TreeMap<>();
    try (CatalogueIndex opened = CatalogueIndex.open(index)) {
      for (SongDocument song : CATALOGUE.songs()) {
        int document = opened.document(IndexLayout.documentId(IndexLayout.SONG, song.id()));
        if (document >= 0) {
          DocumentValues.contentKeys(opened.reader(), List.of(document))
              .forEach((number, key) -> keys.put(song.id(), key));
        }
      }
    }
    return keys;
  }

  @Test
  void songsAddedLaterMeetTheSameVersions() throws IOException {
    List<SongDocument> songs = new ArrayList<>();
    List<LyricsSignature> signatures = new ArrayList<>();
    for (int i = 0; i < CATALOGUE.songs().size(); i++) {
      // Some are on the verge of being like an earlier one, and some like several.
      signatures.add(
          i < 40 || random.nextInt(5) == 0
              ? signature(i + 1)
              : changed(signatures.get(random.nextInt(i)), i + 1, random.nextInt(80)));
      songs.add(song(i, signatures.get(i)));
    }
    Path whole = folder.resolve("whole");
    new TestCatalogue(CATALOGUE.pictures(), songs, CATALOGUE.identity())
        .write(whole, VectorFormat.IVF);
    Path grown = folder.resolve("grown");
    new TestCatalogue(CATALOGUE.pictures(), songs.subList(0, 150), CATALOGUE.identity())
        .write(grown, VectorFormat.IVF);
    for (int from = 150; from < songs.size(); from += 125) {
      try (CatalogueIndexUpdater updater = CatalogueIndexUpdater.open(grown)) {
        for (SongDocument song : songs.subList(from, from + 125)) {
          updater.put(song);
        }
        updater.commit();
      }
    }
    Map<String, Long> keys = keys(whole);
    assertThat(keys).hasSize(400);
    assertThat(keys.values().stream().distinct().count()).isBetween(80L, 320L);
    assertThat(keys(grown)).isEqualTo(keys);
  }

  @Test
  void aGroupOutlivesTheSongThatBeganIt() throws IOException {
    LyricsSignature first = signature(1);
    List<SongDocument> songs = List.of(song(0, first), song(1, changed(first, 2, 50)));
    Path index = folder.resolve("index");
    new TestCatalogue(CATALOGUE.pictures(), songs, CATALOGUE.identity())
        .write(index, VectorFormat.IVF);
    try (CatalogueIndexUpdater updater = CatalogueIndexUpdater.open(index)) {
      updater.remove(IndexLayout.SONG, songs.get(0).id());
      updater.commit();
    }
    try (CatalogueIndexUpdater updater = CatalogueIndexUpdater.open(index)) {
      updater.put(song(2, changed(first, 3, 50)));
      updater.put(song(3, signature(4)));
      updater.commit();
    }
    assertThat(keys(index).values()).containsExactly(1L, 1L, 4L);
    try (CatalogueIndex opened = CatalogueIndex.open(index)) {
      assertThat(DocumentValues.songsByContentKey(opened.reader())).isEqualTo(Map.of(1L, 2, 4L, 1));
    }
  }
}
