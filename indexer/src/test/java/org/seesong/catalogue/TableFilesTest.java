package org.seesong.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables as spreadsheets, databases and scripts write them. */
@SuppressWarnings("StringConcatToTextBlock") // line ends are the point
final class TableFilesTest {
  private static final String UNDOUBLED =
      ": a quoted field goes on after its closing quote; quotes in it must be doubled; row skipped";
  private static final String UNCLOSED =
      ": a quoted field that starts in this row is not closed; row skipped";

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

  private String failure(Path file) {
    CatalogueException failure = catchThrowableOfType(CatalogueException.class, () -> read(file));
    return failure.getMessage().replace(folder + "/", "");
  }

  private static String song(int number, String lineBreak) {
    return "s" + number + ",Song " + number + ",Band,\"first line" + lineBreak + "second line\"";
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\r"})
  void rowsAfterABrokenOneAreThereWhateverLinesEndWith(String lineBreak) throws IOException {
    StringBuilder table = new StringBuilder("id,title,artist,lyrics\r\n");
    for (int i = 1; i <= 40; i++) {
      table
          .append(
              i == 11
                  ? "s11,\"Dog (12\" Mix)\",Band,\"first line" + lineBreak + "second line\""
                  : song(i, lineBreak))
          .append("\r\n");
    }
    Catalogue catalogue = read(write("h.csv", table.toString()));
    assertThat(catalogue.songs()).hasSize(39);
    assertThat(catalogue.songs()).extracting(Song::lyrics).containsOnly("first line\nsecond line");
    assertThat(messages(catalogue)).containsExactly("h.csv:22:2" + UNDOUBLED + " (lines 22 to 23)");
  }

  @Test
  void linesOfABrokenRowAreNoRows() throws IOException {
    String table =
        "id,title,artist,lyrics\n"
            + song(1, "\n")
            + "\ns2,\"Rain (12\" Mix)\",Band,\"I count to\none, two, three, four\n"
            + "snow, rain, fire, moon\nand again\"\n"
            + song(3, "\n")
            + "\ns4,Fog,Band,\"never closed\none, two, three, four\nand again\n"
            + song(5, "\n")
            + "\ns6,\"Sea, \"Sun\", and Moon\",Band,\"I count to\none, two, three, four\n"
            + "snow, rain, fire, moon\nand again\"\n"
            + song(7, "\n");
    Catalogue catalogue = read(write("b.csv", table));
    assertThat(catalogue.songs()).extracting(Song::id).containsExactly("s1", "s3", "s5", "s7");
    assertThat(messages(catalogue))
        .containsExactly(
            "b.csv:4:2" + UNDOUBLED + " (lines 4 to 7)",
            "b.csv:10:4" + UNCLOSED + " (lines 10 to 12)",
            "b.csv:15:2" + UNDOUBLED + " (lines 15 to 18)");
  }

  @Test
  void aRowThatAQuoteBeforeASeparatorCutsInTwoIsBroken() throws IOException {
    Path file =
        write(
            "c.csv",
            "id,title,artist,lyrics\n"
                + "1,a,b,c\n"
                + "2,\"I said\n"
                + "stop \"now\", then\n"
                + "she\n"
                + "left\",x,y\n"
                + "3,a,b,c\n");
    Catalogue catalogue = read(file);
    assertThat(catalogue.songs()).extracting(Song::id).containsExactly("1", "3");
    assertThat(catalogue.problems().leftOut()).isOne();
    Path plain =
        write("d.csv", "id,title,artist,lyrics\n1,a\n2,\"12\", then\nshe left\",x,y\n3,a,b\n");
    catalogue = read(plain);
    assertThat(catalogue.problems().leftOut()).isOne();
    assertThat(catalogue.songs()).extracting(Song::id).containsExactly("1", "3");
  }

  @Test
  void anUnclosedQuoteCostsNoneOfTheRowsAfterItThatHaveNoQuotes() throws IOException {
    String table =
        "id,title,artist\n1,\"Heroes\" (live),b\n"
            + "2,a,b\n3,a,b,c,d\n4,a,b\n5,\"Low,b\n6,a,b\n7,a,b\n8,\"c\",d\n9,\"never,b\n10,a,b\n";
    Catalogue catalogue = read(write("u.csv", table));
    assertThat(catalogue.songs())
        .extracting(Song::id)
        .containsExactly("2", "4", "6", "7", "8", "10");
    assertThat(messages(catalogue))
        .containsExactly(
            "u.csv:2:2" + UNDOUBLED,
            "u.csv:4: the row has 5 fields but the header has 3; row skipped",
            "u.csv:6:2" + UNCLOSED,
            "u.csv:10:2" + UNCLOSED);
  }

  @Test
  void anUnclosedQuoteCostsOneRowAmongRowsThatAllLackFields() throws IOException {
    String table = "id,title,artist,label\n1,\"Heroes\" (live),b\n" + "2,a,b\n".repeat(3000);
    Catalogue catalogue = read(write("s.csv", table));
    assertThat(catalogue.songs()).extracting(Song::id).containsExactly("2");
    assertThat(catalogue.problems().leftOut()).isEqualTo(3000);
    assertThat(catalogue.problems().count(Problem.Kind.UNREADABLE_LINE)).isOne();
  }

  @Test
  void aQuoteThatSwallowsAThousandLinesIsAFailure() throws IOException {
    String table = "id,title,lyrics\n1,a,\"never closed\n" + "la la\n".repeat(1001);
    assertThat(failure(write("s.csv", table)))
        .isEqualTo(
            "s.csv:2: a quoted field that starts in this row is not closed; no row can be told for"
                + " 1000 lines after it, so mend this one");
  }

  @Test
  void missingFieldsAtTheEndAreEmptyAndEmptyOnesTooManyAreNothing() throws IOException {
    Path file =
        write(
            "s.csv",
            "id,title,lyrics,genre,label\r\n1,a,\"b\r\nc\",pop,Own\r\n2,d,\"e\r\nf\"\r\n3,g\r\n"
                + "4,h,i,pop,Own,\r\n5,j,k,pop,Own,,,\r\n,,,,\r\n,\r\n6,l,m,pop,Own,x\r\n");
    Catalogue catalogue = read(file);
    assertThat(catalogue.songs()).extracting(Song::id).containsExactly("1", "2", "3", "4", "5");
    assertThat(catalogue.songs().get(1).attributes()).isEmpty();
    assertThat(messages(catalogue))
        .containsExactly("s.csv:11: the row has 6 fields but the header has 5; row skipped");
  }

  @Test
  void aHeaderThatStandsThereAgainIsToldAndSkipped() throws IOException {
    Path file = write("c.csv", "id,Title,\n1,a,\n id,title\n2,b\n\uFEFFid,Title,\n3,c\n");
    Path lines = write("l.jsonl", "{\"id\":4,\"title\":\"d\"}\n\uFEFF{\"id\":5,\"title\":\"e\"}\n");
    Catalogue catalogue = read(file, lines);
    assertThat(catalogue.songs()).extracting(Song::id).containsExactly("1", "2", "3", "4", "5");
    assertThat(catalogue.problems().isNothingLost()).isTrue();
    assertThat(messages(catalogue))
        .containsExactly(
            "c.csv:3: the header stands here again; row skipped",
            "c.csv:5: the header stands here again; row skipped");
    assertThat(failure(write("d.csv", "id,title,artist\n1,a,b\nid,artist,title\n2,b,a\n")))
        .isEqualTo("d.csv:3: a second header with other columns begins here; make two files of it");
  }

  @Test
  void yearsWithADecimalPointAreYears() throws IOException {
    Path file = write("p.csv", ",id,title,year\n0,1,a,2014.0\n1,2,b,2014.5\n2,3,c,\n");
    Path lines = write("l.jsonl", "{\"id\":4,\"title\":\"d\",\"year\":1999.0}\n");
    Catalogue catalogue = read(file, lines);
    assertThat(catalogue.songs()).extracting(Song::year).containsExactly(2014, 0, 0, 1999);
    assertThat(catalogue.problems().leftOut()).isZero();
    assertThat(catalogue.problems().ignoredValues()).isOne();
  }

  @Test
  void numbersThatAreNoneAreNoValuesInJson() throws IOException {
    Path file =
        write(
            "n.jsonl",
            "{\"id\":1,\"title\":\"a\",\"popularity\":NaN,\"year\":NaN,\"genre\":NaN,\"tags\":[\"x\",NaN]}\n"
                + "{\"id\":2,\"title\":\"b\",\"popularity\":Infinity,\"genre\":-Infinity}\n"
                + "{\"id\":NaN,\"title\":\"c\"}\n");
    Catalogue catalogue = read(file);
    assertThat(catalogue.songs()).extracting(Song::id).containsExactly("1", "2");
    assertThat(catalogue.songs().get(0).attributes().toString()).isEqualTo("{tags=x|}");
    assertThat(catalogue.songs().get(1).attributes()).isEmpty();
    assertThat(catalogue.songs()).noneMatch(Song::hasPopularity);
    assertThat(messages(catalogue)).containsExactly("n.jsonl:3: the row has no id; row skipped");
  }

  @Test
  void aNameInTwoCasesIsRefusedInJsonAsInCsv() throws IOException {
    Path lines =
        write(
            "k.jsonl",
            "{\"id\":\"雪\",\"Title\":\"a\",\"title\":\"b\"}\n"
                + "{\"id\":2,\"Title\":null,\"title\":\"b\"}\n");
    Catalogue catalogue = read(lines);
    assertThat(catalogue.songs()).extracting(Song::title).containsExactly("b");
    assertThat(messages(catalogue))
        .containsExactly(
            "k.jsonl:1:31: the line has 'title' twice, in upper and lower case; line skipped");
    assertThat(failure(write("k.csv", "id,Title,title\n1,a,b\n")))
        .isEqualTo(
            "k.csv:1:3: the header names column 'title' twice; rename or remove one of them");
    assertThat(failure(write("k.csv", "id,title,Mood,Mood\n1,a,b,c\n")))
        .isEqualTo("k.csv:1:4: the header names column 'Mood' twice; rename or remove one of them");
  }

  @Test
  void ownersColumnsInTwoCasesAreRefusedToo() throws IOException {
    assertThat(failure(write("m.csv", "id,title,mood,Mood\n1,a,calm,angry\n")))
        .isEqualTo(
            "m.csv:1:4: the header names column 'Mood' twice, in upper and lower case; rename or"
                + " remove one of them");
    Path lines =
        write(
            "m.jsonl",
            "{\"id\":1,\"title\":\"a\",\"mood\":\"calm\",\"Mood\":\"angry\"}\n"
                + "{\"id\":2,\"title\":\"b\",\"mood\":null,\"Mood\":\"angry\"}\n");
    Catalogue catalogue = read(lines);
    assertThat(catalogue.songs()).extracting(Song::id).containsExactly("2");
    assertThat(messages(catalogue))
        .containsExactly(
            "m.jsonl:1:42: the line has 'Mood' twice, in upper and lower case; line skipped");
  }

  @Test
  void allByteOrderMarksAtTheStartOfALineAreTakenOff() throws IOException {
    Path table = write("b.csv", "\uFEFF\uFEFFid,title\n\uFEFF\uFEFF\uFEFF1,a\n");
    String line = "\uFEFF\uFEFF{\"id\":2,\"title\":\"b\"}\n";
    Path lines = write("b.jsonl", line + line.replace('2', '3'));
    Catalogue catalogue = read(table, lines);
    assertThat(catalogue.songs()).extracting(Song::id).containsExactly("1", "2", "3");
    assertThat(messages(catalogue)).isEmpty();
  }

  @Test
  void anEmptyFileIsTold() throws IOException {
    for (String name : new String[] {"e.csv", "e.tsv", "e.jsonl"}) {
      for (String nothing : new String[] {"", "\n\r\n", "\uFEFF"}) {
        assertThat(messages(read(write(name, nothing))))
            .containsExactly(name + ": the file is empty");
      }
    }
  }

  @Test
  void aTableThatIsNothingButAHeaderIsTold() throws IOException {
    for (String header : new String[] {"id,title", "id,title\r\n\r\n"}) {
      assertThat(messages(read(write("h.csv", header))))
          .containsExactly("h.csv: the file has a header but no rows");
    }
  }

  @Test
  void aDatabaseDumpHasNoQuotes() throws IOException {
    Path file =
        write(
            "dump.tsv",
            "id\ttitle\tartist\tlyrics\tgenre\n"
                + "1\t\"Heroes\" (live)\t\"Big Lou\" Carter\tone\\ntwo\\\\three\tpop\n"
                + "2\t\"never closed\tBand\tone\\ttwo\t\\N\n"
                + "3\t12\" mix\t\\N\tone\\\ntwo\tpop\n"
                + "4\tmixed\tBand\tone\r\\ntwo\tpop\n"
                + "\n5\tshort\n");
    Catalogue catalogue = read(file);
    assertThat(catalogue.songs())
        .extracting(Song::title)
        .containsExactly("\"Heroes\" (live)", "\"never closed", "12\" mix", "mixed", "short");
    assertThat(catalogue.songs())
        .extracting(Song::lyrics)
        .containsExactly("one\ntwo\\three", "one\ttwo", "one\ntwo", "one\n\ntwo", "");
    assertThat(catalogue.songs().get(0).artist()).isEqualTo("\"Big Lou\" Carter");
    assertThat(catalogue.songs().get(1).attributes()).isEmpty();
    assertThat(catalogue.songs().get(2).artist()).isEmpty();
    assertThat(messages(catalogue))
        .containsExactly(
            "dump.tsv: read as a database dump: quotes are letters, \\N is no value, \\n, \\t and"
                + " \\\\ are a line break, a tab and a backslash");
  }

  @Test
  void aTableSeparatedByTabsMayBeQuotedAndHasNoEscapesThen() throws IOException {
    Path quoted = write("q.tsv", "id\ttitle\n1\t\"a\tb\\n \"\"c\"\"\"\n2\t\\N x\n");
    Path all = write("a.tsv", "\"id\"\t\"title\"\n\"3\"\t\"a\\nb\"\n");
    Path plain = write("p.tsv", "id\ttitle\n4\tC:\\music\\new\n5\ta\n");
    Catalogue catalogue = read(quoted, all, plain);
    assertThat(catalogue.songs())
        .extracting(Song::title)
        .containsExactly("a\tb\\n \"c\"", "\\N x", "a\\nb", "C:\\music\\new", "a");
    assertThat(messages(catalogue)).isEmpty();
  }

  @Test
  void noValueOfADatabaseIsNoneInEveryTable() throws IOException {
    Path file = write("n.csv", "id,title,artist,genre\n1,a,\\N,\\N\n");
    Catalogue catalogue = read(file);
    assertThat(catalogue.songs().get(0).artist()).isEmpty();
    assertThat(catalogue.songs().get(0).attributes()).isEmpty();
  }

  @Test
  void hundredsOfBrokenRowsCostThemselvesOnly() throws IOException {
    StringBuilder table = new StringBuilder("id\ttitle\tartist\tlyrics\n");
    for (int i = 0; i < 30_000; i++) {
      String title = i % 10 == 0 ? "\"Snow\" (live " + i + ")" : "Rain " + i;
      table.append("s" + i + "\t" + title + "\tBand\tthe snow in the street\n");
    }
    Catalogue catalogue = read(write("dump.tsv", table.toString()));
    assertThat(catalogue.songs()).hasSize(27_000);
    assertThat(catalogue.problems().songs()).isEqualTo(3000);
    assertThat(catalogue.problems().list().lines()).hasSize(Problems.KEPT + 1);
    assertThat(catalogue.problems().list()).endsWith("... and 2000 more\n");
  }

  @Test
  void manyOddValuesDoNotHideTheRowThatIsLeftOut() throws IOException {
    StringBuilder rows = new StringBuilder("id,title,year\n");
    for (int i = 1; i < 3000; i++) {
      rows.append(i).append(",a,soon\n");
    }
    rows.append(",no id,2000\n");
    Catalogue catalogue = read(write("v.csv", rows.toString()));
    assertThat(catalogue.problems().ignoredValues()).isEqualTo(2999);
    assertThat(catalogue.problems().leftOut()).isOne();
    assertThat(messages(catalogue)).contains("v.csv:3001: the row has no id; row skipped");
  }

  @ParameterizedTest
  @CsvSource({
    "GBK, GBK (GB18030), GB18030, 我在夜里看见雪",
    "GB18030, GBK (GB18030), GB18030, 想起从前的你",
    "Big5, Big5, BIG5, 我在夜裡看見雪想起從前的你",
    "Shift_JIS, Shift_JIS, SHIFT_JIS, 夜に雪を見たあなたを思い出す",
    "EUC-KR, EUC-KR, EUC-KR, 나는 밤에 눈을 보았다",
    "windows-1252, Windows-1252 (Latin-1), WINDOWS-1252, l’été où tombe la neige",
    "UTF-16, UTF-16, UTF-16, snow 雪",
    "UTF-16LE, UTF-16, UTF-16LE, snow 雪",
    "UTF-16BE, UTF-16, UTF-16BE, snow 雪"
  })
  void otherEncodingsAreNamedOnceForTheFile(String charset, String title, String name, String text)
      throws IOException {
    StringBuilder table = new StringBuilder("id,title\r\n");
    for (int i = 0; i < 20; i++) {
      table.append(i).append(',').append(text).append("\r\n");
    }
    Path file = folder.resolve("old songs.csv");
    Files.write(file, table.toString().getBytes(Charset.forName(charset)));
    assertThat(failure(file))
        .isEqualTo(
            "old songs.csv is not UTF-8; it looks like "
                + title
                + ". Convert it: iconv -f "
                + name
                + " -t UTF-8 'old songs.csv' > 'old songs-utf8.csv'");
  }

  @ParameterizedTest
  @CsvSource({
    "windows-1252, Windows-1252 (Latin-1), café, été",
    "windows-1252, Windows-1252 (Latin-1), snow, Äpfel",
    "windows-1252, Windows-1252 (Latin-1), Grün ist die Heide, snow",
    "GBK, GBK (GB18030), 雨, 我在夜里看见雪",
    "Big5, Big5, 我在夜裡看見雪, rain",
    "Shift_JIS, Shift_JIS, 夜に雪を見た, rain",
  })
  void otherEncodingsAreNamedInFilesOfTwoRowsToo(
      String charset, String title, String first, String second) throws IOException {
    for (String end : new String[] {"", "\n", "\r\n"}) {
      String table = "id,title\n1," + first + "\n2," + second + end;
      Path file = folder.resolve("two.csv");
      Files.write(file, table.getBytes(Charset.forName(charset)));
      assertThat(failure(file)).startsWith("two.csv is not UTF-8; it looks like " + title + ".");
    }
  }

  @Test
  void aDamagedLineAmongFewInUtf8IsARowLeftOut() throws IOException {
    byte[] bytes = "id,title\n1,雪\n2,caf_ noir\n".getBytes(StandardCharsets.UTF_8);
    bytes[bytes.length - 7] = (byte) 0xE9;
    Catalogue catalogue = read(Files.write(folder.resolve("d.csv"), bytes));
    assertThat(catalogue.songs()).extracting(Song::id).containsExactly("1");
    assertThat(messages(catalogue))
        .containsExactly("d.csv:3:2: field 'title' is not valid UTF-8; row skipped");
  }

  @Test
  void damagedLinesOfAUtf8FileAreRowsLeftOut() throws IOException {
    StringBuilder table = new StringBuilder("id,title\n");
    for (int i = 0; i < 50; i++) {
      table.append(i).append(",雪\n");
    }
    byte[] bytes = table.toString().getBytes(StandardCharsets.UTF_8);
    for (int damaged = 0, i = 0; damaged < 4; i++) {
      if (bytes[i] < 0 && bytes[i - 1] == ',') {
        bytes[i] = 'x'; // the first of three bytes
        damaged++;
      }
    }
    Path file = Files.write(folder.resolve("d.csv"), bytes);
    Catalogue catalogue = read(file);
    assertThat(catalogue.songs()).hasSize(46);
    assertThat(messages(catalogue))
        .hasSize(4)
        .first()
        .isEqualTo("d.csv:2:2: field 'title' is not valid UTF-8; row skipped");
  }

  @Test
  void allColumnsAreNamedWhenOneIsMissing() throws IOException {
    assertThat(
            failure(
                write(
                    "x.csv",
                    "\"Track URI\",\"Track Name\",\"Artist Name(s)\",\"Album Name\",\"Release"
                        + " Date\",\"Duration (ms)\",\"Popularity\"\n")))
        .isEqualTo(
            "x.csv:1: the header has no column 'id'; it has: 'Track URI, Track Name, Artist"
                + " Name(s), Album Name, Release Date, Duration (ms), Popularity'; rename the"
                + " column that holds it, or add one");
  }

  @Test
  void aLineAboveTheLimitCostsItsRowOnly() throws IOException {
    String huge = "x".repeat(LineReader.MAX_LINE_BYTES);
    Path file =
        write("h.csv", "id,title\n1,a\n2," + huge + "\n3,\"b\n" + huge + "\nc\"\n4,d\n5,e\n");
    Catalogue catalogue = read(file);
    assertThat(catalogue.songs()).extracting(Song::id).containsExactly("1", "4", "5");
    assertThat(messages(catalogue))
        .containsExactly(
            "h.csv:3:1: the line has more than 10000000 bytes; row skipped",
            "h.csv:4:2: the line has more than 10000000 bytes; row skipped (lines 4 to 6)");
  }

  @Test
  void aFileThatBreaksOffWhileItIsReadIsAFailure() {
    Path device = Path.of("/proc/self/mem");
    org.junit.jupiter.api.Assumptions.assumeTrue(
        Files.exists(device), "skipped: no file here fails while it is read");
    Path link = folder.resolve("songs.csv");
    assertThat(
            catchThrowableOfType(
                CatalogueException.class,
                () -> {
                  Files.createSymbolicLink(link, device);
                  read(link);
                }))
        .hasMessageStartingWith("reading " + link + " failed: ");
  }
}
