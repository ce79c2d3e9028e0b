package org.seesong.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lyrics files as people have them, by the command line. */
class LyricsCleaningTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  @BeforeEach
  void home() {
    CommandRun.home(folder.resolve("home"));
  }

  private Path songs(String name, String... lyrics) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < lyrics.length; i++) {
      ObjectNode song = JSON.createObjectNode().put("id", name + i).put("title", "Untitled " + i);
      lines.append(JSON.writeValueAsString(song.put("lyrics", lyrics[i]))).append('\n');
    }
    return Files.writeString(folder.resolve(name + ".jsonl"), lines);
  }

  private Path pictures() throws IOException {
    SmallCatalogue.writePicture(folder.resolve("snow.png"), 0, 1);
    SmallCatalogue.writePicture(folder.resolve("editor.png"), 2, 2);
    return Files.writeString(
        folder.resolve("p.csv"), "path,keyword\nsnow.png,snow\neditor.png,editor\n");
  }

  private static String lrc(String line) {
    return "[ti:Snow]\r\n[by:editor]\r\n[00:01.00]Written by Jane Doe\r\n[00:02.00]"
        + line
        + "\r\n";
  }

  @Test
  void aBuildTellsWhatItCleanedAndAnAdditionDoesTheSame() throws IOException {
    Path songs =
        songs(
            "s",
            lrc("the snow falls"),
            lrc("snow &amp; rain\\nnight"),
            "Instrumental",
            "the editor");
    Path out = folder.resolve("out");
    CommandRun built = CommandRun.build(songs, pictures(), out, "--json").ends(0);
    JsonNode cleaning = built.json().get(0).get("lyricsCleaning");
    assertThat(cleaning.get("timeTags").get("count").asInt()).isEqualTo(4);
    assertThat(cleaning.get("creditLines").get("songs").asInt()).isEqualTo(2);
    assertThat(cleaning.get("songsWithoutWords").get("songs").asInt()).isEqualTo(1);
    assertThat(JSON.readTree(out.resolve("report.json").toFile()).get("lyricsCleaning"))
        .isEqualTo(cleaning);
    assertThat(Files.readString(out.resolve("keywords.csv")))
        .contains("snow,2,")
        .contains("editor,1,")
        .doesNotContain("\namp,", "\nby,", "\nti,", "\nnnight,", "\nwritten,");
    JsonNode answer =
        CommandRun.of("search", out, folder.resolve("snow.png"), "--json").ends(0).json().get(0);
    assertThat(answer.toString()).contains("the snow falls").doesNotContain("[00:", "[ti:");

    Path more = songs("m", lrc("all the snow"), "[by:editor]\n[00:01.00]Nobody\n");
    CommandRun added = CommandRun.of("add", out, "--songs", more, "--json").ends(0);
    JsonNode report = added.json().get(0);
    assertThat(report.get("isolatedSongs").asInt()).isEqualTo(1);
    assertThat(report.get("lyricsCleaning").get("headTags").get("count").asInt()).isEqualTo(3);
  }

  @Test
  void cleaningCanBeSwitchedOff() throws IOException {
    Path songs = songs("s", lrc("the snow falls"), "the editor and snow");
    Path out = folder.resolve("out");
    CommandRun.build(songs, pictures(), out, "--lyrics-cleaning", "off").ends(0);
    assertThat(Files.readString(out.resolve("keywords.csv"))).contains("editor,2,");
    CommandRun added =
        CommandRun.of("add", out, "--songs", songs("m", "[by:editor]\nNobody"), "--json").ends(0);
    assertThat(added.json().get(0).get("isolatedSongs").asInt()).isZero();
    CommandRun.build(songs, pictures(), out).ends(0);
    assertThat(Files.readString(out.resolve("keywords.csv"))).contains("editor,1,");
  }

  @Test
  void anotherValueIsRefused() throws IOException {
    Path songs = songs("s", "snow");
    CommandRun.build(songs, pictures(), folder.resolve("out"), "--lyrics-cleaning", "maybe")
        .ends(2);
    assertThat(List.of(folder.resolve("out").toFile().exists())).containsExactly(false);
  }
}
