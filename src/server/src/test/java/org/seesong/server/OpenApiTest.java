package org.seesong.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seesong.query.TwoHopOptions;
import org.seesong.query.TwoHopQuery;

/** The description and the server agree; {@link TestClient} compares each answer of the tests. */
class OpenApiTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  private static JsonNode document() throws IOException {
    return new OpenApiDocument().document();
  }

  private static List<String> names(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  @Test
  void everyRouteIsDescribedAndEveryDescriptionARoute() throws IOException {
    Set<String> described = new TreeSet<>();
    JsonNode paths = document().get("paths");
    for (String path : names(paths)) {
      for (String method : names(paths.get(path))) {
        described.add(method.toUpperCase(Locale.ROOT) + " " + path);
      }
    }
    Set<String> served = new TreeSet<>();
    TestFolder.CATALOGUE.write(folder.resolve("index"));
    try (SeesongServer server = TestFolder.serve(folder, TestFolder.OPTIONS)) {
      server.routes().all().forEach(route -> served.add(route.method() + " " + route.path()));
      for (Routes.Route route : server.routes().all()) {
        JsonNode operation = paths.get(route.path()).get(route.method().toLowerCase(Locale.ROOT));
        assertThat(operation.has("security")).as(route.path()).isEqualTo(route.open());
      }
    }
    assertThat(described).isEqualTo(served);
  }

  @Test
  void theDescriptionIsServed() throws Exception {
    TestFolder.CATALOGUE.write(folder.resolve("index"));
    try (SeesongServer server = TestFolder.serve(folder, TestFolder.OPTIONS)) {
      assertThat(new TestClient(server.uri()).get("/openapi.json").json()).isEqualTo(document());
    }
  }

  @Test
  void everyReferenceLeadsSomewhere() throws IOException {
    JsonNode document = document();
    List<JsonNode> references = document.findValues("$ref");
    assertThat(references).hasSizeGreaterThan(40);
    for (JsonNode reference : references) {
      assertThat(document.at(reference.asText().substring(1)).isMissingNode())
          .as(reference.asText())
          .isFalse();
    }
  }

  @Test
  void theRequestHasTheFieldsLimitsAndDefaultsOfTheProgram() throws IOException {
    JsonNode document = document();
    JsonNode fields = document.at("/components/schemas/SearchRequest/properties");
    assertThat(names(fields)).isEqualTo(SearchRequest.FIELDS);
    List<String> parameters =
        document.at("/paths/~1api~1search/post/parameters").findValuesAsText("name");
    assertThat(parameters).isEqualTo(SearchRequest.FIELDS.subList(1, SearchRequest.FIELDS.size()));
    TwoHopOptions defaults = TwoHopOptions.DEFAULT;
    assertThat(fields.at("/songs/default").asInt()).isEqualTo(defaults.songs());
    assertThat(fields.at("/songs/maximum").asInt()).isEqualTo(TwoHopOptions.MAX_SONGS);
    assertThat(fields.at("/nearestPictures/default").asInt()).isEqualTo(defaults.pictures());
    assertThat(fields.at("/coverage/default").asDouble())
        .isEqualTo(defaults.selection().coverage());
    assertThat(fields.at("/maxPerArtist/default").asInt())
        .isEqualTo(defaults.selection().maxPerArtist());
    assertThat(fields.at("/fill/default").asBoolean()).isEqualTo(defaults.fill());
    assertThat(fields.at("/pictures/maxItems").asInt()).isEqualTo(TwoHopQuery.MAX_EXAMPLES);
    assertThat(fields.at("/words/maxLength").asInt()).isEqualTo(TwoHopQuery.Words.MAX_LENGTH);
    assertThat(fields.at("/wordsWeight/default").asDouble())
        .isEqualTo(TwoHopQuery.Words.DEFAULT_WEIGHT);
    assertThat(document.at("/paths/~1api~1pictures/get/parameters/0/schema/maximum").asInt())
        .isEqualTo(IndexFacts.SAMPLES);
  }

  @Test
  void objectsOfOtherFormsAreFound() throws IOException {
    OpenApiDocument api = new OpenApiDocument();
    assertThat(api.problems("Health", JSON.readTree("{\"status\":\"live\"}"))).isEmpty();
    assertThat(api.problems("Health", JSON.readTree("{\"status\":\"dead\"}"))).isNotEmpty();
    assertThat(api.problems("Health", JSON.readTree("{\"status\":\"live\",\"x\":1}"))).isNotEmpty();
    assertThat(api.problems("Answer", JSON.readTree("{\"songs\":[]}"))).isNotEmpty();
    for (Iterator<String> each = api.document().at("/components/schemas").fieldNames();
        each.hasNext(); ) {
      assertThat(api.problems(each.next(), JSON.readTree("7"))).isNotEmpty();
    }
  }
}
