package org.seesong.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seesong.testing.SharedData;

/** Traditional and simplified spellings of a keyword are one keyword. */
class ScriptsMeetTest {
  @TempDir Path folder;
  private Path cloud;
  private Path pictures;

  @BeforeEach
  void drawPictures() throws IOException {
    CommandRun.home(folder.resolve("home"));
    cloud = SmallCatalogue.writePicture(folder.resolve("cloud.png"), 1, 1);
    SmallCatalogue.writePicture(folder.resolve("bird.png"), 3, 2);
    pictures =
        Files.writeString(folder.resolve("p.csv"), "path,keyword\ncloud.png,云\nbird.png,鳥\n");
  }

  private Path build(Object... songs) {
    Path out = folder.resolve("out");
    Stream<Object> arguments =
        Stream.of(
                Stream.of("build", "--songs"),
                Stream.of(songs),
                Stream.of(
                    "--pictures", pictures, "--out", out, "--samples", "300k", "--threads", 1))
            .flatMap(s -> s);
    CommandRun.of(arguments.toArray()).ends(0);
    return out;
  }

  private static List<String> shown(Path out) {
    JsonNode info = CommandRun.of("info", out, "--json").ends(0).json().get(0);
    return info.get("keywords").findValuesAsText("keyword");
  }

  private JsonNode songs(Path out, Object... more) {
    Object[] arguments =
        Stream.concat(Stream.of("search", out, cloud, "--json", "--pictures", 1), Stream.of(more))
            .toArray();
    return CommandRun.of(arguments).ends(0).json().get(0).get("songs");
  }

  @Test
  void inOwnSongs() throws IOException {
    Path songs =
        Files.writeString(
            folder.resolve("s.csv"),
            """
            id,title,language,lyrics
            hans,云的歌,zh-Hans,天上有云，云在走
            hant,雲的歌,zh-Hant,天上有雲，雲在走
            bird,鸟,zh-Hans,鸟在树上叫
            """);
    Path out = build(songs);
    assertThat(shown(out)).contains("云", "鳥").doesNotContain("雲", "鸟");
    JsonNode found = songs(out, "--songs", 2);
    assertThat(found.findValuesAsText("id")).containsExactlyInAnyOrder("hans", "hant");
    for (JsonNode song : found) {
      assertThat(song.get("explanation").get("keywords").toString()).isEqualTo("[\"云\"]");
    }
    assertThat(found.findValuesAsText("title")).contains("雲的歌");
  }

  @Test
  void inRealSongs() throws IOException {
    Path simplified = some(SharedData.require("songs.jsonl"), "云", "鸟");
    Path traditional = some(SharedData.require("songs-traditional.jsonl"), "雲", "鳥");
    Path out = build(simplified, traditional);
    assertThat(shown(out)).contains("云", "鳥").doesNotContain("雲", "鸟");
    for (String language : List.of("zh-Hans", "zh-Hant")) {
      JsonNode found = songs(out, "--songs", 5, "--filter", "language=" + language);
      assertThat(found).hasSize(5);
      for (JsonNode song : found) {
        assertThat(song.get("explanation").get("keywords").toString()).as("%s", song).contains("云");
      }
    }
  }

  /** The first hundred songs that hold one of the words. */
  private Path some(Path file, String first, String second) throws IOException {
    try (Stream<String> lines = Files.lines(file)) {
      List<String> some =
          lines.filter(line -> line.contains(first) || line.contains(second)).limit(100).toList();
      return Files.write(folder.resolve("some-" + file.getFileName()), some);
    }
  }
}
