package org.seesong.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.lucene.index.Term;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.FilterDirectory;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexOutput;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seesong.vector.FloatVector;

class CatalogueIndexWriterTest {
  private static final TestCatalogue OLD =
      TestCatalogue.random(new TestCatalogue.Size(5, 6, 4, 3, 100), 1);
  private static final TestCatalogue NEW =
      TestCatalogue.random(new TestCatalogue.Size(8, 9, 4, 3, 100), 2);

  @TempDir Path temporary;
  private Path folder;

  @BeforeEach
  void nameFolder() throws IOException {
    folder = temporary.toRealPath().resolve("index");
  }

  private CatalogueIndexWriter open() throws IOException {
    return CatalogueIndexWriter.open(folder, VectorFormat.IVF);
  }

  private static PictureDocument picture(String id, float... visual) {
    return picture(id, new FloatVector(visual), new FloatVector(new float[] {1}));
  }

  private static PictureDocument picture(String id, FloatVector visual, FloatVector network) {
    return new PictureDocument(id, "", List.of(), List.of(), visual, network, Thumbnail.none());
  }

  private int songsSeen() throws IOException {
    try (CatalogueIndex index = CatalogueIndex.open(folder)) {
      return index.songs();
    }
  }

  @Test
  void theOldIndexIsSeenUntilTheCommitAndReadOnAfterIt() throws IOException {
    OLD.write(folder);
    try (CatalogueIndex before = CatalogueIndex.open(folder)) {
      try (CatalogueIndexWriter writer = open()) {
        NEW.addTo(writer);
        assertThat(songsSeen()).isEqualTo(6);
        writer.commit(NEW.identity());
        assertThat(songsSeen()).isEqualTo(9);
      }
      assertThat(before.songs()).isEqualTo(6);
      assertThat(before.songAt(5).id()).isEqualTo("s0");
    }
    assertThat(songsSeen()).isEqualTo(9);
  }

  @Test
  void closingWithoutCommitTakesAllBack() throws IOException {
    OLD.write(folder);
    try (CatalogueIndexWriter writer = open()) {
      NEW.addTo(writer);
    }
    assertThat(songsSeen()).isEqualTo(6);
  }

