package org.seesong.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.zip.CRC32C;
import org.apache.lucene.analysis.core.KeywordAnalyzer;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.NoMergePolicy;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.store.FSDirectory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seesong.index.CatalogueIndex;
import org.seesong.index.IndexLayout;
import org.seesong.index.TestCatalogue;
import org.seesong.vector.FloatVector;

class KeptSongsTest {
  private static final TestCatalogue.Size SIZE = new TestCatalogue.Size(60, 400, 3, 4, 6);
  private static final TwoHopOptions KEPT =
      TwoHopOptions.PAPER.withMode(SearchMode.EXACT).withSharing(new Sharing(3, 0, 0, 0));

  @TempDir Path temporary;
  private Path folder;

  @BeforeEach
  void nameFolder() throws IOException {
    folder = temporary.toRealPath().resolve("index");
  }

  private static List<String> told(TwoHopResult result) {
    return result.songs().stream()
        .map(
            hit ->
                hit.because().leader()
                    + hit.because().pictureId()
                    + ">"
                    + hit.id()
                    + "@"
                    + hit.because().songDistance())
        .toList();
  }

  /** Compares answers with and without what is kept. */
  private void assertSameAnswers(long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    List<TwoHopOptions> variants =
        List.of(
            KEPT,
            KEPT.withSharing(Sharing.PAPER),
            KEPT.withSongs(100),
            KEPT.withSharing(new Sharing(2, 0, 0.3, 2)),
            KEPT.withFilters(List.of(SongFilter.parse("language=zh"))),
            KEPT.withExcludedSongs(Set.of("s1", "s2", "s3")));
    try (CatalogueIndex index = CatalogueIndex.open(folder)) {
      TwoHopSearcher searcher = new TwoHopSearcher(index);
      for (int round = 0; round < 20; round++) {
        float[] query = TestCatalogue.vector(3, 6, random).values();
        for (TwoHopOptions options : variants) {
          assertThat(told(searcher.search(query, options)))
              .as("round %s of %s", round, options)
              .isEqualTo(told(searcher.search(query, options.withLive(true))));
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void answersStayThoseOfALiveSearchWhateverIsWritten(long seed) throws IOException {
    TestCatalogue.random(SIZE, seed).write(folder);
    assertThat(KeptSongs.keep(folder)).isBetween(30, 60);
    assertSameAnswers(seed);
    assertThat(answeredFromLists()).isGreaterThan(0);
    Path more = folder.resolveSibling("more");
    TestCatalogue.random(new TestCatalogue.Size(20, 50, 3, 4, 6), seed + 10).write(more);
    SplittableRandom random = new SplittableRandom(seed);
    try (FSDirectory directory = FSDirectory.open(folder);
        FSDirectory other = FSDirectory.open(more);
        IndexWriter writer =
            new IndexWriter(
                directory,
                new IndexWriterConfig(new KeywordAnalyzer())
                    .setMergePolicy(NoMergePolicy.INSTANCE))) {
      for (int i = 0; i < 100; i++) {
        remove(writer, "song:s" + random.nextInt(400));
        remove(writer, "picture:p" + random.nextInt(60));
      }
      writer.commit();
      assertSameAnswers(seed + 1);
      // Pictures and songs that were there before, at other places now.
      for (int i = 0; i < 50; i++) {
        remove(writer, "song:s" + i);
      }
      for (int i = 0; i < 20; i++) {
        remove(writer, "picture:p" + i);
      }
      writer.addIndexes(other);
      writer.commit();
      assertSameAnswers(seed + 2);
      assertThat(answeredFromLists()).isGreaterThan(0);
    }
    merge();
    assertSameAnswers(seed + 3);
    assertThat(KeptSongs.keep(folder)).isPositive();
    assertSameAnswers(seed + 4);
    assertThat(answeredFromLists()).isGreaterThan(0);
  }

  private static void remove(IndexWriter writer, String id) throws IOException {
    writer.deleteDocuments(new Term(IndexLayout.ID, id));
  }

  private void merge() throws IOException {
    try (FSDirectory directory = FSDirectory.open(folder);
        IndexWriter writer =
            new IndexWriter(directory, new IndexWriterConfig(new KeywordAnalyzer()))) {
      writer.forceMerge(1);
    }
  }

  /** How many pictures and neighbourhoods need no search. */
  private int answeredFromLists() throws IOException {
    try (CatalogueIndex index = CatalogueIndex.open(folder)) {
      NearestVectors songs =
          new NearestVectors(
              new IndexSearcher(index.reader()), index, IndexLayout.SONG_NETWORK_VECTOR, 1);
      KeptSearch search = KeptSearch.of(index, songs).orElseThrow();
      int answered = 0;
      for (int document = 0; document < index.reader().maxDoc(); document++) {
        FloatVector vector = index.vectorAt(IndexLayout.PICTURE_NETWORK_VECTOR, document);
        if (!vector.isEmpty()) {
          List<HopTwo.Place> places = new ArrayList<>();
          places.add(new HopTwo.Place(vector.values(), document));
          HopTwo.Middle middle = new HopTwo.Middle(vector.values(), new double[] {1}, "");
          Optional<List<Neighbour>> single = search.nearest(places, 5).get(0);
          Optional<List<Neighbour>> together = search.nearest(middle, places, 5);
          List<Neighbour> live = songs.exact(List.of(vector.values()), 5, Optional.empty()).get(0);
          single.ifPresent(list -> assertThat(list).isEqualTo(live));
          together.ifPresent(list -> assertThat(list).isEqualTo(live));
          answered += single.isPresent() && together.isPresent() ? 1 : 0;
        }
      }
      return answered;
    }
  }

  @Test
  void fewSongsAreAllInTheLists() throws IOException {
    TestCatalogue.random(new TestCatalogue.Size(10, 20, 3, 4, 6), 5).write(folder);
    KeptSongs.keep(folder);
    assertSameAnswers(5);
  }

  @Test
  void aDamagedFileIsToldOfAndSearchesDoWithoutIt() throws IOException {
    TestCatalogue catalogue = TestCatalogue.random(SIZE, 6);
    catalogue.write(folder);
    assertThat(KeptSongs.problem(folder)).isEmpty();
    assertThat(KeptSongs.isUpToDate(folder)).isFalse();
    KeptSongs.keep(folder);
    assertThat(KeptSongs.problem(folder)).isEmpty();
    assertThat(KeptSongs.isUpToDate(folder)).isTrue();
    Path file = folder.resolve(KeptSongs.FILE);
    byte[] whole = Files.readAllBytes(file);
    for (int at : new int[] {0, 11, whole.length / 2, whole.length - 1}) {
      byte[] changed = whole.clone();
      changed[at] ^= 1;
      Files.write(file, changed);
      assertThat(KeptSongs.problem(folder))
          .contains(
              String.format(
                  Locale.ROOT,
                  "%s: bytes 0 to %,d are damaged (its checksum is wrong); searches do without"
                      + " these lists of nearest songs, more slowly; 'seesong index compact' makes"
                      + " them again",
                  file,
                  whole.length - 1));
      assertThat(KeptSongs.isUpToDate(folder)).isFalse();
      assertSameAnswers(6);
    }
    for (int length : new int[] {0, 3, 21, whole.length - 1}) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThat(KeptSongs.problem(folder).orElseThrow())
          .contains("searches do without these lists");
      assertSameAnswers(6);
    }
    Files.write(file, whole);
    catalogue.write(folder);
    assertThat(KeptSongs.problem(folder)).isEmpty();
    assertThat(KeptSongs.isUpToDate(folder)).as("lists of another index").isFalse();
    assertSameAnswers(6);
  }

  @Test
  void numbersThatCannotBeAreNoBetterThanAWrongChecksum() throws IOException {
    TestCatalogue.random(SIZE, 6).write(folder);
    KeptSongs.keep(folder);
    Path file = folder.resolve(KeptSongs.FILE);
    byte[] whole = Files.readAllBytes(file);
    int segments = 3 * Integer.BYTES;
    for (int at : new int[] {segments, segments + 20, segments + 24}) {
      for (int value : new int[] {-1, 1 << 20, Integer.MAX_VALUE}) {
        ByteBuffer changed = ByteBuffer.wrap(whole.clone()).putInt(at, value);
        CRC32C sum = new CRC32C();
        sum.update(changed.array(), 0, whole.length - Integer.BYTES);
        changed.putInt(whole.length - Integer.BYTES, (int) sum.getValue());
        Files.write(file, changed.array());
        assertThat(KeptSongs.isUpToDate(folder)).isFalse();
        assertSameAnswers(6);
      }
    }
  }
}
