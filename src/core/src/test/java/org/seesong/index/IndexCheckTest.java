package org.seesong.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
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
                            p.keywords(),
                            p.imageEmbedding(),
                            unit(p.graphEmbedding()),
                            p.thumbnail()))
                .toList(),
            some.songs().stream()
                .map(
                    s ->
                        new SongDocument(
                            s.id(),
                            s.details(),
                            s.keywords(),
                            List.of(),
                            s.firstLines(),
                            s.searchText(),
                            unit(s.graphEmbedding()),
                            LyricsSignature.NONE))
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
    addVector(loose, IndexLayout.SONG_GRAPH_EMBEDDING, 2, 0, 0, 0);
    Document confused = document("song", "song:confused");
    addVector(confused, IndexLayout.PICTURE_GRAPH_EMBEDDING, 0, 1, 0, 0);
    add(twice, misfit, odd, bare, loose, confused);
    IndexCheck.Report report = IndexCheck.check(folder);
    assertThat(report.problems())
        .containsExactly(
            "document 81 is a song, but its id is 'picture:x'",
            "document 82 is neither a picture nor a song but 'album'",
            "song:s7 is there 2 times",
            "there are 31 pictures but 30 image embeddings",
            "song:confused has a picture_network_vector, which only a picture may have",
            "song:loose: its graph embedding must have length 1 but has 2.0000");
    assertThat(report.problemCount()).isEqualTo(6);
    assertThat(report.isWhole()).isFalse();
  }

  @Test
  void aBitThatFlippedInAnyFileIsFoundAndSoIsATornEnd() throws IOException {
    List<Path> files = files();
    assertThat(files).anyMatch(file -> file.toString().endsWith(".vec"));
    for (Path file : files) {
      byte[] whole = Files.readAllBytes(file);
      for (int at : new int[] {0, whole.length / 2, whole.length - 1}) {
        byte[] flipped = whole.clone();
        flipped[at] ^= 1;
        Files.write(file, flipped);
        assertDamaged(file, whole.length);
      }
      Files.write(file, Arrays.copyOf(whole, whole.length - 1));
      assertDamaged(file, whole.length - 1);
      Files.write(file, whole);
    }
    assertThat(IndexCheck.check(folder).isWhole()).isTrue();
  }

  private void assertDamaged(Path file, int length) throws IOException {
    IndexCheck.Report report = IndexCheck.check(folder);
    assertThat(report.problems()).hasSize(1);
    assertThat(report.problems().get(0))
        .startsWith(
            String.format(
                Locale.ROOT,
                "Lucene finds damage: %s: bytes 0 to %,d are damaged (",
                file,
                length - 1))
        .contains(" lost; ")
        .endsWith(
            "run the same 'seesong build' again, which writes the index anew, then add"
                + " again what was added since");
  }

  @Test
  void aMissingFileIsNamed() throws IOException {
    Path file = files().stream().filter(f -> f.toString().endsWith(".vec")).findAny().orElseThrow();
    Files.delete(file);
    assertThat(IndexCheck.check(folder).problems().get(0))
        .startsWith("Lucene finds damage: " + file + " is missing; ");
  }

  @Test
  void checkingChangesNothing() throws IOException {
    Map<String, String> before = state();
    Files.delete(folder.resolve("write.lock"));
    before.remove("write.lock");
    FileTime long1 = FileTime.fromMillis(86_400_000);
    Files.setLastModifiedTime(folder, long1);
    IndexCheck.check(folder);
    assertThat(state()).isEqualTo(before);
    assertThat(Files.getLastModifiedTime(folder)).isEqualTo(long1);
  }

  private Map<String, String> state() throws IOException {
    Map<String, String> state = new TreeMap<>();
    try (Stream<Path> all = Files.list(folder)) {
      for (Path file : all.toList()) {
        state.put(
            file.getFileName().toString(),
            Files.getLastModifiedTime(file) + " " + Arrays.hashCode(Files.readAllBytes(file)));
      }
    }
    return state;
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(file -> !file.endsWith("write.lock")).toList();
    }
  }

  @Test
  void anIndexThatIsBeingWrittenIsCheckedAsItWasCommitted() throws IOException {
    try (CatalogueIndexWriter writer = CatalogueIndexWriter.open(folder, VectorFormat.IVF)) {
      assertThat(IndexCheck.check(folder)).isEqualTo(new IndexCheck.Report(30, 50, 0, List.of()));
      assertThatThrownBy(() -> CatalogueIndexWriter.open(folder, VectorFormat.IVF))
          .hasMessageContaining("another process is writing it");
      assertThat(writer).isNotNull();
    }
  }

  @Test
  void aFolderWithoutAnIndexIsRefused() {
    assertThatThrownBy(() -> IndexCheck.check(folder.resolve("none")))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "there is no index at " + folder.resolve("none") + "; make one with 'seesong build'");
  }
}
