package org.seesong.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An index is not replaced by what is left of a catalogue of which much cannot be read. */
class LeftOutTest {
  private static final int SONGS = 40;
  private static final int PICTURES = 24;

  @TempDir Path folder;
  private SmallCatalogue catalogue;
  private Path out;

  @BeforeEach
  void build() throws IOException {
    CommandRun.home(folder.resolve("home"));
    catalogue = SmallCatalogue.writeTo(folder.resolve("c"), SONGS, PICTURES);
    out = folder.resolve("out");
    CommandRun.build(catalogue.songs(), catalogue.pictures(), out).ends(0);
  }

  private void assertAsItWas() {
    JsonNode info = CommandRun.of("info", out, "--json").ends(0).json().get(0);
    assertThat(info.get("songs").asInt()).isEqualTo(SONGS);
    assertThat(info.get("pictures").asInt()).isEqualTo(PICTURES);
  }

  private Path songs(String more) throws IOException {
    String written = Files.readString(catalogue.songs());
    return Files.writeString(folder.resolve("c/more.jsonl"), written + more);
  }

  @Test
  void moreThanATenthOfTheSongsStopsTheBuild() throws IOException {
    Path songs = songs("{\"title\":\"no id\"}\n".repeat(10));
    CommandRun.build(songs, catalogue.pictures(), out)
        .fails(
            1,
            "seesong: 10 of 50 songs would be left out (20.0 %), and --max-left-out allows 10 %;"
                + " mend them, or go on with a higher --max-left-out or with --force; the index is"
                + " as it was; what would be left out is listed in "
                + out.resolve("problems.txt"));
    assertAsItWas();
    assertThat(Files.readString(out.resolve("problems.txt"))).contains(":41: the row has no id");
    CommandRun.build(songs, catalogue.pictures(), out, "--max-left-out", "19%").ends(1);
    CommandRun.build(songs, catalogue.pictures(), out, "--max-left-out", "20 %").ends(3);
    CommandRun.build(songs, catalogue.pictures(), out, "--max-left-out", "0.2").ends(3);
    CommandRun.build(songs, catalogue.pictures(), out, "--force").ends(3);
  }

  @Test
  void fewerThanTenRowsStopABuildOnlyIfAShareIsGiven() throws IOException {
    Path songs = songs("{\"title\":\"no id\"}\n".repeat(9));
    CommandRun.build(songs, catalogue.pictures(), out).ends(3);
    CommandRun run =
        CommandRun.build(songs, catalogue.pictures(), out, "--max-left-out", "2.5%").ends(1);
    assertThat(run.messages())
        .startsWith(
            "seesong: 9 of 49 songs would be left out (18.4 %), and --max-left-out allows 2.5 %;");
  }

  @Test
  void picturesThatAreGoneOrCannotBeReadStopTheBuild() throws IOException {
    for (int i = 0; i < 5; i++) {
      Files.delete(folder.resolve("c/p" + i + ".png"));
    }
    for (int i = 5; i < 10; i++) {
      Files.writeString(folder.resolve("c/p" + i + ".png"), "not a picture");
    }
    CommandRun run = CommandRun.build(catalogue.songs(), catalogue.pictures(), out).ends(1);
    assertThat(run.messages())
        .startsWith("seesong: 10 of 24 pictures would be left out (41.7 %), and --max-left-out");
    assertAsItWas();
    assertThat(Files.readAllLines(out.resolve("problems.txt"))).hasSize(10);
    run = CommandRun.build(catalogue.songs(), catalogue.pictures(), out, "--force").ends(3);
    assertThat(run.data()).startsWith("40 songs and 14 pictures are in the index;");
  }

  @Test
  void anIndexIsNotReplacedByOneOfLessThanHalfItsSize() throws IOException {
    String few = String.join("\n", Files.readAllLines(catalogue.songs()).subList(0, SONGS / 2 - 1));
    Path songs = Files.writeString(folder.resolve("c/few.jsonl"), few);
    CommandRun.build(songs, catalogue.pictures(), out)
        .fails(
            1,
            "seesong: the index would have 19 songs, and the one that is there has 40; name all"
                + " files of the catalogue, or go on with --force; the index is as it was");
    assertAsItWas();
    Path half =
        Files.writeString(folder.resolve("c/half.jsonl"), few + "\n{\"id\":1,\"title\":\"雪\"}");
    CommandRun.build(half, catalogue.pictures(), out).ends(0);
    CommandRun.build(songs, catalogue.pictures(), folder.resolve("other")).ends(0);
    CommandRun.build(songs, catalogue.pictures(), out, "--force").ends(0);
  }

  /** What an index of an earlier program held is known from the last build's report. */
  @Test
  void anIndexThatNoSearchCanReadIsNotReplacedByAFewSongsEither() throws IOException {
    try (Directory index = FSDirectory.open(out.resolve("index"));
        IndexWriter writer = new IndexWriter(index, new IndexWriterConfig())) {
      Map<String, String> data = new TreeMap<>();
      writer.getLiveCommitData().forEach(each -> data.put(each.getKey(), each.getValue()));
      data.put("seesong.layout", "0");
      writer.setLiveCommitData(data.entrySet());
    }
    assertThat(CommandRun.of("info", out).ends(1).messages()).contains(" has layout version 0, ");
    String few = String.join("\n", Files.readAllLines(catalogue.songs()).subList(0, 5));
    Path songs = Files.writeString(folder.resolve("c/few.jsonl"), few);
    assertThat(CommandRun.build(songs, catalogue.pictures(), out).ends(1).messages())
        .startsWith(
            "seesong: the index would have 5 songs, and the one that is there has 40; name all");
    Path report = out.resolve("report.json");
    String written = Files.readString(report);
    Files.writeString(report, "{\"songs\":\"many\",\"pictures\":[");
    CommandRun.build(songs, catalogue.pictures(), out).ends(0);
    Files.writeString(report, written);
    try (Stream<Path> files = Files.list(out.resolve("index"))) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    CommandRun.build(songs, catalogue.pictures(), out).ends(0);
  }

