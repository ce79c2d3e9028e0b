package org.seesong.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SongFilesTest {
  @TempDir Path folder;

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private static Catalogue read(Path... files) throws CatalogueException {
    return CatalogueReader.read(CatalogueOptions.of(List.of(files), List.of()));
  }

  private List<String> messages(Catalogue catalogue) {
    return catalogue.problems().first().stream()
        .map(problem -> problem.toString().replace(folder + "/", ""))
        .toList();
  }

  @Test
  void aJsonSongKeepsEveryFieldOfItsOwner() throws IOException {
    Path file =
        write(
            "songs.jsonl",
            "\uFEFF{\"ID\":7,\"title\":\" 雪 \",\"artist\":[\"甲\",\"乙\"],\"lyrics\":[\"一\",\"二\"],"
                + "\"language\":\"zh\",\"popularity\":\"1.5\",\"year\":1999,\"Mood\":\"calm\","
                + "\"tags\":[\"a\",2,true],\"empty\":null,\"price\":1.10}\r\n\r\n");
    Catalogue catalogue = read(file);
    assertThat(catalogue.problems().list()).isEmpty();
    Song song = catalogue.songs().get(0);
    assertThat(song)
        .isEqualTo(
            new Song(
                "7",
                "雪",
                "甲, 乙",
                "一\n二",
                "zh",
                1.5,
                1999,
                new java.util.TreeMap<>(
                    java.util.Map.of("Mood", "calm", "tags", "a|2|true", "price", "1.10"))));
    assertThat(song.hasPopularity()).isTrue();
    assertThat(song.hasYear()).isTrue();
  }

  @Test
  void aSongNeedsOnlyAnIdAndATitleOrLyrics() throws IOException {
    Path file =
        write("songs.jsonl", "{\"id\":\"a\",\"title\":\"t\"}\n{\"id\":\"b\",\"lyrics\":\"l\"}");
    Catalogue catalogue = read(file);
    assertThat(catalogue.problems().isEmpty()).isTrue();
    assertThat(catalogue.songs()).extracting(Song::artist).containsExactly("", "");
    assertThat(catalogue.songs().get(0).hasPopularity()).isFalse();
    assertThat(catalogue.songs().get(0).hasYear()).isFalse();
  }

  @Test
  void everyProblemIsNamedWithItsPlaceAndTheGoodRowsGoOn() throws IOException {
    Path one =
        write(
            "one.jsonl",
            """
            {"id":"1","title":"a"}
            {"id":"1","title":"b"}
            {"title":"c"}
            {"id":"4"}
            {"id":"雪雪",   "title":oops}
            {"id":"6","title":"f","popularity":-1,"year":"199x"}
            {"id":"7","title":"g"} {"id":"8"}
            ["id"]
            {"id":"9","title":{"zh":"x"},"lyrics":"l"}
            {"id":"10","title":"a\\u0000b"}
            {"id":"1\\u00001","title":"k"}
            {"id":[1],"title":"k"}
            {"id":"12","title":"m","popularity":1e999}
            {"id":"13","title":"n","popularity":NaN}
            {"id":"13","id":"14","title":"n"}
            """);
    Path two =
        write("two.jsonl", "{\"id\":\"7\",\"title\":\"z\"}\n{\"id\":\"6\",\"title\":\"z\"}\n");
    Catalogue catalogue = read(one, two);
    assertThat(catalogue.songs())
        .extracting(Song::id)
        .containsExactly("1", "6", "9", "10", "12", "13", "7");
    assertThat(messages(catalogue))
        .containsExactly(
            "one.jsonl:2:7: song id '1' is already taken at one.jsonl:1; song skipped",
            "one.jsonl:3: the row has no id; row skipped",
            "one.jsonl:4: song '4' has neither title nor lyrics; song skipped",
            "one.jsonl:5:27: no JSON: Unrecognized token 'oops': was expecting (JSON String,"
                + " Number (or 'NaN'/'+INF'/'-INF'), Array, Object or token 'null', 'true' or"
                + " 'false'); line skipped",
            "one.jsonl:6:36: 'popularity' must be a finite number of at least 0; got: '-1'; value"
                + " ignored",
            "one.jsonl:6:46: 'year' must be a whole number from 1 to 2999; got: '199x'; value"
                + " ignored",
            "one.jsonl:7:24: more text after the JSON object; write one object a line; line"
                + " skipped",
            "one.jsonl:8:1: expected one JSON object a line, such as {\"id\": \"1\", \"title\":"
                + " \"...\"}; line skipped",
            "one.jsonl:9:19: 'title' must be text, a number or a list of these; got:"
                + " '{\"zh\":\"x\"}'; value ignored",
            "one.jsonl:10:20: 'title' has a control or broken character U+0000 at character 2;"
                + " such characters are read as spaces",
            "one.jsonl:11:7: id '1\\u00001' must have at most 1000 characters and no control"
                + " characters; row skipped",
            "one.jsonl:12:7: the id must be text or a number; row skipped",
            "one.jsonl:13:37: 'popularity' must be a finite number of at least 0; got: '1E+999';"
                + " value ignored",
            "one.jsonl:15:16: no JSON: Duplicate field 'id'; line skipped",
            "two.jsonl:2:7: song id '6' is already taken at one.jsonl:6; song skipped");
    assertThat(catalogue.problems().count(Problem.Kind.DUPLICATE_SONG)).isEqualTo(2);
    assertThat(catalogue.problems().total()).isEqualTo(15);
    assertThat(catalogue.problems().leftOut()).isEqualTo(10);
    assertThat(catalogue.problems().songs()).isEqualTo(10);
    assertThat(catalogue.problems().ignoredValues()).isEqualTo(5);
  }

  @Test
  void bytesThatAreNoUtf8AreAProblemOfTheirLineOnly() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes("{\"id\":\"1\",\"title\":\"雪".getBytes(StandardCharsets.UTF_8));
    bytes.write(0xB0);
    bytes.writeBytes("\"}\n{\"id\":\"2\",\"title\":\"山\"}".getBytes(StandardCharsets.UTF_8));
    Path file = Files.write(folder.resolve("songs.jsonl"), bytes.toByteArray());
    Catalogue catalogue = read(file);
    assertThat(catalogue.songs()).extracting(Song::id).containsExactly("2");
    assertThat(messages(catalogue))
        .containsExactly(
            "songs.jsonl:1:21: the line is not valid UTF-8 here; save the file as UTF-8; line"
                + " skipped");
  }

  @Test
  void hugeLinesAndDeepNestingAreRefusedWithoutHarm() throws IOException {
    String huge = "{\"id\":\"1\",\"title\":\"" + "x".repeat(LineReader.MAX_LINE_BYTES) + "\"}\n";
    String deep = "{\"id\":\"2\",\"title\":" + "[".repeat(100_000) + "\n";
    String number = "{\"id\":\"3\",\"title\":\"t\",\"n\":" + "9".repeat(2000) + "}\n";
    Path file = write("songs.jsonl", huge + deep + number + "{\"id\":\"4\",\"title\":\"t\"}");
    Catalogue catalogue = read(file);
    assertThat(catalogue.songs()).extracting(Song::id).containsExactly("4");
    assertThat(catalogue.problems().count(Problem.Kind.UNREADABLE_LINE)).isEqualTo(3);
    assertThat(messages(catalogue).get(0))
        .isEqualTo("songs.jsonl:1: the line has more than 10000000 bytes; line skipped");
  }

  @Test
  void aCsvSongHasTheSameFieldsAsAJsonSong() throws IOException {
    Path file =
        write(
            "songs.csv",
            "\uFEFFId,Title,lyrics,year,Mood\r\n"
                + "1,\"雪, \"\"白\"\"\",\"一\n"
                + "二\",2001,calm\r\n"
                + "2,山,,,\r\n");
    Catalogue catalogue = read(file);
    assertThat(catalogue.problems().list()).isEmpty();
    assertThat(catalogue.songs())
        .extracting(Song::title, Song::lyrics, Song::year, song -> song.attributes().toString())
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("雪, \"白\"", "一\n二", 2001, "{Mood=calm}"),
            org.assertj.core.groups.Tuple.tuple("山", "", 0, "{}"));
  }

  @Test
  void csvProblemsNameTheLineTheRowStartsOnAndTheField() throws IOException {
    Path file =
        write(
            "songs.csv",
            """
            id,title,lyrics,popularity
            1,a,"first
            second",1

            2,b,c
            ,d,e,1
            4,f,g,many
            5,h,"broken "quote,1
            6,i,j,1
            7,k,"never closed,1
            8,l,m,1
            """);
    Catalogue catalogue = read(file);
    assertThat(messages(catalogue))
        .containsExactly(
            "songs.csv:6: the row has no id; row skipped",
            "songs.csv:7:4: 'popularity' must be a finite number of at least 0; got: 'many'; value"
                + " ignored",
            "songs.csv:8:3: a quoted field goes on after its closing quote; quotes in it must be"
                + " doubled; row skipped",
            "songs.csv:10:3: a quoted field that starts in this row is not closed; row skipped");
    assertThat(catalogue.songs()).extracting(Song::id).containsExactly("1", "2", "4", "6", "8");
  }

  private String failure(Path... files) {
    CatalogueException failure =
        org.assertj.core.api.Assertions.catchThrowableOfType(
            CatalogueException.class, () -> read(files));
    return failure.getMessage().replace(folder + "/", "");
  }

  @Test
  void headersThatCannotServeAreAFailureThatNamesAllOfThem() throws IOException {
    Path without = write("a.csv", "name,title\n1,a\n2,b\n");
    Path twice = write("b.tsv", "id\ttitle\tTITLE\n1\ta\tb\n");
    Path good = write("c.csv", "id,title\n1,a\n");
    assertThat(failure(without, twice, good))
        .isEqualTo(
            "a.csv:1: the header has no column 'id'; it has: 'name, title'; rename the column that"
                + " holds it, or add one\n"
                + "b.tsv:1:3: the header names column 'title' twice; rename or remove one of them");
  }

  @Test
  void separatorsOfAnotherFormatAreTakenAndTold() throws IOException {
    Path semicolons = write("a.csv", "id;title\n1;a\n");
    Path semicolonsToo = write("a.tsv", "id;title\n2;a\n");
    Path tabs = write("b.csv", "id\ttitle\n3\ta\n");
    Path bars = write("c.csv", "id|title\n4|a\n");
    Path named = write("d.csv", "\uFEFFsep=;\r\nid;title\r\n5;a,b\r\n");
    Path commas = write("e.csv", "\uFEFFsep=,\r\nid,title\r\n6,a\r\n");
    Catalogue catalogue = read(semicolons, semicolonsToo, tabs, bars, named, commas);
    assertThat(catalogue.songs())
        .extracting(Song::id)
        .containsExactly("1", "2", "3", "4", "5", "6");
    assertThat(catalogue.songs().get(4).title()).isEqualTo("a,b");
    assertThat(catalogue.problems().isNothingLost()).isTrue();
    assertThat(messages(catalogue))
        .containsExactly(
            "a.csv: the fields are separated by semicolons; read so",
            "a.tsv: the fields are separated by semicolons; read so",
            "b.csv: the fields are separated by tabs; read so",
            "c.csv: the fields are separated by vertical bars; read so");
  }

  @Test
  void problemsAreCountedInFullAndKeptInPart() throws IOException {
    Path file = write("songs.jsonl", "oops\n".repeat(5000));
    Problems problems = read(file).problems();
    assertThat(problems.total()).isEqualTo(5000);
    assertThat(problems.first()).hasSize(Problems.KEPT);
    assertThat(problems.list()).endsWith("\n... and 4000 more\n");
  }

  @Test
  void filesThatCannotBeReadAreAllNamedAtOnce() throws IOException {
    Path unknown = write("songs.txt", "");
    Path absent = folder.resolve("absent.jsonl");
    Path pictures = folder.resolve("pictures.csv");
    assertThat(
            org.assertj.core.api.Assertions.catchThrowableOfType(
                CatalogueException.class,
                () ->
                    CatalogueReader.read(
                        CatalogueOptions.of(
                            List.of(absent, folder, unknown), List.of(pictures, folder)))))
        .hasMessage(
            "song file "
                + absent
                + " does not exist\nsong file "
                + folder
                + " is a folder; name the .jsonl or .csv file in it\nsong file "
                + unknown
                + " is of no known kind; the name must end in .jsonl, .ndjson, .json, .csv or"
                + " .tsv\n"
                + "picture source "
                + pictures
                + " does not exist");
  }
}
