package org.seesong.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MapApiTest {
  @TempDir private Path folder;

  private SeesongServer server;
  private TestClient client;

  @BeforeEach
  void start() throws Exception {
    TestFolder.CATALOGUE.write(folder.resolve("index"));
    server = TestFolder.serve(folder, TestFolder.OPTIONS);
    client = new TestClient(server.uri());
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @Test
  void everyPointIsWhatTheMapSays() throws Exception {
    JsonNode map = client.get("/api/map").json();
    int songs = map.get("songs").asInt();
    int points = songs + map.get("pictures").asInt();
    assertThat(songs).isPositive().isLessThan(points);
    TestClient.Answer places = client.get("/api/map/points");
    assertThat(places.body()).hasSize(CatalogueMap.POINT_BYTES * points);
    assertThat(places.header("ETag")).contains(map.get("map").asText().substring(0, 32));
    for (int point : List.of(0, songs - 1, songs, points - 1)) {
      JsonNode what = client.get(address(point, map)).json();
      boolean song = point < songs;
      assertThat(what.get("kind").asText()).isEqualTo(song ? "song" : "picture");
      String own = (song ? "/api/songs/" : "/api/pictures/") + what.get("id").asText();
      JsonNode same = client.get(own).json();
      assertThat(what.get("keywords").get(0).asText())
          .isEqualTo(same.get("keywords").get(0).get("keyword").asText());
    }
    TestClient.Answer none = client.get(address(points, map));
    assertThat(none.status()).isEqualTo(404);
    assertThat(none.message()).contains("0 to " + (points - 1));
    assertThat(client.get(address(0, map).replaceFirst("map=.", "map=x")).status()).isEqualTo(410);
  }

  private static String address(int point, JsonNode map) {
    return "/api/map/points/" + point + "?map=" + map.get("map").asText();
  }

  @Test
  void aQueryStandsWhereWhatItFoundDoes() throws Exception {
    JsonNode map = client.get("/api/map").json();
    JsonNode disc = map.get("keywords").get(0);
    String of = "{\"keyword\":\"" + disc.get("keyword").asText() + "\"}";
    StringBuilder address = new StringBuilder("/api/map/place?");
    for (String song : client.search(of).songs()) {
      address.append("song=").append(song).append('&');
    }
    JsonNode place = client.get(address.substring(0, address.length() - 1)).json();
    double nearest = Double.MAX_VALUE;
    for (JsonNode each : map.get("keywords")) {
      double away =
          Math.hypot(
              place.get("x").asInt() - each.get("x").asInt(),
              place.get("y").asInt() - each.get("y").asInt());
      nearest = Math.min(nearest, away / each.get("radius").asInt());
    }
    assertThat(nearest).as("radii from the nearest disc's middle").isLessThan(1.2);
    assertThat(client.get("/api/map/place").status()).isEqualTo(400);
    assertThat(client.get("/api/map/place?song=none").status()).isEqualTo(404);
    assertThat(client.get("/api/map/place?artist=x").code()).isEqualTo("field-unknown");
  }
}