  @Test
  void anAbortedFirstBuildLeavesAFolderThatASecondTakes() throws IOException {
    open().close();
    Files.writeString(folder.resolve("_0.fdt"), "torn");
    NEW.write(folder);
    assertThat(songsSeen()).isEqualTo(9);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 100, 1000, 3000, 6000, 8500})
  void aFullDiskLeavesTheOldIndex(int room) throws IOException {
    OLD.write(folder);
    FullDirectory full = new FullDirectory(FSDirectory.open(folder), room);
    assertThatThrownBy(
            () -> {
              try (CatalogueIndexWriter writer =
                  CatalogueIndexWriter.open(folder, full, VectorFormat.IVF.format())) {
                NEW.addTo(writer);
                writer.commit(NEW.identity());
              }
            })
        .isInstanceOf(IOException.class)
        .hasMessageMatching(
            "cannot (commit|add picture 'p0' to) index \\Q"
                + folder
                + "\\E: No space left on device \\(free space: \\d+ bytes\\); an index that was"
                + " there before is unharmed");
    assertThat(songsSeen()).isEqualTo(6);
    NEW.write(folder);
    assertThat(songsSeen()).isEqualTo(9);
  }

  @Test
  void aSecondWriterIsRefused() throws IOException {
    try (CatalogueIndexWriter first = open()) {
      assertThatThrownBy(this::open)
          .isInstanceOf(IOException.class)
          .hasMessage(
              "cannot write index "
                  + folder
                  + ": another process is writing it (it holds the lock write.lock); wait for it to"
                  + " end or write to another folder");
      NEW.addTo(first);
      first.commit(NEW.identity());
    }
    assertThat(songsSeen()).isEqualTo(9);
  }

  @Test
  void otherFilesAreNotMixedWithAnIndex() throws IOException {
    Files.createDirectory(folder);
    Path file = Files.writeString(folder.resolve("holiday.jpg"), "x");
    assertThatThrownBy(this::open)
        .isInstanceOf(IOException.class)
        .hasMessage(
            "cannot write index "
                + folder
                + ": the folder holds other files, such as 'holiday.jpg'; name an empty or a new"
                + " folder");
    assertThatThrownBy(() -> CatalogueIndexWriter.open(file, VectorFormat.IVF))
        .isInstanceOf(IOException.class)
        .hasMessage("cannot write index " + file + ": it is a file; name a folder instead");
  }

  @Test
  void sameInputsGiveTheSameSearchFiles() throws IOException {
    TestCatalogue catalogue = TestCatalogue.random(new TestCatalogue.Size(300, 300, 16, 8, 50), 3);
    Path other = folder.resolveSibling("other");
    catalogue.write(folder);
    catalogue.write(other);
    try (var files = Files.list(folder)) {
      List<Path> vectors = files.filter(f -> f.toString().matches(".*\\.(vec|ivd)")).toList();
      assertThat(vectors).isNotEmpty();
      for (Path file : vectors) {
        // The last bytes of each file differ: they hold the segment's random id's checksum.
        assertThat(body(file)).isEqualTo(body(other.resolve(file.getFileName())));
      }
    }
  }

  private static byte[] body(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    // Lucene 10 leaves the graph of a small segment out: then there is less than this.
    int start = Math.min(100, bytes.length - 16);
    return Arrays.copyOfRange(bytes, start, bytes.length - 16);
  }

  @Test
  void documentsThatDoNotFitAreRefusedByName() throws IOException {
    try (CatalogueIndexWriter writer = open()) {
      writer.addPicture(picture("a", 0, 0));
      assertRefused(writer, picture("a", 1, 2), "picture 'a' was added before; ids must be unique");
      assertRefused(
          writer,
          picture("b", 1, 2, 3),
          "image embedding of picture 'b' has 3 dimensions, but earlier ones have 2");
      assertRefused(writer, picture("b"), "picture 'b' has no image embedding");
      assertRefused(
          writer,
          picture("b", 1e30f, 0),
          "image embedding of picture 'b' must have a length of at most 1.0E15; got:"
              + " 1.0000000150474662E30");
      assertRefused(
          writer,
          picture("b", new FloatVector(new float[2]), new FloatVector(new float[1])),
          "graph embedding of picture 'b' is all zeros; what is not connected needs an empty"
              + " vector");
      assertThatThrownBy(() -> writer.commit(TestCatalogue.identity(3, 1)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "image embeddings of 'descriptor-1' (3 dimensions) were promised, but those added"
                  + " have 2");
      writer.commit(TestCatalogue.identity(2, 1));
    }
    assertThat(songsSeen()).isZero();
  }

  private static void assertRefused(
      CatalogueIndexWriter writer, PictureDocument picture, String message) {
    assertThatThrownBy(() -> writer.addPicture(picture))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void anAttributeNameForEachSongIsStopped() throws IOException {
    try (CatalogueIndexWriter writer = open()) {
      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 2000; i++) {
                  writer.addSong(songWithAttribute(i));
                }
              })
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "songs may have at most 1000 different attributes; song 's1000' brings one more");
      writer.addSong(songWithAttribute("later", 7)); // one that brings nothing new
      assertThatThrownBy(() -> writer.addSong(songWithAttribute("much later", 1001)))
          .hasMessageEndingWith("song 'much later' brings one more");
      writer.addSong(songWithAttribute("last", 8));
    }
  }

  @Test
  void whatIsRefusedLeavesNoTrace() throws IOException {
    PictureDocument some =
        TestCatalogue.random(new TestCatalogue.Size(1, 1, 3, 2, 6), 1).pictures().get(0);
    try (CatalogueIndexWriter writer = open()) {
      PictureDocument odd =
          new PictureDocument(
              "p",
              some.path(),
              some.keywords(),
              some.keywords(),
              new FloatVector(new float[] {1, 2, 3, 4, 5}),
              new FloatVector(new float[] {0, 0}),
              some.thumbnail());
      assertThatThrownBy(() -> writer.addPicture(odd)).isInstanceOf(IllegalArgumentException.class);
      writer.addPicture(some); // of 3 dimensions
    }
  }

  /** Lucene wants a field indexed in all documents or in none, so a long text has a term, too. */
  @Test
  void aLongTextBesideShortOnesIsKeptWhole() throws IOException {
    String title = "x".repeat(999) + "🎵" + "y".repeat(500); // the thousandth is half of a pair
    try (CatalogueIndexWriter writer = open()) {
      writer.addSong(songWithTitle("a", "short"));
      writer.addSong(songWithTitle("b", title));
      writer.addSong(songWithTitle("c", "short"));
      writer.commit(TestCatalogue.identity(3, 3));
    }
    try (CatalogueIndex index = CatalogueIndex.open(folder)) {
      assertThat(index.song("b").orElseThrow().details().title()).isEqualTo(title);
      Term beginning = new Term(IndexLayout.SONG_TITLE, "x".repeat(999));
      assertThat(index.reader().docFreq(beginning)).isEqualTo(1);
      assertThat(index.reader().docFreq(new Term(IndexLayout.SONG_TITLE, "short"))).isEqualTo(2);
    }
  }

  private static SongDocument songWithTitle(String id, String title) {
    return song(id, new SongDetails(title, "", "", 0, Double.NaN, new java.util.TreeMap<>()), 1);
  }

  private static SongDocument songWithAttribute(int number) {
    return songWithAttribute("s" + number, number);
  }

  private static SongDocument songWithAttribute(String id, int number) {
    java.util.TreeMap<String, String> attributes = new java.util.TreeMap<>();
    attributes.put("name" + number, "x".repeat(40_000));
    return song(id, new SongDetails("", "", "", 0, Double.NaN, attributes), number);
  }

  private static SongDocument song(String id, SongDetails details, int number) {
    return new SongDocument(
        id,
        details,
        List.of(),
        List.of(),
        List.of(),
        new SearchText("", ""),
        TestCatalogue.vector(3, 2, new SplittableRandom(number)),
        LyricsSignature.NONE);
  }

  /** A disk with so much room. */
  private static final class FullDirectory extends FilterDirectory {
    private long room;

    FullDirectory(FSDirectory in, long room) {
      super(in);
      this.room = room;
    }

    @Override
    public IndexOutput createOutput(String name, IOContext context) throws IOException {
      IndexOutput out = in.createOutput(name, context);
      return new IndexOutput("full " + name, name) {
        @Override
        public void writeByte(byte b) throws IOException {
          take(1);
          out.writeByte(b);
        }

        @Override
        public void writeBytes(byte[] bytes, int offset, int length) throws IOException {
          take(length);
          out.writeBytes(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
          out.close();
        }

        @Override
        public long getFilePointer() {
          return out.getFilePointer();
        }

        @Override
        public long getChecksum() throws IOException {
          return out.getChecksum();
        }
      };
    }

    private void take(int bytes) throws IOException {
      room -= bytes;
      if (room < 0) {
        throw new IOException("No space left on device");
      }
    }
  }
}
