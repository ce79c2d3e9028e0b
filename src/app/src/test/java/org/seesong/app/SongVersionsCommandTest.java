package org.seesong.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Songs whose lyrics are nearly the same take one place, whether built at once or added later. */
class SongVersionsCommandTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String HALL =
      """
      Snow on the roof of the old dance hall
      You hummed a tune that I can't recall
      The band went home and the lamps burned low
      We walked the harbour through the snow
      And every window had a face behind the glass
      """;

  /** The same refrain in another song. */
  private static final String REFRAIN =
      """
      The band went home and the lamps burned low
      We walked the harbour through the snow
      My father kept a ledger of the coal he never sold
      He read the numbers to the dog when both of them were cold
      Two boots beside the kitchen door and neither one was his
      """;

  private static final String RIVER = "千山鳥飛絕，萬徑人蹤滅。\n孤舟蓑笠翁，獨釣寒江雪。\n誰家吹笛到天明，滿城風絮不歸人。\n";

  /** Ids and lyrics in the order of the catalogue. */
  private static final List<List<String>> SONGS =
      List.of(
          List.of("hall-1", HALL),
          List.of("river-1", RIVER),
          List.of("refrain", REFRAIN),
          List.of("hall-2", HALL.replace("window", "doorway").replace("tune", "song")),
          List.of("hall-3", HALL.substring(0, HALL.indexOf("And every"))),
          List.of("river-2", "千山鸟飞绝，万径人踪灭。孤舟蓑笠翁，独钓寒江雪。谁家吹笛到天明，满城风雪不归人。"),
          List.of("hall-4", HALL.toUpperCase(Locale.ROOT) + HALL),
          List.of("la-1", "snow la la la la la la la la la la la la la la la la la la la la la la"),
          List.of("la-2", "la la la la snow la la la la la la la la la la la la la la la la la"));

  @TempDir static Path temporary;

  private record Outcome(int code, String data, String log) {}

  private static Outcome run(String... arguments) {
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    int code =
        Seesong.run(
            arguments,
            new PrintStream(data, true, StandardCharsets.UTF_8),
            new PrintStream(log, true, StandardCharsets.UTF_8));
    return new Outcome(
        code, data.toString(StandardCharsets.UTF_8), log.toString(StandardCharsets.UTF_8));
  }

  private static Path songs(String name, List<List<String>> songs) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (List<String> song : songs) {
      Map<String, String> row =
          Map.of("id", song.get(0), "title", "Title of " + song.get(0), "lyrics", song.get(1));
      lines.append(JSON.writeValueAsString(row)).append('\n');
    }
    return Files.writeString(temporary.resolve(name), lines);
  }

  private static Outcome build(String out, Path songs) {
    return run(
        "build",
        "--songs",
        songs.toString(),
        "--pictures",
        temporary.resolve("photos").toString(),
        "--encoder",
        "descriptor",
        "--out",
        temporary.resolve(out).toString());
  }

  @BeforeAll
  static void paint() throws IOException {
    for (String keyword : List.of("snow", "雪")) {
      Path folder = Files.createDirectories(temporary.resolve("photos").resolve(keyword));
      BufferedImage image = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
      image.createGraphics().setColor(Color.WHITE);
      ImageIO.write(image, "png", folder.resolve("0.png").toFile());
    }
  }

  /** For each song of the answer its id and its versions, in no order. */
  private static List<List<String>> answer(String out) throws IOException {
    Outcome outcome =
        run(
            "search",
            temporary.resolve(out).toString(),
            "--keyword",
            "snow",
            "--versions",
            "--json");
    assertThat(outcome.code()).as(outcome.log()).isZero();
    List<List<String>> songs = new ArrayList<>();
    for (JsonNode song : JSON.readTree(outcome.data()).get("songs")) {
      List<String> ids = new ArrayList<>(List.of(song.get("id").asText()));
      song.path("versions").forEach(id -> ids.add(id.asText()));
      songs.add(ids.stream().sorted().toList());
    }
    return songs;
  }

  @Test
  void nearlyTheSameLyricsTakeOnePlaceBuiltOrAdded() throws IOException {
    Outcome built = build("whole", songs("whole.jsonl", SONGS));
    assertThat(built.code()).as(built.log()).isZero();
    assertThat(built.data()).contains("4 songs are versions of 2 others");
    assertThat(build("grown", songs("first.jsonl", SONGS.subList(0, 3))).code()).isZero();
    Outcome added =
        run(
            "add",
            temporary.resolve("grown").toString(),
            "--songs",
            songs("later.jsonl", SONGS.subList(3, SONGS.size())).toString());
    assertThat(added.code()).as(added.log()).isZero();
    for (String out : List.of("whole", "grown")) {
      assertThat(answer(out))
          .containsExactlyInAnyOrder(
              List.of("hall-1", "hall-2", "hall-3", "hall-4"),
              List.of("refrain"),
              List.of("la-1"),
              List.of("la-2"),
              List.of("river-1", "river-2"));
    }
    assertThat(
            run("search", temporary.resolve("whole").toString(), "--keyword", "snow", "--versions")
                .data())
        .containsPattern("also: river-[12] \\(Title of river-[12]\\)\n");
  }
}
