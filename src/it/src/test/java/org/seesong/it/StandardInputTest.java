package org.seesong.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A dash is standard input where one file is asked for. */
class StandardInputTest {
  private static final String TEMPORARY = "java.io.tmpdir";

  @TempDir Path folder;
  private final InputStream before = System.in;
  private final String temporaryBefore = System.getProperty(TEMPORARY);
  private SmallCatalogue catalogue;
  private Path out;

  @BeforeEach
  void makeCatalogue() throws IOException {
    catalogue = SmallCatalogue.writeTo(folder.resolve("catalogue"), 30, 15);
    out = folder.resolve("out");
  }

  @AfterEach
  void restore() {
    System.setIn(before);
    System.setProperty(TEMPORARY, temporaryBefore);
  }

  private static void send(byte[] bytes) {
    System.setIn(new ByteArrayInputStream(bytes));
  }

  private static void send(String text) {
    send(text.getBytes(StandardCharsets.UTF_8));
  }

  private void built() {
    CommandRun.build(catalogue.songs(), catalogue.pictures(), out).ends(0);
  }

  @Test
  void aPictureIsSearchedForAsItsFileIs() throws IOException {
    built();
    Path picture = SmallCatalogue.writePicture(folder.resolve("query.png"), 2, 99);
    List<String> byFile = songs(CommandRun.of("search", out, picture, "--json"));
    assertThat(byFile).isNotEmpty();
    send(Files.readAllBytes(picture));
    assertThat(songs(CommandRun.of("search", out, "-", "--json"))).isEqualTo(byFile);
    send(Files.readAllBytes(picture));
    assertThat(songs(CommandRun.of("search", out, "--json", "--", "-:2"))).isEqualTo(byFile);
  }

  private static List<String> songs(CommandRun search) {
    return search.ends(0).json().get(0).get("songs").findValuesAsText("id");
  }

  @Test
  void whatIsNoPictureOrTooLargeIsRefused() throws IOException {
    built();
    send("");
    CommandRun.of("search", out, "-").fails(1, "seesong: standard input: is empty");
    send("hello");
    CommandRun text = CommandRun.of("search", out, "-").ends(1);
    assertThat(text.log()).startsWith("seesong: standard input: ");
    Path picture = SmallCatalogue.writePicture(folder.resolve("query.png"), 2, 99);
    send(Files.readAllBytes(picture));
    CommandRun large = CommandRun.of("search", out, "-", "--max-picture-bytes", 50).ends(1);
    assertThat(large.log()).startsWith("seesong: standard input: is larger than 50 bytes; raise");
    send(Files.readAllBytes(picture));
    CommandRun.of("search", out, "--", "-", "-:2")
        .fails(2, "seesong: standard input can be read once, but '-' is named 2 times");
  }

  @Test
  void aPictureIsEncodedAsItsFileIs() throws IOException {
    Path picture = SmallCatalogue.writePicture(folder.resolve("query.png"), 2, 99);
    CommandRun byFile = CommandRun.of("encode", picture, "--json").ends(0);
    send(Files.readAllBytes(picture));
    CommandRun piped = CommandRun.of("encode", "-", "--json").ends(0);
    assertThat(piped.json().get(0).get("vector")).isEqualTo(byFile.json().get(0).get("vector"));
    assertThat(piped.json().get(0).get("picture").asText()).isEqualTo("-");
  }

  @Test
  void songsAreBuiltAddedAndRemovedFromAPipeAndTheCopyIsRemoved() throws IOException {
    Path temporary = Files.createDirectories(folder.resolve("tmp"));
    System.setProperty(TEMPORARY, temporary.toString());
    send("\uFEFF\n" + Files.readString(catalogue.songs()));
    CommandRun build = CommandRun.build("-", catalogue.pictures(), out).ends(0);
    assertThat(build.log()).contains("30 songs, 15 pictures");
    send("id,title,lyrics\nnew1,雪,雪落下来\nnew2,海,海\n");
    CommandRun add = CommandRun.of("add", out, "--songs", "-").ends(0);
    assertThat(add.data()).startsWith("added 2 songs");
    send("new1\nsong:new2\n");
    CommandRun remove = CommandRun.of("remove", out, "--ids", "-").ends(0);
    assertThat(remove.data()).startsWith("removed 2 songs");
    try (Stream<Path> left = Files.list(temporary)) {
      assertThat(left.filter(each -> each.toString().contains("seesong"))).isEmpty();
    }
  }

  @Test
  void rowsOfAPipeAreNamedByWhereTheyAre() throws IOException {
    send(Files.readString(catalogue.songs()) + "{\"id\":\"x\"\n");
    CommandRun build = CommandRun.build("-", catalogue.pictures(), out).ends(3);
    assertThat(build.log()).contains("standard-input.jsonl:31");
    send("");
    assertThat(CommandRun.build("-", catalogue.pictures(), out).ends(1).log())
        .contains("seesong: standard input is empty; send songs as JSONL or CSV");
    send("x");
    CommandRun.of("build", "--songs", "-", "-", "--pictures", catalogue.pictures(), "--out", out)
        .fails(2, "seesong: standard input can be read once, but '-' is named 2 times");
  }
}
