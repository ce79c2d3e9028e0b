package org.seesong.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Adding to, removing from and looking after an index from the command line. */
class ChangeCommandsTest {
  @TempDir Path folder;

  @Test
  void anIndexIsAddedToAndRemovedFromAndLookedAfter() throws IOException {
    CommandRun.home(folder.resolve("home"));
    SmallCatalogue catalogue = SmallCatalogue.writeTo(folder.resolve("c"), 40, 20);
    Path out = folder.resolve("out");
    CommandRun.build(catalogue.songs(), catalogue.pictures(), out).ends(0);
    Path songs = folder.resolve("new.jsonl");
    Files.writeString(
        songs,
        """
        {"id":"n1","title":"雪","lyrics":"雪"}
        {"id":"s001","title":"x","lyrics":"海"}
        {broken
        """);
    Path pictures = folder.resolve("c/new.csv");
    Files.writeString(pictures, "path,id,keyword\np1.png,n1,\u6d77|penguin\np2.png,n2,\n");
    CommandRun added =
        CommandRun.of("add", out, "--songs", songs, "--pictures", pictures, "--json").ends(3);
    JsonNode report = added.json().get(0);
    assertThat(report.get("songs").asInt()).isEqualTo(2);
    assertThat(report.get("replacedSongs").asInt()).isOne();
    assertThat(report.get("pictures").asInt()).isEqualTo(2);
    assertThat(report.get("rejected").asInt()).isOne();
    assertThat(report.get("songsNow").asInt()).isEqualTo(41);
    assertThat(report.get("picturesNow").asInt()).isEqualTo(22);
    assertThat(report.get("unknownKeywords").get("penguin").asInt()).isOne();
    assertThat(added.messages()).contains("penguin: 1").contains("left out: 1");
    assertThat(Files.readString(out.resolve("problems.txt"))).contains("new.jsonl:3");
    CommandRun.of("search", out, folder.resolve("c/p1.png"), "--json").ends(0);

    Path ids = Files.writeString(folder.resolve("ids.txt"), "song:n1\n\ns002\nnobody\nn1\n");
    CommandRun removed = CommandRun.of("remove", out, "--ids", ids).ends(3);
    assertThat(removed.data())
        .isEqualTo(
            "removed 2 songs and 0 pictures; 39 songs and 22 pictures are in the index now\n");
    assertThat(removed.messages())
        .isEqualTo(
            "'nobody' is neither a song nor a picture of the index\n'n1' is a song and a picture;"
                + " write 'song:n1' or 'picture:n1'");

    Path snapshot = folder.resolve("snapshot");
    CommandRun.of("index", "snapshot", out, "--to", snapshot).ends(0);
    CommandRun.of("index", "compact", out).ends(0);
    for (Path each : new Path[] {out, snapshot}) {
      assertThat(CommandRun.of("check", each).ends(0).data())
          .isEqualTo("whole: 22 pictures and 39 songs\n");
      JsonNode info = CommandRun.of("info", each, "--json").ends(0).json().get(0);
      assertThat(info.get("songs").asInt()).isEqualTo(39);
      assertThat(info.get("options").get("changes").asText()).isEqualTo("4 put, 2 removed");
    }
    CommandRun.of("index", "snapshot", out, "--to", snapshot)
        .fails(
            1,
            "seesong: cannot take a snapshot to "
                + snapshot
                + ": it is there already; name a new folder");
  }

