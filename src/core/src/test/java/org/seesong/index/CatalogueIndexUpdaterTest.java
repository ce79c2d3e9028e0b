package org.seesong.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.lucene.codecs.perfield.PerFieldKnnVectorsFormat;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.store.FSDirectory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seesong.vector.FloatVector;

class CatalogueIndexUpdaterTest {
  private static final TestCatalogue.Size SIZE = new TestCatalogue.Size(40, 60, 5, 4, 20);

  @TempDir Path folder;
  private final TestCatalogue first = TestCatalogue.random(SIZE, 1);
  private final TestCatalogue second = TestCatalogue.random(SIZE, 2);

  @BeforeEach
  void writeIndex() throws IOException {
    first.write(folder);
  }

  private CatalogueIndexUpdater updater() throws IOException {
    return CatalogueIndexUpdater.open(folder);
  }

  private static PictureDocument renamed(PictureDocument picture, String id) {
    return new PictureDocument(
        id,
        picture.path(),
        picture.keywords(),
        picture.keywords(),
        picture.imageEmbedding(),
        picture.graphEmbedding(),
        picture.thumbnail());
  }

  @Test
  void graphsOfAnIndexOfOtherOptionsAreMergedAsTheyAre() throws IOException {
    TestCatalogue many = TestCatalogue.random(new TestCatalogue.Size(300, 600, 5, 100, 200), 3);
    BuildInfo built = many.identity().build();
    TreeMap<String, String> options = new TreeMap<>(built.options());
    options.put(VectorFormat.OPTION, VectorFormat.LUCENE.label());
    IndexMetadata identity =
        IndexMetadata.of(
            many.identity().imageSpace(),
            many.identity().graphSpace(),
            new BuildInfo(built.seed(), built.vocabularyHash(), built.fingerprint(), options));
    assertThat(VectorFormat.of(many.identity())).isEqualTo(VectorFormat.IVF);
    Path index = folder.resolve("lucene");
    new TestCatalogue(many.pictures(), many.songs(), identity).write(index, VectorFormat.LUCENE);
    try (CatalogueIndexUpdater updater = CatalogueIndexUpdater.open(index)) {
      for (int i = 0; i < 40; i++) {
        // Nothing is replaced: Lucene goes on from a graph only if all of its vectors stay.
        updater.put(renamed(many.pictures().get(i), "new" + i));
      }
      updater.compact();
      updater.commit();
    }
    try (CatalogueIndex after = CatalogueIndex.open(index)) {
      assertThat(after.songs()).isEqualTo(600);
      assertThat(after.pictures()).isEqualTo(340);
      assertThat(after.reader().leaves()).hasSize(1);
      FieldInfo vectors =
          after.reader().leaves().get(0).reader().getFieldInfos().fieldInfo("picture_vector");
      assertThat(vectors.getAttribute(PerFieldKnnVectorsFormat.PER_FIELD_FORMAT_KEY))
          .isEqualTo("Lucene99HnswScalarQuantizedVectorsFormat");
    }
  }

  @Test
  void anyRunOfChangesGivesWhatAMapGives() throws IOException {
    SplittableRandom random = new SplittableRandom(8);
    TreeMap<String, SongDocument> songs = new TreeMap<>();
    TreeMap<String, PictureDocument> pictures = new TreeMap<>();
    first.songs().forEach(song -> songs.put(song.id(), song));
    first.pictures().forEach(picture -> pictures.put(picture.id(), picture));
    for (int round = 0; round < 6; round++) {
      try (CatalogueIndexUpdater updater = updater()) {
        for (int i = 0; i < 15; i++) {
          int at = random.nextInt(40);
          switch (random.nextInt(5)) {
            case 0 -> {
              updater.put(second.songs().get(at));
              songs.put(second.songs().get(at).id(), second.songs().get(at));
            }
            case 1 -> {
              updater.put(second.pictures().get(at));
              pictures.put(second.pictures().get(at).id(), second.pictures().get(at));
            }
            case 2 -> {
              PictureDocument fresh = renamed(second.pictures().get(at), "new" + at);
              updater.put(fresh);
              pictures.put(fresh.id(), fresh);
            }
            case 3 -> {
              updater.remove(IndexLayout.SONG, "s" + at);
              songs.remove("s" + at);
            }
            default -> {
              updater.remove(IndexLayout.PICTURE, "p" + at);
              pictures.remove("p" + at);
            }
          }
        }
        if (round == 4) {
          updater.compact();
        }
        updater.commit();
      }
      try (CatalogueIndex index = CatalogueIndex.open(folder)) {
        assertThat(index.songs()).isEqualTo(songs.size());
        assertThat(index.pictures()).isEqualTo(pictures.size());
        for (int i = 0; i < 60; i++) {
          String id = "s" + i;
          assertThat(index.song(id).map(CatalogueSong::details))
              .isEqualTo(Optional.ofNullable(songs.get(id)).map(SongDocument::details));
        }
        for (PictureDocument picture : pictures.values()) {
          int document = index.document(IndexLayout.documentId(IndexLayout.PICTURE, picture.id()));
          assertThat(index.vectorAt(IndexLayout.PICTURE_IMAGE_EMBEDDING, document))
              .isEqualTo(picture.imageEmbedding());
          assertThat(index.labelsAt(document)).isEqualTo(picture.labels());
        }
        long carriers = songs.values().stream().filter(song -> !song.keywords().isEmpty()).count();
        assertThat(index.keywords().stream().mapToInt(KeywordCount::songs).sum())
            .isGreaterThanOrEqualTo((int) carriers);
      }
    }
  }

