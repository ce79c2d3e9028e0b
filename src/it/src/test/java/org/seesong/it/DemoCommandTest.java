package org.seesong.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demonstration: what a new user sees first. */
class DemoCommandTest {
  @TempDir Path folder;

  @Test
  void everyPictureGetsASongOfItsThemeAndASecondRunReusesAll() throws IOException {
    CommandRun first = CommandRun.of("demo", "--dir", folder, "--json").ends(0);
    assertThat(first.log()).contains("288 encoded, 0 known already");
    Map<String, List<String>> themes = themes();
    assertThat(first.json()).hasSize(24);
    for (JsonNode answer : first.json()) {
      String theme =
          Path.of(answer.get("query").asText()).getFileName().toString().replace(".jpg", "");
      JsonNode explanation = answer.get("songs").get(0).get("explanation");
      assertThat(themes.get(theme))
          .as("%s: %s", theme, explanation)
          .containsAnyElementsOf(texts(explanation.get("keywords")));
    }
    CommandRun second = CommandRun.of("demo", "--dir", folder).ends(0);
    assertThat(second.log())
        .contains("0 encoded, 288 known already", "learned already", "unchanged, nothing to write");
    assertThat(second.data())
        .contains("150 songs, 288 pictures", "Ask again:", "Your own catalogue:");
  }

  /** Pictures in folders whose names are no keywords. */
  private Path photos(int count) throws IOException {
    Path photos = folder.resolve("my photos");
    for (int i = 0; i < count; i++) {
      Path year = Files.createDirectories(photos.resolve("201" + i % 3));
      SmallCatalogue.writePicture(year.resolve("照片 " + i + ".png"), i % 5, i);
    }
    Files.writeString(photos.resolve("notes.txt"), "no picture");
    return photos;
  }

  @Test
  void photographsOfOnesOwnAreAskedByAndLeftOutOfTheIndex() throws IOException {
    CommandRun.home(folder.resolve("home"));
    Path photos = photos(20);
    CommandRun run =
        CommandRun.of("demo", "--photos", photos, "--dir", folder.resolve("demo"), "--json")
            .ends(0);
    assertThat(run.log())
        .contains("by colour and texture alone", "150 songs, 302 pictures", "302 encoded");
    assertThat(run.json()).hasSize(6);
    for (JsonNode answer : run.json()) {
      assertThat(answer.get("query").asText()).startsWith(photos.toString());
      assertThat(answer.get("songs")).isNotEmpty();
      assertThat(answer.get("pictures").findValuesAsText("id"))
          .doesNotContain(photos.relativize(Path.of(answer.get("query").asText())).toString());
    }
    // No keyword is the name of a folder of theirs.
    CommandRun info = CommandRun.of("info", folder.resolve("demo/index"), "--json").ends(0);
    assertThat(info.json().get(0).get("keywords").findValuesAsText("keyword"))
        .isNotEmpty()
        .noneMatch(keyword -> keyword.startsWith("201"));
    assertThat(photos.resolve("2010")).isDirectoryContaining(p -> p.toString().endsWith(".png"));
  }

  @Test
  void fewPhotographsAreAskedByAndStayInTheIndex() throws IOException {
    CommandRun.home(folder.resolve("home"));
    CommandRun run =
        CommandRun.of("demo", "--photos", photos(4), "--dir", folder.resolve("demo")).ends(0);
    assertThat(run.data().lines().filter(line -> line.startsWith("照片 "))).hasSize(4);
    assertThat(run.data())
        .contains("So few photographs are all in the index, also those that were asked by.")
        .containsPattern("Ask again: .* search .* --fill\\R");
  }

  @Test
  void aFolderWithoutPicturesIsRefused() throws IOException {
    Path empty = Files.createDirectories(folder.resolve("empty"));
    Path demo = folder.resolve("demo");
    CommandRun none = CommandRun.of("demo", "--photos", empty, "--dir", demo).ends(1);
    assertThat(none.log())
        .endsWith(
            "seesong: "
                + empty
                + " holds no JPEG, PNG, GIF, BMP or WebP picture; name another folder\n");
    Path gone = folder.resolve("gone");
    assertThat(CommandRun.of("demo", "--photos", gone, "--dir", demo).ends(2).log())
        .endsWith("seesong: --photos must be a folder of photographs; got: " + gone + "\n");
    assertThat(demo).doesNotExist();
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new java.util.ArrayList<>();
    array.forEach(element -> texts.add(element.asText()));
    return texts;
  }

  /** The words of each theme, in both languages, by the English one. */
  private Map<String, List<String>> themes() throws IOException {
    Map<String, List<String>> themes = new HashMap<>();
    for (String row : Files.readAllLines(folder.resolve("catalogue/pictures.csv"))) {
      List<String> words = List.of(row.substring(row.lastIndexOf(',') + 1).split("\\|"));
      words.forEach(word -> themes.put(word, words));
    }
    return themes;
  }
}
