package org.seesong.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.lucene.analysis.core.KeywordAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.store.FSDirectory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seesong.vector.FloatVector;
import org.seesong.vector.VectorSpace;

class CatalogueIndexTest {
  private static final TestCatalogue CATALOGUE =
      TestCatalogue.random(new TestCatalogue.Size(40, 70, 1280, 8, 100), 1);

  @TempDir Path temporary;
  private Path folder;

  @BeforeEach
  void nameFolder() throws IOException {
    folder = temporary.toRealPath().resolve("index");
  }

  @Test
  void whatWasAddedIsReadBack() throws IOException {
    CATALOGUE.write(folder);
    try (CatalogueIndex index = CatalogueIndex.open(folder)) {
      assertThat(index.metadata()).isEqualTo(CATALOGUE.identity());
      assertThat(index.folder()).isEqualTo(folder);
      assertThat(index.pictures()).isEqualTo(40);
      assertThat(index.songs()).isEqualTo(70);
      assertThat(index.attributes()).containsExactly("genre");
      for (PictureDocument picture : CATALOGUE.pictures()) {
        assertThat(index.picture(picture.id()))
            .contains(new CataloguePicture(picture.id(), picture.path(), picture.keywords()));
        assertThat(index.thumbnail(picture.id())).contains(picture.thumbnail());
      }
      for (SongDocument song : CATALOGUE.songs()) {
        assertThat(index.song(song.id()))
            .contains(
                new CatalogueSong(
                    song.id(),
                    song.details(),
                    song.keywords(),
                    song.keywordLines(),
                    song.firstLines()));
      }
      assertThat(index.picture("s1")).isEmpty();
      assertThat(index.song("p1")).isEmpty();
      assertThat(index.thumbnail("nobody")).isEqualTo(Optional.empty());
    }
  }

  @Test
  void documentsKeepTheirOrderAndTheirVectors() throws IOException {
    CATALOGUE.write(folder);
    try (CatalogueIndex index = CatalogueIndex.open(folder)) {
      for (int i = 0; i < 40; i++) {
        PictureDocument picture = CATALOGUE.pictures().get(i);
        assertThat(index.pictureAt(i).id()).isEqualTo(picture.id());
        assertThat(index.vectorAt(IndexLayout.PICTURE_IMAGE_EMBEDDING, i))
            .isEqualTo(picture.imageEmbedding());
        assertThat(index.vectorAt(IndexLayout.PICTURE_GRAPH_EMBEDDING, i))
            .isEqualTo(picture.graphEmbedding());
      }
      for (int i = 0; i < 70; i++) {
        SongDocument song = CATALOGUE.songs().get(i);
        assertThat(index.songAt(40 + i).id()).isEqualTo(song.id());
        assertThat(index.vectorAt(IndexLayout.SONG_GRAPH_EMBEDDING, 40 + i))
            .isEqualTo(song.graphEmbedding());
      }
      assertThat(index.vectors(IndexLayout.PICTURE_IMAGE_EMBEDDING)).isEqualTo(40);
      assertThat(index.vectors(IndexLayout.SONG_GRAPH_EMBEDDING))
          .isEqualTo(
              (int) CATALOGUE.songs().stream().filter(s -> !s.graphEmbedding().isEmpty()).count());
    }
  }