  @Test
  void theSpacesStayAndTheFingerprintGoesOn() throws IOException {
    IndexMetadata before = first.identity();
    try (CatalogueIndexUpdater updater = updater()) {
      updater.put(second.songs().get(0));
      updater.remove(IndexLayout.SONG, "s5");
      updater.commit();
    }
    try (CatalogueIndexUpdater updater = updater()) {
      IndexMetadata now = updater.before().metadata();
      assertThat(now.imageSpace()).isEqualTo(before.imageSpace());
      assertThat(now.graphSpace()).isEqualTo(before.graphSpace());
      assertThat(now.build().vocabularyHash()).isEqualTo(before.build().vocabularyHash());
      assertThat(now.build().fingerprint()).isNotEqualTo(before.build().fingerprint());
      assertThat(now.build().options()).containsEntry("changes", "1 put, 1 removed");
      updater.remove(IndexLayout.SONG, "s6");
      assertThat(updater.commit().build().options())
          .containsEntry("changes", "1 put, 2 removed")
          .containsEntry("samples", "10000000");
    }
  }

  private String fingerprintAfter(Path copy, List<SongDocument> songs, int songsPerCommit)
      throws IOException {
    first.write(copy);
    String fingerprint = "";
    for (int i = 0; i < songs.size(); i += songsPerCommit) {
      try (CatalogueIndexUpdater updater = CatalogueIndexUpdater.open(copy)) {
        for (SongDocument song : songs.subList(i, i + songsPerCommit)) {
          updater.put(song);
        }
        fingerprint = updater.commit().build().fingerprint();
      }
    }
    return fingerprint;
  }

  /** The same song but for one field of its document. */
  private static SongDocument retold(SongDocument song, String lyrics) {
    return new SongDocument(
        song.id(),
        song.details(),
        song.keywords(),
        song.keywordLines(),
        song.firstLines(),
        new SearchText(song.searchText().title(), lyrics),
        song.graphEmbedding(),
        LyricsSignature.NONE);
  }

  @Test
  void equalChangesGiveEqualFingerprintsAndOtherContentGivesOthers() throws IOException {
    SongDocument song = second.songs().get(3);
    SongDocument other = second.songs().get(4);
    String one = fingerprintAfter(folder.resolve("a"), List.of(song, other), 2);
    assertThat(fingerprintAfter(folder.resolve("b"), List.of(song, other), 2)).isEqualTo(one);
    Set<String> fingerprints = new HashSet<>(Set.of(one, first.identity().build().fingerprint()));
    assertThat(fingerprintAfter(folder.resolve("c"), List.of(retold(song, "别"), other), 2))
        .satisfies(fingerprints::add);
    assertThat(fingerprintAfter(folder.resolve("d"), List.of(other, song), 2))
        .satisfies(fingerprints::add);
    assertThat(fingerprintAfter(folder.resolve("e"), List.of(song, other), 1))
        .satisfies(fingerprints::add);
    assertThat(fingerprints).hasSize(5);
  }

