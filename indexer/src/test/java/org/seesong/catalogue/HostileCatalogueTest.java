package org.seesong.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seesong.testing.SharedData;

/** Laws over random catalogues; the repetition is the seed. */
final class HostileCatalogueTest {
  private static final String[] PIECES = {
    "雪", "山", "a", " ", "\"", ",", "\n", "|", "\\", "'", "😀", "é", ";", "\t", "{", "}", "0", ":"
  };

  @TempDir Path folder;

  private static String text(SplittableRandom random, int pieces) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(pieces + 1); i > 0; i--) {
      text.append(PIECES[random.nextInt(PIECES.length)]);
    }
    return text.toString();
  }

  private static List<Song> songs(SplittableRandom random) {
    List<Song> songs = new ArrayList<>();
    for (int i = random.nextInt(30); i >= 0; i--) {
      songs.add(
          new Song(
              "id" + i,
              ("t" + text(random, 5)).strip(),
              text(random, 3).strip(),
              text(random, 40),
              "",
              random.nextBoolean() ? Double.NaN : random.nextDouble() * 1e6,
              random.nextInt(3000),
              new TreeMap<>(Map.of("x y", "v" + text(random, 4)))));
    }
    return songs;
  }

  private static Map<String, Object> fields(Song song) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("id", song.id());
    fields.put("title", song.title());
    fields.put("artist", song.artist());
    fields.put("lyrics", song.lyrics());
    fields.put("popularity", song.hasPopularity() ? song.popularity() : "");
    fields.put("year", song.hasYear() ? song.year() : "");
    fields.put("x y", song.attributes().get("x y"));
    return fields;
  }

  private Path jsonl(List<Song> songs) throws IOException {
    StringBuilder text = new StringBuilder();
    for (Song song : songs) {
      Map<String, Object> fields = fields(song);
      fields.values().removeIf(""::equals);
      text.append(new ObjectMapper().writeValueAsString(fields)).append('\n');
    }
    return Files.writeString(folder.resolve("songs.jsonl"), text);
  }

  private Path csv(List<Song> songs) throws IOException {
    Path file = folder.resolve("songs.csv");
    try (CsvWriter writer = CsvWriter.builder().build(file)) {
      writer.writeRecord(fields(songs.get(0)).keySet());
      for (Song song : songs) {
        writer.writeRecord(fields(song).values().stream().map(Object::toString).toList());
      }
    }
    return file;
  }

  private static Catalogue read(Path file) throws CatalogueException {
    return CatalogueReader.read(CatalogueOptions.of(List.of(file), List.of()));
  }

  @RepeatedTest(30)
  void whatIsWrittenIsReadBackFromEitherFormat(RepetitionInfo seed) throws IOException {
    List<Song> songs = songs(new SplittableRandom(seed.getCurrentRepetition()));
    assertThat(read(jsonl(songs)))
        .isEqualTo(
            new Catalogue(songs, List.of(), new Problems(List.of(), Map.of()), FilesNotTaken.NONE));
    assertThat(read(csv(songs)).songs()).isEqualTo(songs);
  }

  @RepeatedTest(30)
  void brokenLinesAmongGoodOnesAreNamedAndNothingElseIsLost(RepetitionInfo seed)
      throws IOException {
    SplittableRandom random = new SplittableRandom(seed.getCurrentRepetition());
    List<Song> songs = songs(random);
    List<String> lines = new ArrayList<>(Files.readAllLines(jsonl(songs)));
    List<Long> broken = new ArrayList<>();
    List<String> mixed = new ArrayList<>();
    for (String line : lines) {
      while (random.nextInt(3) == 0) {
        int end =
            line.offsetByCodePoints(
                0, 1 + random.nextInt(line.codePointCount(0, line.length()) - 1));
        mixed.add(line.substring(0, end));
        broken.add((long) mixed.size());
      }
      mixed.add(line);
    }
    Path file = Files.write(folder.resolve("mixed.jsonl"), mixed);
    Catalogue catalogue = read(file);
    assertThat(catalogue.songs()).isEqualTo(songs);
    assertThat(catalogue.problems().first()).extracting(Problem::line).isEqualTo(broken);
  }

  @RepeatedTest(100)
  void flippedBytesNeverEscapeAsAnythingButProblems(RepetitionInfo seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed.getCurrentRepetition());
    Path file = random.nextBoolean() ? jsonl(songs(random)) : csv(songs(random));
    byte[] bytes = Files.readAllBytes(file);
    for (int i = 1 + random.nextInt(20); i > 0; i--) {
      int value =
          random.nextBoolean() ? random.nextInt(256) : "\"\n\r,{}[]\\\0".charAt(random.nextInt(10));
      bytes[random.nextInt(bytes.length)] = (byte) value;
    }
    Files.write(file, bytes);
    long lines = new String(bytes, StandardCharsets.ISO_8859_1).lines().count();
    Catalogue catalogue = read(file);
    assertThat(catalogue.songs().size()).isLessThanOrEqualTo((int) lines);
    for (Problem problem : catalogue.problems().first()) {
      assertThat(problem.line()).isBetween(1L, lines + 1);
      assertThat(problem.message()).doesNotContain("\n").hasSizeLessThan(400);
    }
  }

  @Test
  void aCsvOfQuotesOnlyIsGivenUpSoon() throws IOException {
    Path file =
        Files.writeString(folder.resolve("q.csv"), "id,title\n" + "1,\"a\"b\n".repeat(100_000));
    Catalogue catalogue = read(file);
    assertThat(catalogue.songs()).isEmpty();
    assertThat(catalogue.problems().total()).isEqualTo(CsvRows.MAX_RESTARTS + 2);
    assertThat(catalogue.problems().first().get(CsvRows.MAX_RESTARTS + 1))
        .hasToString(file + ":102: too many unreadable rows, the rest of the file is not read");
  }

  @Test
  void theRealCatalogueHasNoProblems() throws IOException {
    Path songs = SharedData.require("songs.jsonl");
    Path pictures = SharedData.require("pictures.csv");
    Catalogue catalogue =
        CatalogueReader.read(
            CatalogueOptions.of(List.of(songs), List.of(pictures))
                .withPictureRoot(SharedData.require("photos")));
    assertThat(catalogue.problems().list()).isEmpty();
    assertThat(catalogue.songs()).hasSize(33_124);
    assertThat(catalogue.pictures()).hasSize(10_930);
    assertThat(catalogue.pictures()).filteredOn(p -> !p.keywords().isEmpty()).hasSize(7_628);
    Catalogue tree =
        CatalogueReader.read(CatalogueOptions.of(List.of(), List.of(SharedData.require("photos"))));
    assertThat(tree.pictures()).hasSize(10_930);
  }
}
