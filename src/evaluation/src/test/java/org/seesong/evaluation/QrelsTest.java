package org.seesong.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seesong.keyword.ScriptFolder;

class QrelsTest {
  @TempDir private Path folder;

  private Path file(String name, String... lines) throws IOException {
    return Files.writeString(folder.resolve(name), String.join("\n", lines) + "\n");
  }

  private static Qrels read(Path... files) throws IOException {
    return Qrels.read(List.of(files), ScriptFolder.builtIn(), id -> !id.equals("lost"));
  }

  @Test
  void gradesAreReadInTheLayoutOfTrec() throws IOException {
    Qrels qrels = read(file("a.qrels", "雪 0 s1 2", "", "雪\t0\tsong 2\t0\r", "  夜   0 s1   1 "));
    assertThat(qrels.grade("雪", "s1")).contains(2);
    assertThat(qrels.grade("雪", "song 2")).contains(0);
    assertThat(qrels.grade("夜", "s1")).contains(1);
    assertThat(qrels.grade("夜", "s2")).isEmpty();
    assertThat(qrels.size()).isEqualTo(3);
    assertThat(qrels.leftOut()).isEmpty();
    assertThat(qrels.notes()).isEmpty();
  }

  @Test
  void keywordsAreComparedFolded() throws IOException {
    Qrels qrels = read(file("a.qrels", "雲 0 s1 2", "Fire engine\t0\ts1\t1"));
    assertThat(qrels.grade("云", "s1")).contains(2);
    assertThat(qrels.keyword(List.of("none", "云"))).contains("雲");
    assertThat(qrels.keyword(List.of("fire ENGINE"))).contains("Fire engine");
    assertThat(qrels.keyword(List.of("none"))).isEmpty();
  }

  @Test
  void linesThatCannotBeUsedAreCountedWithTheirNumbers() throws IOException {
    Path file =
        file(
            "a.qrels",
            "雪 0 s1 2",
            "雪 0 s2 3",
            "雪 0 s2 -1",
            "雪 0 s2 １",
            "雪 0 s2 1.0",
            "雪 0 s1 1",
            "雪 0 s1 2",
            "雪 0 s4",
            "雪 0 s4 1 more",
            "\t0\ts4\t1",
            "雪 0 lost 2",
            "\u0000\u0007");
    Qrels qrels = read(file);
    assertThat(qrels.leftOut())
        .containsExactly(
            file + ": 4 lines without the columns keyword, 0, song, grade: 8, 9, 10, 12",
            file + ": 4 lines with a grade other than 0, 1 or 2: 2, 3, 4, 5",
            file + ": 1 line with another grade than an earlier line, which counts: 6");
    assertThat(qrels.notes())
        .containsExactly(
            file + ": 1 line repeating an earlier line: 7",
            file
                + ": 1 line with songs that the index does not hold; these grades only count for"
                + " the best: 11");
    assertThat(qrels.grade("雪", "s1")).contains(2);
    assertThat(qrels.grade("雪", "s2")).isEmpty();
    assertThat(qrels.size()).isEqualTo(2);
  }

  @Test
  void filesJoinAndTheFirstGradeCounts() throws IOException {
    Path first = file("a.qrels", "雪 0 s1 2");
    Path second = file("b.qrels", "雪 0 s1 0", "雪 0 s2 1");
    Qrels qrels = read(first, second);
    assertThat(qrels.grade("雪", "s1")).contains(2);
    assertThat(qrels.grade("雪", "s2")).contains(1);
    assertThat(qrels.leftOut())
        .containsExactly(
            second + ": 1 line with another grade than an earlier line, which counts: 1");
  }

  @Test
  void aPoolIsReadWithTheGradesFilledInSoFar() throws IOException {
    Path pool =
        file(
            "pool.tsv",
            "\uFEFFkeyword\t0\tsong\tgrade\tgloss\ttitle\tartist\tlyrics",
            "雪\t0\ts1\t2\tsnow\tSnow\tA\t【雪】 / b",
            "雪\t0\ts2\t\tsnow\tTea\tB\tb / c");
    Qrels qrels = read(pool);
    assertThat(qrels.size()).isEqualTo(1);
    assertThat(qrels.leftOut()).isEmpty();
    assertThat(qrels.notes()).containsExactly(pool + ": 1 line without a grade yet: 3");
  }

  @Test
  void manyBadLinesAreCountedAndTheFirstNamed() throws IOException {
    String bad = IntStream.range(0, 500).mapToObj(i -> "雪 0 s 9").collect(Collectors.joining("\n"));
    Path file = file("a.qrels", "雪 0 s1 2", bad);
    assertThat(read(file).leftOut())
        .containsExactly(
            file
                + ": 500 lines with a grade other than 0, 1 or 2: 2, 3, 4, 5, 6, 7, 8, 9, 10, 11,"
                + " ...");
  }

  @Test
  void aFileWithoutAnyGradeIsRefused() throws IOException {
    Path file = file("songs.csv", "id,title", "a,b");
    assertThatThrownBy(() -> read(file))
        .isInstanceOf(IOException.class)
        .hasMessage(
            file
                + " holds no grade; expected lines of keyword, 0, song id and grade (0, 1 or 2)\n"
                + file
                + ": 2 lines without the columns keyword, 0, song, grade: 1, 2");
  }

  @Test
  void otherEncodingsAndEndlessLinesAreRefused() throws IOException {
    Path gbk = Files.write(folder.resolve("gbk"), new byte[] {(byte) 0xBA, (byte) 0xC5, 32, 48});
    assertThatThrownBy(() -> read(gbk))
        .hasMessage(gbk + ": is not UTF-8 after line 0; save it as such");
    Path endless = Files.write(folder.resolve("endless"), new byte[3 << 20]);
    assertThatThrownBy(() -> read(endless)).hasMessageContaining("is longer than 1048576 bytes");
    byte[] whole = "雪 0 s1 2\n".getBytes(StandardCharsets.UTF_8);
    assertThat(read(Files.write(folder.resolve("whole"), whole)).size()).isEqualTo(1);
  }
}
