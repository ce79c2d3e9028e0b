package org.seesong.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Asks a server over HTTP and compares every answer with the API's description. */
final class TestClient {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final URI server;
  private final OpenApiDocument api;
  private final Map<String, String> headers;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  TestClient(URI server) throws IOException {
    this(server, Map.of());
  }

  TestClient(URI server, Map<String, String> headers) throws IOException {
    this.server = server;
    this.headers = headers;
    this.api = new OpenApiDocument();
  }

  /** What came back. */
  record Answer(int status, HttpHeaders headers, byte[] body) {
    JsonNode json() throws IOException {
      return JSON.readTree(body);
    }

    String code() throws IOException {
      return json().path("error").path("code").asText();
    }

    String message() throws IOException {
      return json().path("error").path("message").asText();
    }

    String header(String name) {
      return headers.firstValue(name).orElse("");
    }

    List<String> songs() throws IOException {
      return json().get("songs").findValuesAsText("id");
    }
  }

  Answer get(String path) throws IOException, InterruptedException {
    return send("GET", path, "", new byte[0], Map.of());
  }

  Answer get(String path, Map<String, String> more) throws IOException, InterruptedException {
    return send("GET", path, "", new byte[0], more);
  }

  Answer search(String json) throws IOException, InterruptedException {
    return post("/api/search", json);
  }

  Answer post(String path, String json) throws IOException, InterruptedException {
    return send("POST", path, "application/json", json.getBytes(StandardCharsets.UTF_8), Map.of());
  }

  Answer raw(String query, byte[] picture) throws IOException, InterruptedException {
    return send("POST", "/api/search" + query, "image/png", picture, Map.of());
  }

  /** A form of pictures and a request, which may be empty. */
  Answer form(String request, byte[]... pictures) throws IOException, InterruptedException {
    Map<String, byte[]> parts = new LinkedHashMap<>();
    for (int i = 0; i < pictures.length; i++) {
      parts.put("picture\"; filename=\"" + i + ".png", pictures[i]);
    }
    if (!request.isEmpty()) {
      parts.put("request", request.getBytes(StandardCharsets.UTF_8));
    }
    return form(parts);
  }

  Answer form(Map<String, byte[]> parts) throws IOException, InterruptedException {
    return send(
        "POST", "/api/search", "multipart/form-data; boundary=limit", body(parts), Map.of());
  }

  private static byte[] body(Map<String, byte[]> parts) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (Map.Entry<String, byte[]> part : parts.entrySet()) {
      String head =
          "--limit\r\nContent-Disposition: form-data; name=\"" + part.getKey() + "\"\r\n\r\n";
      body.write(head.getBytes(StandardCharsets.UTF_8));
      body.write(part.getValue());
      body.write("\r\n".getBytes(StandardCharsets.UTF_8));
    }
    body.write("--limit--\r\n".getBytes(StandardCharsets.UTF_8));
    return body.toByteArray();
  }

  Answer send(String method, String path, String contentType, byte[] body, Map<String, String> more)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server + path.substring(1)))
            .timeout(PATIENCE)
            .method(method, BodyPublishers.ofByteArray(body));
    if (!contentType.isEmpty()) {
      request.header("Content-Type", contentType);
    }
    headers.forEach(request::header);
    more.forEach(request::header);
    HttpResponse<byte[]> response =
        http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    if (!method.equals("OPTIONS") && path.startsWith("/api")) {
      String type = response.headers().firstValue("Content-Type").orElse("");
      api.check(method, path, response.statusCode(), type, response.body());
    }
    return new Answer(response.statusCode(), response.headers(), response.body());
  }
}
