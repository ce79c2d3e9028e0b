package org.seesong.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Map;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.store.FSDirectory;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What users meet when something is wrong: the message, the exit code, and nothing lost. */
class FailureTest {
  @TempDir static Path shared;
  private static SmallCatalogue catalogue;
  private static Path out;
  private static Path query;

  @TempDir Path folder;

  @BeforeAll
  static void buildOnce() throws IOException {
    CommandRun.home(shared.resolve("home"));
    catalogue = SmallCatalogue.writeTo(shared.resolve("c"), 20, 10);
    out = shared.resolve("out");
    query = SmallCatalogue.writePicture(shared.resolve("q.png"), 1, 7777);
    CommandRun.build(catalogue.songs(), catalogue.pictures(), out).ends(0);
  }

  private static CommandRun build(Path output, Object... more) {
    return CommandRun.build(catalogue.songs(), catalogue.pictures(), output, more);
  }

  @Test
  void picturesThatAreNone() throws IOException {
    byte[] png = Files.readAllBytes(query);
    Path cut = Files.write(folder.resolve("cut.png"), Arrays.copyOf(png, png.length / 2));
    CommandRun.of("search", out, cut)
        .fails(
            1,
            "seesong: cut.png: is cut off: the PNG data ends within its chunks, before its last one"
                + " (IEND)");
    Path text = Files.writeString(folder.resolve("text.jpg"), "hello, I am text");
    CommandRun.of("search", out, text)
        .fails(1, "seesong: text.jpg: is not a picture: begins with text \"hello, I am text\"");
    Path gone = folder.resolve("gone.jpg");
    CommandRun.of("search", out, gone).fails(1, "seesong: gone.jpg: no such file: " + gone);
    CommandRun.of("search", out, folder)
        .fails(1, "seesong: " + folder.getFileName() + ": is not a file but a folder or device");
    CommandRun.of("encode", text)
        .fails(1, "seesong: text.jpg: is not a picture: begins with text \"hello, I am text\"");
  }