  @Test
  void anAdditionStopsToo() throws IOException {
    Path songs =
        Files.writeString(folder.resolve("new.csv"), "id,title\nn1,雪\n" + ",no id\n".repeat(10));
    CommandRun.of("add", out, "--songs", songs)
        .fails(
            1,
            "seesong: 10 of 11 songs would be left out (90.9 %), and --max-left-out allows 10 %;"
                + " mend them, or go on with a higher --max-left-out or with --force; the index is"
                + " as it was; what would be left out is listed in "
                + out.resolve("problems.txt"));
    assertAsItWas();
    CommandRun.of("add", out, "--songs", songs, "--max-left-out", "95%").ends(3);
  }

  @Test
  void aShareIsAPartOfAll() {
    for (String wrong : new String[] {"10", "-1%", "101%", "few"}) {
      CommandRun.build(catalogue.songs(), catalogue.pictures(), out, "--max-left-out", wrong)
          .fails(
              2,
              "seesong: --max-left-out must be a share such as 10% or 0.1, from 0 to 1; got: "
                  + wrong);
    }
  }

  @Test
  void thousandsOfRowsAreReadToTheEndAndCounted() throws IOException {
    StringBuilder table = new StringBuilder("id\ttitle\tlyrics\n");
    for (int i = 0; i < 3000; i++) {
      String title = i % 10 == 0 ? "\"雪\" (live)" : "海";
      table.append("s").append(i).append('\t').append(title).append("\t雪\n");
    }
    Path songs = Files.writeString(folder.resolve("dump.tsv"), table);
    CommandRun run = CommandRun.build(songs, catalogue.pictures(), out, "--json").ends(3);
    assertThat(run.json().get(0).get("songs").asInt()).isEqualTo(2700);
    assertThat(run.json().get(0).get("rejected").asInt()).isEqualTo(300);
    assertThat(run.messages())
        .startsWith("left out: 300\n  unreadable_line: 300\n  " + songs + ":2:2: a quoted field")
        .endsWith("\n  ... more of them in " + out.resolve("problems.txt"));
    assertThat(Files.readAllLines(out.resolve("problems.txt"))).hasSize(300);
  }

  @Test
  void whatIsReadInAWayOfItsOwnIsToldAndLosesNothing() throws IOException {
    Path songs =
        Files.writeString(
            folder.resolve("s.csv"), "id;title;year\n1;雪;2014.0\nid;title;year\n2;海;\n");
    Path fresh = folder.resolve("fresh");
    CommandRun run = CommandRun.build(songs, catalogue.pictures(), fresh, "--strict").ends(0);
    assertThat(run.data()).startsWith("2 songs and 24 pictures are in the index;");
    assertThat(run.messages())
        .isEqualTo(
            "  "
                + songs
                + ": the fields are separated by semicolons; read so\n"
                + "  "
                + songs
                + ":3: the header stands here again; row skipped");
  }

  @Test
  void ignoredValuesAreCountedApartFromRows() throws IOException {
    Path songs = Files.writeString(folder.resolve("s.csv"), "id,title,year\n1,雪,soon\n2,海,\n");
    Path fresh = folder.resolve("fresh");
    CommandRun run = CommandRun.build(songs, catalogue.pictures(), fresh).ends(3);
    assertThat(run.log()).contains("2 songs, 24 pictures, 0 rows left out");
    assertThat(run.messages())
        .isEqualTo(
            "values ignored: 1\n  "
                + songs
                + ":2:3: 'year' must be a whole number from 1 to 2999; got: 'soon'; value ignored");
    CommandRun.build(songs, catalogue.pictures(), fresh, "--strict")
        .fails(
            1,
            "seesong: 0 rows or pictures would be left out and 1 values ignored, and --strict does"
                + " not allow that:\n"
                + songs
                + ":2:3: 'year' must be a whole number from 1 to 2999; got: 'soon'; value ignored");
  }

  @Test
  void aFileInAnotherEncodingIsAFailureThatSaysWhatToDo() throws IOException {
    Path songs = folder.resolve("gbk.csv");
    Files.write(
        songs,
        "id,title\n1,我在夜里看见雪\n2,想起从前的你\n3,雪慢慢落下\n4,一个人走回家\n"
            .getBytes(java.nio.charset.Charset.forName("GBK")));
    CommandRun.build(songs, catalogue.pictures(), out)
        .fails(
            1,
            "seesong: "
                + songs
                + " is not UTF-8; it looks like GBK (GB18030). Convert it: iconv -f GB18030 -t"
                + " UTF-8 'gbk.csv' > 'gbk-utf8.csv'");
    assertAsItWas();
  }
}
