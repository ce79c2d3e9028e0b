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