  @Test
  void foldersThatAreNoIndex() throws IOException {
    Path gone = folder.resolve("gone");
    CommandRun.of("search", gone, query)
        .fails(1, "seesong: there is no index at " + gone + "; make one with 'seesong build'");
    CommandRun.of("search", folder, query)
        .fails(
            1, "seesong: the folder " + folder + " holds no index; make one with 'seesong build'");
    CommandRun.of("info", query)
        .fails(
            1,
            "seesong: "
                + query
                + " is a file, not the folder of an index; make one with 'seesong build'");
    Path foreign = folder.resolve("foreign");
    try (FSDirectory directory = FSDirectory.open(foreign);
        IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig())) {
      writer.commit();
    }
    CommandRun.of("search", foreign, query)
        .fails(
            1,
            "seesong: index "
                + foreign
                + " is a Lucene index that Seesong did not make (its commit has no"
                + " 'seesong.layout'); make one with 'seesong build'");
  }

  @Test
  void anIndexOfAnotherEncoderNamesBoth() throws IOException {
    Path other =
        copyWith(
            Map.of("seesong.encoder", "vgg19-fc2-abc", "seesong.option.encoder", "descriptor"));
    CommandRun.of("search", other, query)
        .fails(
            1,
            "seesong: index "
                + other.resolve("index")
                + " holds vectors of encoder 'vgg19-fc2-abc' (912 dimensions), but the query comes"
                + " from 'descriptor-2' (912 dimensions); search with encoder 'vgg19-fc2-abc' or"
                + " build the index again");
  }

  /** A built folder whose index says something else about itself. */
  private Path copyWith(Map<String, String> changes) throws IOException {
    Path copy = folder.resolve("copy");
    build(copy).ends(0);
    try (FSDirectory directory = FSDirectory.open(copy.resolve("index"))) {
      IndexWriterConfig config =
          new IndexWriterConfig().setOpenMode(IndexWriterConfig.OpenMode.APPEND);
      try (IndexWriter writer = new IndexWriter(directory, config)) {
        Map<String, String> data = new java.util.TreeMap<>();
        writer.getLiveCommitData().forEach(e -> data.put(e.getKey(), e.getValue()));
        data.remove("seesong.centering"); // its vectors are then the encoder's
        data.putAll(changes);
        writer.setLiveCommitData(data.entrySet());
        writer.commit();
      }
    }
    return copy;
  }

  @Test
  void encodersAndModelsThatAreNotThere() throws IOException {
    String unknown =
        "seesong: no encoder 'resnet' in "
            + shared.resolve("home/models")
            + "; known: descriptor; to add one see: seesong model import --help";
    CommandRun.of("search", out, query, "--encoder", "resnet").fails(1, unknown);
    CommandRun.of("encode", "--encoder", "resnet", query).fails(1, unknown);
    CommandRun.of("model", "verify", "resnet").fails(1, unknown);
    Path fresh = folder.resolve("fresh");
    build(fresh, "--encoder", "resnet").fails(1, unknown);
    assertThat(fresh).doesNotExist();
    Path empty = Files.createDirectory(folder.resolve("empty"));
    CommandRun.of("model", "import", "--saved-model", empty, "--name", "m")
        .fails(
            1,
            "seesong: " + empty + " is not a TensorFlow SavedModel folder: missing saved_model.pb");
    Path gone = folder.resolve("gone");
    CommandRun.of("model", "import", "--saved-model", gone, "--name", "m")
        .fails(1, "seesong: " + gone + " is not a folder; give a SavedModel's folder");
    CommandRun.of("model", "import", "--saved-model", empty, "--name", "My Model")
        .fails(
            2,
            "seesong: model name must be 1 to 64 of a-z, 0-9, dot, underscore and hyphen, begin"
                + " with a letter or digit, and not be 'descriptor'; got: 'My Model'\n"
                + "Try 'seesong model import --help'.");
    assertThat(CommandRun.of("model", "list").ends(0).data())
        .isEqualTo("descriptor: built in, colour and texture, needs no model\n");
  }

  @Test
  void cataloguesThatAreMissingOrEmpty() throws IOException {
    Path gone = folder.resolve("gone.csv");
    Path odd = Files.writeString(folder.resolve("songs.xlsx"), "x");
    Path target = folder.resolve("target");
    CommandRun.of("build", "--songs", gone, odd, folder, "--pictures", gone, "--out", target)
        .fails(
            1,
            """
            seesong: song file FOLDER/gone.csv does not exist
            song file FOLDER/songs.xlsx is of no known kind; the name must end in .jsonl, .ndjson, .json, .csv or .tsv
            song file FOLDER is a folder; name the .jsonl or .csv file in it
            picture source FOLDER/gone.csv does not exist\
            """
                .replace("FOLDER", folder.toString()));
    Path empty = Files.createFile(folder.resolve("empty.jsonl"));
    CommandRun.build(empty, catalogue.pictures(), target)
        .fails(
            1,
            "seesong: the catalogue has 0 songs and 10 pictures that can be used; an index needs"
                + " some of both; left out:\n"
                + empty
                + ": the file is empty");
    Path noPictures = Files.createDirectory(folder.resolve("no-pictures"));
    CommandRun.build(catalogue.songs(), noPictures, target)
        .fails(
            1,
            "seesong: the catalogue has 20 songs and 0 pictures that can be used; an index needs"
                + " some of both");
    Path names = Files.writeString(folder.resolve("s.csv"), "name;title\n1;snow\n");
    CommandRun.build(names, catalogue.pictures(), target)
        .fails(
            1,
            "seesong: "
                + names
                + ":1: the header has no column 'id'; it has: 'name;title'; rename the column that"
                + " holds it, or add one");
  }

  @Test
  void catalogueWhosePicturesAllFail() throws IOException {
    Files.writeString(folder.resolve("a.png"), "text");
    Path pictures = Files.writeString(folder.resolve("p.csv"), "path,keyword\na.png,雪\n");
    Path target = folder.resolve("target");
    CommandRun.build(catalogue.songs(), pictures, target)
        .fails(
            1,
            """
            seesong: none of the 1 pictures can be read:
            FOLDER/a.png: is not a picture: begins with text "text\"\
            """
                .replace("FOLDER", folder.toString()));
  }

  @Test
  void outputsThatCannotBeWritten() throws IOException {
    build(query)
        .fails(
            1,
            "seesong: "
                + query
                + " cannot hold an index: "
                + query
                + " is a file; choose another folder");
    Path below = query.resolve("below");
    build(below)
        .fails(
            1,
            "seesong: "
                + below
                + " cannot hold an index: "
                + query
                + " is a file; choose another folder");
    Path used = folder.resolve("used");
    Files.createDirectories(used.resolve("index"));
    Files.writeString(used.resolve("index/thesis.txt"), "precious");
    build(used)
        .fails(
            1,
            "seesong: cannot write index "
                + used.resolve("index")
                + ": the folder holds other files, such as 'thesis.txt'; name an empty or a new"
                + " folder");
    assertThat(used.resolve("index/thesis.txt")).hasContent("precious");
  }

  @Test
  void aFolderThatMayNotBeWritten() throws IOException {
    Path locked =
        Files.createDirectory(
            folder.resolve("locked"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("r-xr-xr-x")));
    Assumptions.assumeFalse(Files.isWritable(locked), "skipped: this user may write anywhere");
    Path target = locked.resolve("out");
    build(target).fails(1, "seesong: " + target + ": may not be read or written by this user");
  }

  @Test
  void optionsThatMakeNoSense() {
    build(folder, "--dim", 0).fails(2, "seesong: dimension must be from 1 to 4096; got: 0");
    build(folder, "--threads", -2)
        .fails(
            2, "seesong: --threads must be at least 1, or 0 for the number of processors; got: -2");
    String[][] wrong = {
      {
        "--embedding",
        "word2vec",
        "unknown embedding 'word2vec'; there are: line2, line1, closed-form"
      },
      {"--weighting", "best", "unknown weighting 'best'; there are: relevance, tfidf, bm25"},
      {
        "--keywords",
        "gone.txt",
        "--keywords must be a number up to 99999 or a file with a keyword a line; got: gone.txt"
      },
    };
    for (String[] option : wrong) {
      build(folder, option[0], option[1]).fails(2, "seesong: " + option[2]);
    }
    assertThat(folder).isEmptyDirectory();
  }
}