  @Test
  void aPicturesVectorAndThumbnailAreContent() throws IOException {
    PictureDocument picture = second.pictures().get(3);
    float[] moved = picture.imageEmbedding().values().clone();
    moved[4] = Math.nextUp(moved[4]);
    List<PictureDocument> variants =
        List.of(
            picture,
            new PictureDocument(
                picture.id(),
                picture.path(),
                picture.keywords(),
                picture.keywords(),
                new FloatVector(moved),
                picture.graphEmbedding(),
                picture.thumbnail()),
            new PictureDocument(
                picture.id(),
                picture.path(),
                picture.keywords(),
                picture.keywords(),
                picture.imageEmbedding(),
                picture.graphEmbedding(),
                new Thumbnail(new byte[] {1, 99})));
    Set<String> fingerprints = new HashSet<>();
    for (PictureDocument variant : variants) {
      Path copy = folder.resolve("copy" + fingerprints.size());
      first.write(copy);
      try (CatalogueIndexUpdater updater = CatalogueIndexUpdater.open(copy)) {
        updater.put(variant);
        fingerprints.add(updater.commit().build().fingerprint());
      }
    }
    assertThat(fingerprints).hasSize(3);
  }

  @Test
  void severalCommitsOfOneUpdaterChainAsThoseOfSeveralDo() throws IOException {
    List<SongDocument> songs = second.songs().subList(0, 3);
    String expected = fingerprintAfter(folder.resolve("a"), songs, 1);
    Path copy = folder.resolve("b");
    first.write(copy);
    try (CatalogueIndexUpdater updater = CatalogueIndexUpdater.open(copy)) {
      Set<String> fingerprints = new HashSet<>();
      for (SongDocument song : songs) {
        updater.put(song);
        assertThat(fingerprints.add(updater.commit().build().fingerprint())).isTrue();
      }
      assertThat(fingerprints).contains(expected);
      updater.compact();
      assertThat(updater.commit().build().fingerprint()).isEqualTo(expected);
      updater.remove(IndexLayout.SONG, "s1");
      assertThat(updater.commit().build().options()).containsEntry("changes", "3 put, 1 removed");
    }
    try (CatalogueIndex index = CatalogueIndex.open(copy)) {
      assertThat(index.metadata().build().fingerprint()).isNotEqualTo(expected);
    }
  }

  @Test
  void theBaseIsReadUnderTheLock() throws Exception {
    AtomicBoolean done = new AtomicBoolean();
    ExecutorService executor = Executors.newSingleThreadExecutor();
    try {
      Future<?> others =
          executor.submit(
              () -> {
                for (int i = 0; !done.get(); i++) {
                  try (CatalogueIndexUpdater updater = updater()) {
                    updater.put(second.songs().get(i % 60));
                    updater.commit();
                  } catch (IOException e) {
                    assertThat(e).hasMessageContaining("another process is writing it");
                  }
                }
                return null;
              });
      for (int opened = 0; opened < 100; ) {
        try (CatalogueIndexUpdater updater = updater();
            FSDirectory files = FSDirectory.open(folder)) {
          opened++;
          // The lock is ours, so nothing is newer than what is there now.
          assertThat(updater.before().reader().getIndexCommit().getGeneration())
              .isEqualTo(SegmentInfos.readLatestCommit(files).getGeneration());
        } catch (IOException e) {
          assertThat(e).hasMessageContaining("another process is writing it");
        }
      }
      done.set(true);
      others.get();
    } finally {
      done.set(true);
      executor.shutdown();
    }
  }

  @Test
  void compactingChangesNothingButTheSpaceTaken() throws IOException {
    try (CatalogueIndexUpdater updater = updater()) {
      // Of many more Lucene would merge at once.
      for (int i = 0; i < 10; i++) {
        updater.remove(IndexLayout.PICTURE, "p" + i);
      }
      updater.commit();
    }
    IndexMetadata before;
    try (CatalogueIndex index = CatalogueIndex.open(folder)) {
      before = index.metadata();
      assertThat(index.reader().hasDeletions()).isTrue();
    }
    try (CatalogueIndexUpdater updater = updater()) {
      updater.compact();
      updater.commit();
    }
    try (CatalogueIndex index = CatalogueIndex.open(folder)) {
      assertThat(index.metadata()).isEqualTo(before);
      assertThat(index.reader().hasDeletions()).isFalse();
      assertThat(index.reader().leaves()).hasSize(1);
      assertThat(index.pictures()).isEqualTo(30);
    }
  }

  @Test
  void withoutACommitNothingHasHappened() throws IOException {
    try (CatalogueIndexUpdater updater = updater()) {
      updater.put(renamed(first.pictures().get(0), "other"));
      updater.remove(IndexLayout.SONG, "s1");
    }
    try (CatalogueIndex index = CatalogueIndex.open(folder)) {
      assertThat(index.metadata()).isEqualTo(first.identity());
      assertThat(index.songs()).isEqualTo(60);
      assertThat(index.picture("other")).isEmpty();
    }
  }

