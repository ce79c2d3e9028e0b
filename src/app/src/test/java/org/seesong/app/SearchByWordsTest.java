package org.seesong.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Words find songs by what they mean, with the real text encoder. */
class SearchByWordsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final Map<String, String> LYRICS =
      Map.of(
          "rain-alone", "窗外大雨下了一整夜\n我独自听雨到天亮",
          "rain-party", "大雨里我们举杯畅饮\n喝醉了酒在雨中跳舞",
          "snow-child", "孩子们在雪地里堆雪人\n白雪落满了屋顶",
          "snow-home", "大雪封山我想念故乡\n雪落在回家的路上",
          "sea-sail", "船儿扬帆驶向大海\n海浪拍打着船舷",
          "sea-love", "我们在海边牵手走过\n海风吹着你的长发");

  @TempDir static Path temporary;
  private static Path index;

  @BeforeAll
  static void build() throws IOException {
    Path photos = temporary.resolve("photos");
    Map<String, Color> things = Map.of("雨", Color.BLUE, "雪", Color.WHITE, "海", Color.GREEN);
    for (Map.Entry<String, Color> thing : things.entrySet()) {
      BufferedImage image = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
      Graphics2D graphics = image.createGraphics();
      graphics.setColor(thing.getValue());
      graphics.fillRect(4, 4, 50, 40);
      graphics.dispose();
      Path folder = Files.createDirectories(photos.resolve(thing.getKey()));
      ImageIO.write(image, "png", folder.resolve("0.png").toFile());
    }
    StringBuilder songs = new StringBuilder();
    for (Map.Entry<String, String> song : LYRICS.entrySet()) {
      songs
          .append(
              JSON.writeValueAsString(
                  Map.of("id", song.getKey(), "title", song.getKey(), "lyrics", song.getValue())))
          .append('\n');
    }
    Path file = temporary.resolve("songs.jsonl");
    Files.writeString(file, songs);
    index = temporary.resolve("index");
    run(
        "build",
        "--songs",
        file.toString(),
        "--pictures",
        photos.toString(),
        "--encoder",
        "descriptor",
        "--out",
        index.toString());
  }

  private static String run(String... arguments) {
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    int code =
        Seesong.run(
            arguments,
            new PrintStream(data, true, StandardCharsets.UTF_8),
            new PrintStream(log, true, StandardCharsets.UTF_8));
    assertThat(code).as(log.toString(StandardCharsets.UTF_8)).isEqualTo(Seesong.DONE);
    return data.toString(StandardCharsets.UTF_8);
  }

  private static JsonNode search(String... options) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("search", index.toString(), "--json"));
    arguments.addAll(List.of(options));
    return JSON.readTree(run(arguments.toArray(String[]::new)));
  }

  private static List<String> songs(JsonNode answer) {
    List<String> ids = new ArrayList<>();
    answer.get("songs").forEach(song -> ids.add(song.get("id").asText()));
    return ids;
  }

  @Test
  void wordsAloneFindSongsOfTheirMeaning() throws IOException {
    JsonNode answer = search("--words", "下雨的夜晚，一个人");
    assertThat(songs(answer)).startsWith("rain-alone").hasSize(6);
    assertThat(answer.get("words").asText()).isEqualTo("下雨的夜晚，一个人");
    assertThat(answer.get("withoutWords").isNull()).isTrue();
    assertThat(answer.get("confidence").isNull()).isTrue();
    assertThat(answer.get("pictures")).isEmpty();
    JsonNode explanation = answer.get("songs").get(0).get("explanation");
    assertThat(explanation.get("origin").asText()).isEqualTo("words");
    assertThat(explanation.get("picture").isNull()).isTrue();
    assertThat(songs(search("--words", "思乡"))).startsWith("snow-home");
    JsonNode traditional = search("--words", "下雨的夜晚，一個人");
    assertThat(traditional.get("songs")).isEqualTo(answer.get("songs"));
    assertThat(traditional.get("words").asText()).isEqualTo("下雨的夜晚，一個人");
  }

  /** How much nearer the first song is than the second. */
  private static double lead(JsonNode answer) {
    JsonNode songs = answer.get("songs");
    return songs.get(1).get("distance").asDouble() - songs.get(0).get("distance").asDouble();
  }

  @Test
  void wordsToBeWithoutPutSongsLast() throws IOException {
    JsonNode plain = search("--words", "下雨", "--songs", "2");
    JsonNode sober = search("--words", "下雨", "--without-words", "喝酒，醉", "--songs", "2");
    assertThat(songs(plain)).containsExactly("rain-alone", "rain-party");
    assertThat(songs(sober)).containsExactly("rain-alone", "rain-party");
    assertThat(lead(sober)).isGreaterThan(lead(plain) + 0.05);
  }

  @Test
  void wordsChooseAmongAPicturesSongs() throws IOException {
    String photo = temporary.resolve("photos/雪/0.png").toString();
    JsonNode home = search(photo, "--words", "思念故乡", "--pictures", "1");
    assertThat(songs(home)).startsWith("snow-home");
    assertThat(home.get("pictures")).hasSize(1);
    assertThat(home.get("songs").get(0).get("explanation").get("keywords").get(0).asText())
        .isEqualTo("雪");
    assertThat(songs(search(photo, "--pictures", "1", "--words", "小朋友玩耍")))
        .startsWith("snow-child");
    assertThat(songs(search(photo, "--pictures", "1", "--without-words", "小朋友玩耍")))
        .startsWith("snow-home");
    assertThat(search(photo).has("words")).isFalse();
  }

  @Test
  void peopleReadWhatWasAsked() {
    assertThat(run("search", index.toString(), "--words", "思乡", "--songs", "1"))
        .startsWith("Songs like '思乡'\n   1  snow-home  [")
        .endsWith("]\n        大雪封山我想念故乡\n");
    assertThat(
            run(
                "search",
                index.toString(),
                temporary.resolve("photos/雪/0.png").toString(),
                "--without-words",
                "思乡"))
        .startsWith("Pictures like ")
        .contains("\n\nSongs without '思乡'\n");
  }
}
