package org.seesong.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.IOUtils;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seesong.encoder.ModelHome;
import org.seesong.index.IndexMismatchException;
import org.seesong.query.SongFinder;
import org.seesong.query.TwoHopQuery;
import org.seesong.vector.EncodedImage;
import org.seesong.vector.VectorSpace;

/** What is of one vector space or layout is never asked by another; the message names both. */
class MixedSpacesTest {
  @TempDir static Path shared;
  private static SmallCatalogue catalogue;
  private static Path query;
  private static Path described;

  @TempDir Path folder;

  @BeforeAll
  static void buildOnce() throws Exception {
    CommandRun.home(shared.resolve("home"));
    FolderChange.importModel(shared.resolve("home/models"), 2);
    catalogue = SmallCatalogue.writeTo(shared.resolve("c"), 20, 10);
    query = SmallCatalogue.writePicture(shared.resolve("q.png"), 1, 7777);
    described = shared.resolve("described");
    build(described, "descriptor");
  }

  private static void build(Path out, String encoder) {
    CommandRun.build(catalogue.songs(), catalogue.pictures(), out, "--encoder", encoder).ends(0);
  }

  @ParameterizedTest
  @ValueSource(ints = {912, 6})
  void vectorsOfAnotherEncoderGetNoAnswer(int dimension) throws IOException {
    float[] ones = new float[dimension];
    Arrays.fill(ones, 1);
    EncodedImage other = new EncodedImage(new VectorSpace("other-1", dimension), ones);
    try (SongFinder finder = SongFinder.open(described)) {
      assertThatThrownBy(() -> finder.find(TwoHopQuery.of(other)))
          .isInstanceOf(IndexMismatchException.class)
          .hasMessageContaining("'descriptor-2' (912 dimensions)")
          .hasMessageContaining("'other-1' (" + dimension + " dimensions)");
    }
  }

  @Test
  void anotherModelUnderTheNameOfTheIndexsGetsNoAnswer() throws Exception {
    Path out = folder.resolve("out");
    build(out, "net");
    CommandRun.of("search", out, query).ends(0);
    Path models = shared.resolve("home/models");
    String before = new ModelHome(models).find("net").orElseThrow().encoderId();
    try {
      FolderChange.importModel(models, 1);
      String now = new ModelHome(models).find("net").orElseThrow().encoderId();
      CommandRun run = CommandRun.of("search", out, query).ends(1);
      assertThat(run.data()).isEmpty();
      assertThat(run.messages())
          .contains("'" + before + "' (6 dimensions)", "'" + now + "' (3 dimensions)");
      CommandRun add = CommandRun.of("add", out, "--pictures", catalogue.pictures()).ends(1);
      assertThat(add.messages())
          .contains("'" + before + "' (6 dimensions)", "'" + now + "' (3 dimensions)");
    } finally {
      FolderChange.importModel(models, 2);
    }
    CommandRun.of("search", out, query).ends(0);
  }

  @Test
  void theModelOfAnotherIndexIsNotUsed() throws Exception {
    Path out = folder.resolve("out");
    FolderChange.copy(described, out);
    Path other = folder.resolve("other");
    CommandRun.build(
            catalogue.songs(),
            catalogue.pictures(),
            other,
            "--encoder",
            "descriptor",
            "--keywords",
            2)
        .ends(0);
    IOUtils.rm(out.resolve("model"));
    FolderChange.copy(other.resolve("model"), out.resolve("model"));
    CommandRun add = CommandRun.of("add", out, "--songs", catalogue.songs()).ends(1);
    assertThat(add.messages())
        .contains(".json is missing, without which nothing can be added to the index");
    // And under the name that the index asks for.
    Path wanted = json(described.resolve("model"));
    Files.move(json(out.resolve("model")), out.resolve("model").resolve(wanted.getFileName()));
    assertThat(CommandRun.of("add", out, "--songs", catalogue.songs()).ends(1).messages())
        .contains("it is not as it was written for this index");
    assertThat(CommandRun.of("check", out).ends(1).data())
        .contains("it is not as it was written for this index");
  }

  private static Path json(Path model) throws IOException {
    try (Stream<Path> files = Files.list(model)) {
      return files
          .filter(file -> file.getFileName().toString().matches("[0-9a-f]+[.]json"))
          .findAny()
          .orElseThrow();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "99"})
  void anIndexOfAnOlderOrNewerLayoutNamesBothVersions(String version) throws IOException {
    Path other = folder.resolve("out");
    FolderChange.copy(described, other);
    try (FSDirectory directory = FSDirectory.open(other.resolve("index"));
        IndexWriter writer =
            new IndexWriter(
                directory,
                new IndexWriterConfig().setOpenMode(IndexWriterConfig.OpenMode.APPEND))) {
      Map<String, String> data = new TreeMap<>();
      writer.getLiveCommitData().forEach(e -> data.put(e.getKey(), e.getValue()));
      data.put("seesong.layout", version);
      writer.setLiveCommitData(data.entrySet());
      writer.commit();
    }
    String current =
        CommandRun.of("info", described, "--json").json().get(0).get("layout").asText();
    CommandRun.of("search", other, query)
        .fails(
            1,
            "seesong: index "
                + other.resolve("index")
                + " has layout version "
                + version
                + ", but this program reads version "
                + current
                + "; run the same 'seesong build' again");
    build(other, "descriptor");
    CommandRun.of("search", other, query).ends(0);
  }
}