  @Test
  void vectorsOfOtherSpacesAreRefused() throws IOException {
    PictureDocument picture = first.pictures().get(0);
    try (CatalogueIndexUpdater updater = updater()) {
      assertThatThrownBy(
              () ->
                  updater.put(
                      new PictureDocument(
                          "p",
                          "",
                          List.of(),
                          List.of(),
                          new FloatVector(new float[3]),
                          FloatVector.empty(),
                          picture.thumbnail())))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("image embedding of picture 'p' has 3 dimensions, but earlier ones have 5");
      assertThatThrownBy(
              () ->
                  updater.put(
                      new PictureDocument(
                          "p",
                          "",
                          List.of(),
                          List.of(),
                          picture.imageEmbedding(),
                          new FloatVector(new float[4]),
                          picture.thumbnail())))
          .hasMessage(
              "graph embedding of picture 'p' is all zeros; what is not connected needs an empty"
                  + " vector");
    }
  }

  @Test
  void aSecondWriterIsToldToWait() throws IOException {
    try (CatalogueIndexUpdater updater = updater()) {
      assertThat(updater.before().songs()).isEqualTo(60);
      assertThatThrownBy(this::updater)
          .isInstanceOf(IOException.class)
          .hasMessage(
              "cannot change index "
                  + folder
                  + ": another process is writing it (it holds the lock write.lock); wait for it"
                  + " to end");
    }
  }

  @Test
  void bytesByFieldSumUpToTheFilesOfTheCommit() throws IOException {
    try (CatalogueIndexUpdater updater = updater()) {
      updater.put(second.songs().get(0));
      updater.put(renamed(second.pictures().get(0), "new"));
      updater.commit();
    }
    try (CatalogueIndex index = CatalogueIndex.open(folder)) {
      long files = 0;
      for (String file : index.reader().getIndexCommit().getFileNames()) {
        files += Files.size(folder.resolve(file));
      }
      TreeMap<String, Long> bytes = new TreeMap<>(FieldBytes.of(index));
      assertThat(bytes.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(files);
      assertThat(bytes).containsKeys("(stored)", "(other)", "id", "picture_vector", "song_title");
      assertThat(bytes.get("picture_vector")).isGreaterThanOrEqualTo(41 * 5 * 4);
      assertThat(bytes.values()).allMatch(size -> size >= 0);
    }
  }

  @Test
  void aRefusedSongDoesNotKeepLaterOnesOut() throws IOException {
    try (CatalogueIndexUpdater updater = updater()) {
      assertThatThrownBy(() -> updater.put(songOf("crowded", 1001)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("song 'crowded' brings one more");
      updater.put(songOf("plain", 0));
      updater.commit();
    }
    try (CatalogueIndex index = CatalogueIndex.open(folder)) {
      assertThat(index.song("plain")).isPresent();
      assertThat(index.song("crowded")).isEmpty();
    }
  }

  private static SongDocument songOf(String id, int attributes) {
    TreeMap<String, String> some = new TreeMap<>();
    for (int i = 0; i < attributes; i++) {
      some.put("name" + i, "x");
    }
    return new SongDocument(
        id,
        new SongDetails("", "", "", 0, Double.NaN, some),
        List.of(),
        List.of(),
        List.of(),
        new SearchText("", ""),
        TestCatalogue.vector(4, 20, new SplittableRandom(1)),
        LyricsSignature.NONE);
  }

  @Test
  void indexesOfEarlierVersionsMoveToTheUsualFormat() {
    for (VectorFormat format : VectorFormat.values()) {
      assertThat(VectorFormat.of(identityOf(format.label()))).isEqualTo(format);
    }
    assertThat(VectorFormat.of(identityOf("graphs of 32 connections (200 candidates)")))
        .isEqualTo(VectorFormat.IVF);
  }

  private IndexMetadata identityOf(String vectors) {
    BuildInfo built = first.identity().build();
    TreeMap<String, String> options = new TreeMap<>(built.options());
    options.put(VectorFormat.OPTION, vectors);
    return IndexMetadata.of(
        first.identity().imageSpace(),
        first.identity().graphSpace(),
        new BuildInfo(built.seed(), built.vocabularyHash(), built.fingerprint(), options));
  }
}
