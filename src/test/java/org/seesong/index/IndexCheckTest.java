package org.seesong.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.lucene.analysis.core.KeywordAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.BytesRef;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seesong.vector.FloatVector;

class IndexCheckTest {
  @TempDir Path temporary;
  private Path folder;

  @BeforeEach
  void writeIndex() throws IOException {
    folder = temporary.toRealPath().resolve("index");
    TestCatalogue some = TestCatalogue.random(new TestCatalogue.Size(30, 50, 5, 4, 20), 1);
    new TestCatalogue(
            some.pictures().stream()
                .map(
                    p ->
                        new PictureDocument(
                            p.id(),
                            p.path(),
                            p.keywords(),
                            p.visualVector(),
                            unit(p.networkVector()),
                            p.thumbnail()))
                .toList(),
            some.songs().stream()
                .map(
                    s ->
                        new SongDocument(
                            s.id(),
                            s.details(),
                            s.keywords(),
                            s.firstLines(),
                            s.searchText(),
                            unit(s.networkVector())))
                .toList(),
            some.identity())
        .write(folder);
  }

  private static FloatVector unit(FloatVector vector) {
    float[] values = vector.values().clone();
    for (int i = 0; i < values.length; i++) {
      values[i] /= (float) vector.norm();
    }
    return new FloatVector(values);
  }

  private void add(Document... documents) throws IOException {
    try (FSDirectory directory = FSDirectory.open(folder);
        IndexWriter writer =
            new IndexWriter(directory, new IndexWriterConfig(new KeywordAnalyzer()))) {
      for (Document document : documents) {
        writer.addDocument(document);
      }
      writer.setLiveCommitData(TestCatalogue.identity(5, 4).toUserData().entrySet());
      writer.commit();
    }
  }

  private static Document document(String kind, String id) {
    Document document = new Document();
    document.add(new StringField(IndexLayout.KIND, kind, Field.Store.YES));
    document.add(new StringField(IndexLayout.ID, id, Field.Store.YES));
    document.add(new SortedDocValuesField(IndexLayout.ID, new BytesRef(id)));
    return document;
  }

  private static void addVector(Document document, String field, float... values) {
    document.add(new KnnFloatVectorField(field, values, IndexLayout.SIMILARITY));
  }

  @Test
  void aSoundIndexIsWhole() throws IOException {
    IndexCheck.Report report = IndexCheck.check(folder);
    assertThat(report).isEqualTo(new IndexCheck.Report(30, 50, 0, List.of()));
    assertThat(report.isWhole()).isTrue();
  }

  @Test
  void whatTheLayoutForbidsIsTold() throws IOException {
    Document twice = document("song", "song:s7");
    Document misfit = document("song", "picture:x");
    Document odd = document("album", "album:1");
    Document bare = document("picture", "picture:bare");
    Document loose = document("song", "song:loose");
    addVector(loose, IndexLayout.SONG_NETWORK_VECTOR, 2, 0, 0, 0);
    Document confused = document("song", "song:confused");
    addVector(confused, IndexLayout.PICTURE_NETWORK_VECTOR, 0, 1, 0, 0);
    add(twice, misfit, odd, bare, loose, confused);
    IndexCheck.Report report = IndexCheck.check(folder);
    assertThat(report.problems())
        .containsExactly(
            "document 81 is a song, but its id is 'picture:x'",
            "document 82 is neither a picture nor a song but 'album'",
            "song:s7 is there 2 times",
            "there are 31 pictures but 30 visual vectors",
            "song:confused has a picture_network_vector, which only a picture may have",
            "song:loose: its network vector must have length 1 but has 2.0000");
    assertThat(report.problemCount()).isEqualTo(6);
    assertThat(report.isWhole()).isFalse();
  }

  @Test
  void aBitThatFlippedInAnyVectorFileIsFound() throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files = all.filter(file -> file.toString().endsWith(".vec")).toList();
    }
    assertThat(files).isNotEmpty();
    for (Path file : files) {
      flip(file);
      IndexCheck.Report report = IndexCheck.check(folder);
      assertThat(report.problems()).hasSize(1);
      assertThat(report.problems().get(0)).startsWith("Lucene finds damage: ");
      flip(file);
    }
    assertThat(IndexCheck.check(folder).isWhole()).isTrue();
  }

  private static void flip(Path file) throws IOException {
    try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
      long place = access.length() / 2;
      access.seek(place);
      int value = access.read();
      access.seek(place);
      access.write(value ^ 1);
    }
  }

  @Test
  void anIndexThatIsBeingWrittenIsLeftAlone() throws IOException {
    CatalogueIndexWriter writer = CatalogueIndexWriter.open(folder, HnswOptions.DEFAULT);
    assertThatThrownBy(() -> IndexCheck.check(folder))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "cannot check index "
                + folder
                + ": another process is writing it (it holds the lock write.lock); wait for it to"
                + " end");
    writer.close();
  }

  @Test
  void aFolderWithoutAnIndexIsRefused() {
    assertThatThrownBy(() -> IndexCheck.check(folder.resolve("none")))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "there is no index at " + folder.resolve("none") + "; make one with 'seesong build'");
  }
}
