package org.seesong.solr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.seesong.vector.FloatVector;

/** Asks a node as curl would. */
final class SongsHttp {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String base;

  SongsHttp(String nodeUrl, String collection) {
    this.base = nodeUrl + "/" + collection + "/songs-by-image";
  }

  /** An answer: status, headers and JSON. */
  record Reply(HttpResponse<String> http, JsonNode json) {
    int status() {
      return http.statusCode();
    }

    List<String> songs() {
      List<String> ids = new ArrayList<>();
      json.at("/response/docs").forEach(song -> ids.add(song.get("id").asText()));
      return ids;
    }

    List<String> anchors() {
      List<String> ids = new ArrayList<>();
      json.get("anchors").forEach(anchor -> ids.add(anchor.get("id").asText()));
      return ids;
    }

    String error() {
      return json.at("/error/msg").asText();
    }

    boolean isPartial() {
      return json.at("/responseHeader/partialResults").asBoolean();
    }
  }

  /** A form with a vector and other parameters, alternately name and value. */
  Reply byVector(float[] vector, String encoder, String... parameters) throws Exception {
    List<String> all = new ArrayList<>(List.of(parameters));
    all.addAll(
        List.of(
            ImageRequest.VECTOR,
            HopParams.encode(new FloatVector(vector)),
            ImageRequest.ENCODER,
            encoder));
    return form(all.toArray(String[]::new));
  }

  Reply form(String... parameters) throws Exception {
    return send(
        HttpRequest.newBuilder(URI.create(base + "?wt=json"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(encoded(parameters))));
  }

  Reply body(byte[] picture, String type, String... parameters) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + "?wt=json&" + encoded(parameters)))
            .POST(BodyPublishers.ofByteArray(picture));
    if (!type.isEmpty()) {
      request.header("Content-Type", type);
    }
    return send(request);
  }

  private static Reply send(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<String> response =
        CLIENT.send(request.timeout(Duration.ofSeconds(60)).build(), BodyHandlers.ofString());
    String type = response.headers().firstValue("Content-Type").orElse("");
    return new Reply(
        response, type.contains("json") ? JSON.readTree(response.body()) : JSON.createObjectNode());
  }

  private static String encoded(String... parameters) {
    StringBuilder form = new StringBuilder();
    for (int i = 0; i < parameters.length; i += 2) {
      form.append(i == 0 ? "" : "&")
          .append(URLEncoder.encode(parameters[i], StandardCharsets.UTF_8))
          .append('=')
          .append(URLEncoder.encode(parameters[i + 1], StandardCharsets.UTF_8));
    }
    return form.toString();
  }
}