  @Test
  void compactingChangesNoAnswer() throws IOException {
    CommandRun.home(folder.resolve("home"));
    SmallCatalogue catalogue = SmallCatalogue.writeTo(folder.resolve("c"), 1400, 20);
    Path out = folder.resolve("out");
    CommandRun.build(catalogue.songs(), catalogue.pictures(), out).ends(0);
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 40; i++) {
      String keyword = SmallCatalogue.KEYWORDS.get(i % 5);
      lines.append("{\"id\":\"n" + i + "\",\"title\":\"t\",\"lyrics\":\"" + keyword + "\"}\n");
    }
    Path songs = Files.writeString(folder.resolve("new.jsonl"), lines);
    Path pictures = folder.resolve("c/new.csv");
    Files.writeString(pictures, "path,id,keyword\np1.png,n1,海\np3.png,n3,山\n");
    CommandRun.of("add", out, "--songs", songs, "--pictures", pictures).ends(0);
    StringBuilder gone = new StringBuilder("picture:n3\n");
    for (int i = 0; i < 120; i++) {
      gone.append(String.format(Locale.ROOT, "song:s%03d%n", i));
    }
    Path ids = Files.writeString(folder.resolve("ids.txt"), gone + "song:n7\n");
    CommandRun.of("remove", out, "--ids", ids).ends(0);
    List<JsonNode> before = answers(out);
    CommandRun.of("index", "compact", out).ends(0);
    assertThat(answers(out)).isEqualTo(before);
  }

  private List<JsonNode> answers(Path out) {
    List<JsonNode> answers = new ArrayList<>();
    for (int picture = 0; picture < 5; picture++) {
      Path query = folder.resolve("c/p" + picture + ".png");
      for (List<Object> options :
          List.<List<Object>>of(List.of(), List.of("--coverage", 0), List.of("--songs", 70))) {
        List<Object> asked = new ArrayList<>(List.of("search", out, query, "--json"));
        asked.addAll(options);
        JsonNode found = CommandRun.of(asked.toArray()).ends(0).json().get(0).get("songs");
        assertThat(found).isNotEmpty();
        answers.add(found);
      }
    }
    return answers;
  }

  @Test
  void bothFormatsOfVectorsGiveTheSameAnswers() throws IOException {
    CommandRun.home(folder.resolve("home"));
    SmallCatalogue catalogue = SmallCatalogue.writeTo(folder.resolve("c"), 1200, 20);
    Path ours = folder.resolve("ivf");
    Path lucene = folder.resolve("lucene");
    CommandRun.build(catalogue.songs(), catalogue.pictures(), ours).ends(0);
    CommandRun.build(catalogue.songs(), catalogue.pictures(), lucene, "--vectors", "lucene")
        .ends(0);
    assertThat(answers(lucene)).isEqualTo(answers(ours));
    Path ids = Files.writeString(folder.resolve("ids.txt"), "song:s1000\nsong:s1001\n");
    for (Path out : List.of(ours, lucene)) {
      CommandRun.of("remove", out, "--ids", ids).ends(0);
      CommandRun.of("index", "compact", out).ends(0);
      CommandRun.of("check", out).ends(0);
    }
    assertThat(answers(lucene)).isEqualTo(answers(ours));
    try (Stream<Path> files = Files.list(lucene.resolve("index"))) {
      assertThat(files).noneMatch(file -> file.toString().contains("SeesongIvf"));
    }
    CommandRun.build(catalogue.songs(), catalogue.pictures(), ours, "--vectors", "tree").ends(2);
  }

  @Test
  void whatMakesNoSenseIsToldAsUsage() {
    CommandRun.of("add", folder).fails(2, "seesong: name what to add: --songs, --pictures or both");
    CommandRun.of("add", folder, "--songs", "x.csv", "--wait", -1)
        .fails(2, "seesong: --wait must be at least 0; got: -1");
    CommandRun.of("add", folder.resolve("none"), "--songs", "gone.csv")
        .fails(1, "seesong: song file gone.csv does not exist");
    CommandRun.of("search", folder, "x.png", "--songs", 0)
        .fails(2, "seesong: --songs must be 1 to 10000; got: 0");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aMissingCatalogueLeavesNoFolder() {
    CommandRun.home(folder.resolve("home"));
    Path out = folder.resolve("out");
    CommandRun.build(folder.resolve("gone.csv"), folder.resolve("gone2.csv"), out).ends(1);
    assertThat(out).doesNotExist();
  }
}