  @Test
  void vectorsOfSeveralDocumentsAreThoseOfEach() throws IOException {
    SplittableRandom random = new SplittableRandom(7);
    try (FSDirectory directory = FSDirectory.open(temporary.resolve("plain"))) {
      try (IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig())) {
        for (int i = 0; i < 60; i++) {
          Document document = new Document();
          if (i / 15 != 2 && random.nextInt(3) > 0) {
            document.add(new KnnFloatVectorField("place", new float[] {i, 1}));
          }
          writer.addDocument(document);
          if (i % 15 == 14) {
            writer.commit();
          }
        }
      }
      try (DirectoryReader reader = DirectoryReader.open(directory)) {
        assertThat(reader.leaves()).hasSizeGreaterThan(2);
        for (int trial = 0; trial < 50; trial++) {
          List<Integer> documents =
              random.ints(random.nextInt(20), 0, reader.maxDoc()).boxed().toList();
          Map<Integer, FloatVector> found = DocumentValues.vectors(reader, "place", documents);
          Map<Integer, FloatVector> expected = new HashMap<>();
          for (int document : documents) {
            FloatVector vector = DocumentValues.vector(reader, "place", document);
            if (!vector.isEmpty()) {
              expected.put(document, vector);
            }
          }
          assertThat(found).isEqualTo(expected);
        }
        assertThat(DocumentValues.vectors(reader, "nowhere", List.of(0, 59))).isEmpty();
      }
    }
  }

  @Test
  void theFolderOfABuildIsOpenedAsWell() throws IOException {
    Path inner = folder.resolve("index");
    CATALOGUE.write(inner);
    try (CatalogueIndex index = CatalogueIndex.open(folder)) {
      assertThat(index.folder()).isEqualTo(inner);
      assertThat(index.songs()).isEqualTo(CATALOGUE.songs().size());
    }
    try (CatalogueIndexUpdater updater = CatalogueIndexUpdater.open(folder)) {
      assertThat(updater.before().folder()).isEqualTo(inner);
    }
    assertThat(IndexCheck.check(folder).songs()).isEqualTo(CATALOGUE.songs().size());
    Path empty = Files.createDirectories(folder.resolve("empty/index")).getParent();
    assertThatThrownBy(() -> CatalogueIndex.open(empty))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "the folder "
                + empty
                + " holds no index, nor does the folder 'index' in it; make one with 'seesong"
                + " build'");
    try (Stream<Path> files = Files.list(empty)) {
      assertThat(files).containsExactly(empty.resolve("index"));
    }
  }

  @Test
  void keywordsAreCounted() throws IOException {
    CATALOGUE.write(folder);
    TreeMap<String, int[]> expected = new TreeMap<>();
    CATALOGUE.songs().forEach(s -> count(expected, s.keywords(), 0));
    CATALOGUE.pictures().forEach(p -> count(expected, p.keywords(), 1));
    try (CatalogueIndex index = CatalogueIndex.open(folder)) {
      assertThat(index.keywords())
          .containsExactlyElementsOf(
              expected.entrySet().stream()
                  .map(e -> new KeywordCount(e.getKey(), e.getValue()[0], e.getValue()[1]))
                  .toList());
    }
  }

  private static void count(
      Map<String, int[]> counts, List<WeightedKeyword> keywords, int position) {
    for (WeightedKeyword keyword : keywords) {
      counts.computeIfAbsent(keyword.keyword(), k -> new int[2])[position]++;
    }
  }

  @ParameterizedTest
  @CsvSource({"IVF, SeesongIvf", "LUCENE, Lucene99HnswScalarQuantizedVectorsFormat"})
  void lucenesOwnQueriesSearchTheIndex(VectorFormat format, String name) throws IOException {
    CATALOGUE.write(folder, format);
    try (FSDirectory directory = FSDirectory.open(folder);
        DirectoryReader reader = DirectoryReader.open(directory)) {
      assertThat(SegmentInfos.readLatestCommit(directory).info(0).info.getCodec().getClass())
          .isEqualTo(org.apache.lucene.codecs.Codec.getDefault().getClass());
      FieldInfo field =
          reader
              .leaves()
              .get(0)
              .reader()
              .getFieldInfos()
              .fieldInfo(IndexLayout.PICTURE_IMAGE_EMBEDDING);
      assertThat(field.getAttribute("PerFieldKnnVectorsFormat.format")).isEqualTo(name);
      PictureDocument picture = CATALOGUE.pictures().get(17);
      ScoreDoc[] hits =
          new IndexSearcher(reader)
              .search(
                  new KnnFloatVectorQuery(
                      IndexLayout.PICTURE_IMAGE_EMBEDDING, picture.imageEmbedding().values(), 40),
                  1)
              .scoreDocs;
      assertThat(hits[0].doc).isEqualTo(17);
      assertThat(hits[0].score).isEqualTo(1);
    }
  }

  @Test
  void sixteenThousandDimensionsGoInAndOneMoreDoesNot() throws IOException {
    int most = VectorSpace.MAX_DIMENSION;
    TestCatalogue.random(new TestCatalogue.Size(2, 1, most, 4, 3), 1).write(folder);
    try (CatalogueIndex index = CatalogueIndex.open(folder)) {
      assertThat(index.vectorAt(IndexLayout.PICTURE_IMAGE_EMBEDDING, 1).dimension())
          .isEqualTo(most);
    }
    try (CatalogueIndexWriter writer = CatalogueIndexWriter.open(folder, VectorFormat.IVF)) {
      PictureDocument wide =
          new PictureDocument(
              "p",
              "",
              List.of(),
              List.of(),
              TestCatalogue.vector(most + 1, 2, new SplittableRandom(1)),
              org.seesong.vector.FloatVector.empty(),
              Thumbnail.none());
      assertThatThrownBy(() -> writer.addPicture(wide))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "image embedding of picture 'p' must have at most 16384 dimensions; got: 16385");
    }
  }

  @Test
  void lyricsAreFoundByTheirWords() throws IOException {
    CATALOGUE.write(folder);
    try (CatalogueIndex index = CatalogueIndex.open(folder)) {
      assertThat(
              index
                  .reader()
                  .docFreq(new org.apache.lucene.index.Term(IndexLayout.SONG_LYRICS_TEXT, "北京")))
          .isEqualTo(70);
    }
  }

  @Test
  void anotherEncoderIsRefusedWithBothNames() throws IOException {
    CATALOGUE.write(folder);
    try (CatalogueIndex index = CatalogueIndex.open(folder)) {
      index.requireEncoder(new VectorSpace("descriptor-1", 1280));
      assertThatThrownBy(() -> index.requireEncoder(new VectorSpace("vgg19-fc2", 4096)))
          .isInstanceOf(IndexMismatchException.class)
          .hasMessage(
              "index "
                  + folder
                  + " holds vectors of encoder 'descriptor-1' (1280 dimensions), but the query"
                  + " comes from 'vgg19-fc2' (4096 dimensions); search with encoder 'descriptor-1'"
                  + " or build the index again");
    }
  }

  @Test
  void whatIsNoIndexIsSaidToBeNone() throws IOException {
    assertThatThrownBy(() -> CatalogueIndex.open(folder))
        .isInstanceOf(IOException.class)
        .hasMessage("there is no index at " + folder + "; make one with 'seesong build'");
    Files.createDirectory(folder);
    assertThatThrownBy(() -> CatalogueIndex.open(folder))
        .isInstanceOf(IOException.class)
        .hasMessage("the folder " + folder + " holds no index; make one with 'seesong build'");
    Path file = Files.writeString(folder.resolve("notes.txt"), "x");
    assertThatThrownBy(() -> CatalogueIndex.open(file))
        .isInstanceOf(IOException.class)
        .hasMessage(file + " is a file, not the folder of an index; make one with 'seesong build'");
  }

  private void writeForeign(Map<String, String> userData) throws IOException {
    try (FSDirectory directory = FSDirectory.open(folder);
        IndexWriter writer =
            new IndexWriter(directory, new IndexWriterConfig(new KeywordAnalyzer()))) {
      writer.addDocument(new Document());
      writer.setLiveCommitData(userData.entrySet());
      writer.commit();
    }
  }

  @Test
  void aForeignIndexIsNeitherReadNorOverwritten() throws IOException {
    writeForeign(Map.of());
    assertThatThrownBy(() -> CatalogueIndex.open(folder))
        .isInstanceOf(IndexMismatchException.class)
        .hasMessage(
            "index "
                + folder
                + " is a Lucene index that Seesong did not make (its commit has no"
                + " 'seesong.layout'); make one with 'seesong build'");
    assertThatThrownBy(() -> CatalogueIndexWriter.open(folder, VectorFormat.IVF))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "cannot write index "
                + folder
                + ": it holds a Lucene index that Seesong did not make; name another folder");
  }

  @Test
  void anotherLayoutIsRefusedAndMayBeOverwritten() throws IOException {
    writeForeign(Map.of("seesong.layout", "0"));
    assertThatThrownBy(() -> CatalogueIndex.open(folder))
        .isInstanceOf(IndexMismatchException.class)
        .hasMessage(
            "index "
                + folder
                + " has layout version 0, but this program reads version 1; run the same 'seesong"
                + " build' again");
    CATALOGUE.write(folder);
    CatalogueIndex.open(folder).close();
  }

  @Test
  void aDamagedIdentityIsToldApart() throws IOException {
    TreeMap<String, String> data = new TreeMap<>(CATALOGUE.identity().toUserData());
    data.put("seesong.visual.dimension", "many");
    writeForeign(data);
    assertThatThrownBy(() -> CatalogueIndex.open(folder))
        .isInstanceOf(IndexMismatchException.class)
        .hasMessage(
            "index "
                + folder
                + " has damaged metadata (For input string: \"many\"); build the index again");
    data.remove("seesong.encoder");
    assertThatThrownBy(() -> IndexMetadata.fromUserData(data, "index x"))
        .isInstanceOf(IndexMismatchException.class)
        .hasMessage(
            "index x has damaged metadata ('seesong.encoder' is missing); build the index again");
  }

  @Test
  void aDocumentThatIsNotAsTheLayoutSaysIsToldApart() throws IOException {
    Document odd = new Document();
    odd.add(new StoredField(IndexLayout.ID, "song:odd"));
    odd.add(new StoredField(IndexLayout.SONG_KEYWORD, "雪"));
    try (FSDirectory directory = FSDirectory.open(folder);
        IndexWriter writer =
            new IndexWriter(directory, new IndexWriterConfig(new KeywordAnalyzer()))) {
      writer.addDocument(odd);
      writer.addDocument(new Document());
      writer.setLiveCommitData(CATALOGUE.identity().toUserData().entrySet());
      writer.commit();
    }
    try (CatalogueIndex index = CatalogueIndex.open(folder)) {
      assertThatThrownBy(() -> index.songAt(0))
          .isInstanceOf(IOException.class)
          .hasMessage(
              "document 0 of index "
                  + folder
                  + " is not as its layout says (1 values of song_keyword but 0 of"
                  + " song_keyword_weight); build the index again");
      assertThatThrownBy(() -> index.pictureAt(1))
          .isInstanceOf(IOException.class)
          .hasMessage(
              "document 1 of index "
                  + folder
                  + " is not as its layout says (id is missing); build the index again");
    }
  }

  @Test
  void anyFileOfTheIndexCutShortGivesAnIoException() throws IOException {
    CATALOGUE.write(folder);
    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files = all.filter(file -> !file.endsWith("write.lock")).toList();
    }
    for (Path file : files) {
      byte[] whole = Files.readAllBytes(file);
      Files.write(file, java.util.Arrays.copyOf(whole, whole.length / 2));
      assertThatThrownBy(() -> CatalogueIndex.open(folder).close())
          .isInstanceOf(IOException.class)
          .hasMessageContaining(folder.toString());
      Files.write(file, whole);
    }
    CatalogueIndex.open(folder).close();
  }
}
