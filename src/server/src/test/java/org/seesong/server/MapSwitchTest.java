package org.seesong.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.seesong.index.CatalogueIndexUpdater;
import org.seesong.index.IndexLayout;
import org.seesong.index.SongDocument;
import org.seesong.index.TestCatalogue;
import org.seesong.index.WeightedKeyword;

/** The map stays where it was while the index changes. */
@Timeout(120)
class MapSwitchTest {
  private static final int KEYWORDS = 40;

  @TempDir private Path folder;

  /** Songs of two keywords each, of which some go together. */
  private void write(int songs) throws IOException {
    TestCatalogue catalogue = TestCatalogue.random(new TestCatalogue.Size(60, songs, 3, 2, 60), 1);
    SplittableRandom random = new SplittableRandom(7);
    List<SongDocument> named = new ArrayList<>();
    for (SongDocument song : catalogue.songs()) {
      int keyword = random.nextInt(KEYWORDS);
      named.add(
          new SongDocument(
              song.id(),
              song.details(),
              List.of(
                  new WeightedKeyword("k" + keyword, 1),
                  new WeightedKeyword("k" + (keyword + 1 + random.nextInt(3)) % KEYWORDS, 0.5)),
              List.of("", ""),
              song.firstLines(),
              song.searchText(),
              song.graphEmbedding(),
              song.textEmbedding(),
              song.signature()));
    }
    new TestCatalogue(catalogue.pictures(), named, catalogue.identity())
        .write(folder.resolve("index"));
  }

  @Test
  void keywordsStayWhereTheyWereWhenSongsComeAndGo() throws Exception {
    write(200);
    try (SeesongServer server = TestFolder.serve(folder, TestFolder.OPTIONS)) {
      TestClient client = new TestClient(server.uri());
      JsonNode before = client.get("/api/map").json();
      write(220); // a new build
      JsonNode built = changed(client, before);
      assertThat(built.get("songs").asInt()).isEqualTo(220);
      assertThat(moved(before, built)).isLessThan(0.03);
      try (CatalogueIndexUpdater updater = CatalogueIndexUpdater.open(folder)) {
        updater.remove(IndexLayout.SONG, "s0");
        updater.commit();
      }
      JsonNode removed = changed(client, built);
      assertThat(removed.get("songs").asInt()).isEqualTo(219);
      assertThat(moved(built, removed)).isLessThan(0.03);
    }
  }

  /** The next map that is served. */
  private static JsonNode changed(TestClient client, JsonNode before) throws Exception {
    JsonNode now = before;
    while (now.get("map").equals(before.get("map"))) {
      Thread.onSpinWait();
      now = client.get("/api/map").json();
    }
    return now;
  }

  /** How far keywords of both maps moved on average, as a share of the map's side. */
  private static double moved(JsonNode before, JsonNode after) {
    Map<String, JsonNode> earlier = new HashMap<>();
    before.get("keywords").forEach(disc -> earlier.put(disc.get("keyword").asText(), disc));
    double sum = 0;
    int common = 0;
    for (JsonNode disc : after.get("keywords")) {
      JsonNode was = earlier.get(disc.get("keyword").asText());
      if (was != null) {
        sum +=
            Math.hypot(
                disc.get("x").asDouble() - was.get("x").asDouble(),
                disc.get("y").asDouble() - was.get("y").asDouble());
        common++;
      }
    }
    assertThat(common).isGreaterThanOrEqualTo(KEYWORDS);
    return sum / common / after.get("size").asDouble();
  }
}
