package org.seesong.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Catalogues as owners have them: files of several kinds, folders, lists of words, bad rows. */
class CatalogueFormsTest {
  @TempDir Path folder;
  private Path snow;
  private Path sea;

  @BeforeEach
  void drawPictures() throws IOException {
    CommandRun.home(folder.resolve("home"));
    snow = SmallCatalogue.writePicture(folder.resolve("snow.png"), 0, 1);
    sea = SmallCatalogue.writePicture(folder.resolve("sea.png"), 1, 2);
  }

  private Path write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private static JsonNode info(Path out) {
    return CommandRun.of("info", out, "--json").ends(0).json().get(0);
  }

  private static List<String> songIds(Path out, Path picture) {
    CommandRun run = CommandRun.of("search", out, picture, "--json").ends(0);
    return run.json().get(0).get("songs").findValuesAsText("id");
  }

  @Test
  void severalFilesOfDifferentKindsMakeOneCatalogue() throws IOException {
    Path csv =
        write("a.csv", "\ufeffID,Title,Lyrics\r\n1,snow,snow falls\r\n2,sea,\"blue\r\nsea\"\r\n");
    Path tsv = write("b.tsv", "id\ttitle\tlyrics\n3\tSnow again\tsnow\n");
    Path jsonl =
        write(
            "c.jsonl",
            "{\"id\":4,\"title\":\"x\",\"lyrics\":\"the sea\",\"tags\":[\"a\",\"b\"]}\r\n\r\n");
    Path rows = write("p.csv", "path,keyword\nsnow.png,snow:0.8|white\n");
    Path lines =
        write(
            "p.jsonl",
            "{\"path\":\"./sea.png\",\"id\":\"S\",\"keywords\":[{\"keyword\":\"sea\",\"weight\":2}]}\n");
    Path tree = folder.resolve("tree");
    Files.createDirectories(tree.resolve("snow/deep/sea"));
    Files.copy(sea, tree.resolve("snow/deep/sea/again.png"));
    Files.copy(snow, tree.resolve("snow/ünï 雪.png"));
    Path out = folder.resolve("out");
    CommandRun.of(
            "build",
            "--songs",
            csv,
            tsv,
            jsonl,
            "--pictures",
            rows,
            lines,
            tree,
            "--out",
            out,
            "--segmenter",
            "unicode",
            "--samples",
            "20k",
            "--dim",
            8,
            "--threads",
            1)
        .ends(0);
    JsonNode info = info(out);
    assertThat(info.get("songs").asInt()).isEqualTo(4);
    assertThat(info.get("pictures").asInt()).isEqualTo(4);
    assertThat(info.get("keywords").findValuesAsText("keyword")).contains("sea", "snow", "white");
    assertThat(songIds(out, snow).subList(0, 2)).containsExactlyInAnyOrder("1", "3");
    assertThat(
            CommandRun.of("search", out, sea, "--filter", "tags=b", "--json")
                .json()
                .get(0)
                .get("songs")
                .findValuesAsText("id"))
        .containsExactly("4");
  }

  @Test
  void aPictureRootGivesOtherPlacesThanTheFilesOwn() throws IOException {
    Path rows = write("lists/p.csv", "path,keyword\nsnow.png,snow\n");
    Path songs = write("lists/s.csv", "id,title\n1,snow\n");
    Path out = folder.resolve("out");
    CommandRun.build(songs, rows, out, "--picture-root", folder).ends(0);
    assertThat(songIds(out, snow)).containsExactly("1");
  }

  @Test
  void badRowsAreNamedAndTheGoodOnesGoOn() throws IOException {
    write("broken.png", "not a picture");
    Path songs =
        write(
            "s.csv",
            """
            id,title,lyrics,year
            1,snow,snow,2001
            1,snow,again,
            ,no id,x,
            3,snow,c,soon
            4,one
            5,two,x,,more
            """);
    Path pictures =
        write("p.csv", "path,keyword\nsnow.png,snow\ngone.png,snow\nbroken.png,snow\n../x.png,a\n");
    Path out = folder.resolve("out");
    CommandRun run = CommandRun.build(songs, pictures, out).ends(3);
    String list =
        """
        FOLDER/s.csv:3:1: song id '1' is already taken at FOLDER/s.csv:2; song skipped
        FOLDER/s.csv:4: the row has no id; row skipped
        FOLDER/s.csv:5:4: 'year' must be a whole number from 1 to 2999; got: 'soon'; value ignored
        FOLDER/s.csv:7: the row has 5 fields but the header has 4; row skipped
        FOLDER/p.csv:3:1: there is no picture file FOLDER/gone.png; picture skipped
        FOLDER/p.csv:5:1: path '../x.png' leads outside the picture root FOLDER; set --picture-root to a folder that holds all pictures; picture skipped
        FOLDER/broken.png: is not a picture: begins with text "not a picture"
        """
            .replace("FOLDER", folder.toString());
    assertThat(out.resolve("problems.txt")).hasContent(list);
    assertThat(run.messages())
        .isEqualTo(
            """
            left out: 6
              duplicate_song: 1
              missing_id: 1
              unreadable_line: 1
              missing_file: 1
              outside_root: 1
              unreadable pictures: 1
            values ignored: 1
            """
                + list.indent(2).stripTrailing());
    assertThat(run.data()).startsWith("3 songs and 1 pictures are in the index;");
    assertThat(info(out).get("songs").asInt()).isEqualTo(3);
    CommandRun json = CommandRun.build(songs, pictures, out, "--json").ends(3);
    assertThat(json.json().get(0).get("rejected").asInt()).isEqualTo(6);
    assertThat(json.json().get(0).get("ignoredValues").asInt()).isEqualTo(1);
    assertThat(json.messages()).isEqualTo(run.messages());
  }

  @Test
  void strictBuildsRefuseBadRowsAndLeaveTheOldIndex() throws IOException {
    Path songs = write("s.csv", "id,title\n1,snow\n");
    Path pictures = write("p.csv", "path,keyword\nsnow.png,snow\n");
    Path out = folder.resolve("out");
    CommandRun.build(songs, pictures, out, "--strict").ends(0);
    Path bad = write("bad.csv", "id,title\n1,snow\n1,sea\n");
    CommandRun.build(bad, pictures, out, "--strict")
        .fails(
            1,
            """
            seesong: 1 rows or pictures would be left out, and --strict does not allow that:
            FOLDER/bad.csv:3:1: song id '1' is already taken at FOLDER/bad.csv:2; song skipped\
            """
                .replace("FOLDER", folder.toString()));
    write("broken.png", "not a picture");
    Path half = write("half.csv", "path,keyword\nsnow.png,snow\nbroken.png,snow\n");
    CommandRun.build(songs, half, out, "--strict")
        .fails(
            1,
            """
            seesong: 1 rows or pictures would be left out, and --strict does not allow that:
            FOLDER/broken.png: is not a picture: begins with text "not a picture\"\
            """
                .replace("FOLDER", folder.toString()));
    assertThat(songIds(out, snow)).containsExactly("1");
  }

  @Test
  void keywordsCanBeGivenAndWordsTaught() throws IOException {
    Path songs =
        write("s.csv", "id,title,lyrics\n1,甲,飘雪纷飞的夜晚\n2,乙,golden gate in the fog\n3,丙,蒸汽波在夜里\n");
    Path pictures = write("p.csv", "path,keyword\nsnow.png,夜晚\nsea.png,golden gate\n");
    Path list = write("keywords.txt", "雪\n蒸汽波\nfog\n");
    Path dictionary = write("words.txt", "蒸汽波\n");
    Path out = folder.resolve("out");
    CommandRun.of(
            "build",
            "--songs",
            songs,
            "--pictures",
            pictures,
            "--out",
            out,
            "--keywords",
            list,
            "--user-dictionary",
            dictionary,
            "--samples",
            "20k",
            "--dim",
            8)
        .ends(0);
    JsonNode keywords = info(out).get("keywords");
    assertThat(keywords.findValuesAsText("keyword")).contains("蒸汽波", "fog", "夜晚", "golden gate");
    for (JsonNode keyword : keywords) {
      if (List.of("蒸汽波", "fog", "golden gate").contains(keyword.get("keyword").asText())) {
        assertThat(keyword.get("songs").asInt()).as("%s", keyword).isEqualTo(1);
      }
    }
  }

  @Test
  void aSecondBuildFindsAllKnownAndWritesNothing() throws IOException {
    SmallCatalogue catalogue = SmallCatalogue.writeTo(folder.resolve("c"), 30, 20);
    Path out = folder.resolve("out");
    CommandRun.build(catalogue.songs(), catalogue.pictures(), out).ends(0);
    byte[] before = Files.readAllBytes(segments(out));
    CommandRun again = CommandRun.build(catalogue.songs(), catalogue.pictures(), out).ends(0);
    assertThat(again.log())
        .contains("0 encoded, 20 known already", "learned already", "unchanged, nothing to write");
    assertThat(Files.readAllBytes(segments(out))).isEqualTo(before);
    Files.writeString(
        catalogue.songs(), Files.readString(catalogue.songs()).replace("\"A1\"", "\"B1\""));
    CommandRun changed = CommandRun.build(catalogue.songs(), catalogue.pictures(), out).ends(0);
    assertThat(changed.log())
        .contains("20 known already", "learned already", "20 pictures and 30 songs");
  }

  private static Path segments(Path out) throws IOException {
    try (var files = Files.list(out.resolve("index"))) {
      return files
          .filter(f -> f.getFileName().toString().startsWith("segments_"))
          .findFirst()
          .get();
    }
  }
}
