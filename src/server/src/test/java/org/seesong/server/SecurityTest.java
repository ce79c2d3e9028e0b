package org.seesong.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seesong.server.TestClient.Answer;

class SecurityTest {
  private static final String TOKEN = "0123456789abcdef";
  private static final byte[] NOTHING = new byte[0];

  @TempDir Path folder;

  @BeforeEach
  void write() throws IOException {
    TestFolder.CATALOGUE.write(folder.resolve("index"));
  }

  private SeesongServer serve() throws IOException {
    return TestFolder.serve(folder, TestFolder.OPTIONS);
  }

  @Test
  void everyAnswerKeepsBrowsersSafe() throws Exception {
    try (SeesongServer server = serve()) {
      TestClient client = new TestClient(server.uri());
      for (String path : List.of("/", "/api/info", "/api/nothing", "/style.css", "/metrics")) {
        Answer answer = client.get(path);
        assertThat(answer.header("Content-Security-Policy"))
            .as(path)
            .isEqualTo(
                "default-src 'self'; img-src 'self' blob: data:; frame-ancestors 'none'; base-uri"
                    + " 'none'; form-action 'self'; object-src 'none'");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(answer.header("Server")).isEmpty();
        assertThat(answer.header("Access-Control-Allow-Origin")).isEmpty();
        assertThat(answer.header("X-Request-Id")).matches("[0-9a-z]{10,}");
      }
    }
  }

  @Test
  void aProxysRequestIdIsKeptAndAnOddOneIsNot() throws Exception {
    try (SeesongServer server = serve()) {
      TestClient client = new TestClient(server.uri());
      assertThat(
              client
                  .get("/api/info", Map.of("X-Request-Id", "trace-0815.42"))
                  .header("X-Request-Id"))
          .isEqualTo("trace-0815.42");
      for (String odd : List.of("short", "<script>alert(1)</script>", "x".repeat(65))) {
        assertThat(client.get("/api/info", Map.of("X-Request-Id", odd)).header("X-Request-Id"))
            .matches("[0-9a-z]{10,}");
      }
    }
  }

  @Test
  void withATokenTheApiNeedsIt() throws Exception {
    ServerOptions options = TestFolder.OPTIONS.toBuilder().token(TOKEN).build();
    try (SeesongServer server = TestFolder.serve(folder, options)) {
      TestClient without = new TestClient(server.uri());
      for (String path : List.of("/api/info", "/api/songs/s1", "/metrics", "/api/nothing")) {
        Answer answer = without.get(path);
        assertThat(answer.status()).as(path).isEqualTo(401);
        assertThat(answer.code()).isEqualTo("token-missing");
        assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer");
      }
      assertThat(without.search("{\"keyword\":\"雪\"}").status()).isEqualTo(401);
      assertThat(without.get("/api/health/live").status()).isEqualTo(200);
      assertThat(without.get("/api/health/ready").status()).isEqualTo(200);
      assertThat(without.get("/openapi.json").status()).isEqualTo(200);
      for (String wrong :
          List.of("Bearer", "Bearer ", "Bearer 0123456789abcdeg", "Basic " + TOKEN, TOKEN)) {
        Answer answer = without.get("/api/info", Map.of("Authorization", wrong));
        assertThat(answer.status()).as(wrong).isEqualTo(401);
        assertThat(answer.code()).startsWith("token-");
      }
      TestClient with = new TestClient(server.uri(), Map.of("Authorization", "Bearer " + TOKEN));
      assertThat(with.get("/api/info").status()).isEqualTo(200);
      assertThat(with.search("{\"keyword\":\"雪\"}").status()).isEqualTo(200);
      assertThat(with.get("/api/nothing").status()).isEqualTo(404);
    }
  }

  @Test
  void otherOriginsMayCallOnlyWhereTheyAreNamed() throws Exception {
    ServerOptions options =
        TestFolder.OPTIONS.toBuilder().origins(List.of("https://shop.example.org")).build();
    try (SeesongServer server = TestFolder.serve(folder, options)) {
      TestClient client = new TestClient(server.uri());
      Map<String, String> named = Map.of("Origin", "https://shop.example.org");
      assertThat(client.get("/api/info", named).header("Access-Control-Allow-Origin"))
          .isEqualTo("https://shop.example.org");
      for (String other : List.of("https://evil.example.org", "https://shopxexample.org", "null")) {
        assertThat(
                client
                    .get("/api/info", Map.of("Origin", other))
                    .header("Access-Control-Allow-Origin"))
            .as(other)
            .isEmpty();
      }
      Answer preflight =
          client.send(
              "OPTIONS",
              "/api/search",
              "",
              NOTHING,
              Map.of(
                  "Origin",
                  "https://shop.example.org",
                  "Access-Control-Request-Method",
                  "POST",
                  "Access-Control-Request-Headers",
                  "authorization,content-type"));
      assertThat(preflight.status()).isEqualTo(200);
      assertThat(preflight.header("Access-Control-Allow-Methods")).contains("POST");
      assertThat(preflight.header("Access-Control-Allow-Headers")).contains("Authorization");
    }
  }

  @Test
  void otherMethodsAreToldWhichThereAre() throws Exception {
    try (SeesongServer server = serve()) {
      TestClient client = new TestClient(server.uri());
      for (String method : List.of("PUT", "DELETE", "POST", "PATCH", "TRACE")) {
        Answer answer = client.send(method, "/api/info", "", NOTHING, Map.of());
        assertThat(answer.status()).as(method).isEqualTo(405);
        assertThat(answer.header("Allow")).isEqualTo("GET, HEAD, OPTIONS");
        assertThat(answer.message()).isEqualTo("this address answers GET, HEAD, OPTIONS");
      }
      assertThat(client.get("/api/search").header("Allow")).isEqualTo("OPTIONS, POST");
      Answer options = client.send("OPTIONS", "/api/search", "", NOTHING, Map.of());
      assertThat(options.status()).isEqualTo(204);
      assertThat(options.header("Allow")).isEqualTo("OPTIONS, POST");
      Answer head = client.send("HEAD", "/api/info", "", NOTHING, Map.of());
      assertThat(head.status()).isEqualTo(200);
      assertThat(head.body()).isEmpty();
      assertThat(head.header("Content-Length"))
          .isEqualTo(Integer.toString(client.get("/api/info").body().length));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/../openapi.json",
        "/%2e%2e/openapi.json",
        "/..%2fopenapi.json",
        "/%2e%2e%2fopenapi.json",
        "/x/..%5copenapi.json",
        "/./../openapi.json",
        "//openapi.json",
        "/page/../../server/openapi.json",
        "/%00openapi.json",
        "/ServerOptions.class",
        "/..;/openapi.json",
        "/.htaccess",
        "/a//b.css",
        "/etc/passwd"
      })
  void noPathLeadsOutOfThePagesFolder(String path) throws Exception {
    try (SeesongServer server = serve()) {
      String answer =
          LimitsTest.talk(
              server.uri(),
              "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
      assertThat(answer).matches("(?s)HTTP/1.1 (400|404) .*\\{\"error\":\\{\"code\":.*");
    }
  }

  @Test
  void whatIsNoHttpIsToldInJson() throws Exception {
    try (SeesongServer server = serve()) {
      for (String request :
          List.of(
              "NONSENSE\r\n\r\n",
              "GET / HTTP/1.1\r\n\r\n",
              "GET / HTTP/1.1\r\nHost: localhost\r\nX: " + "y".repeat(20_000) + "\r\n\r\n",
              "GET /?" + "y".repeat(20_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n",
              String.join(
                  "\r\n",
                  "POST /api/search HTTP/1.1",
                  "Host: localhost",
                  "Content-Length: 3",
                  "Content-Length: 4",
                  "",
                  ""))) {
        String answer = LimitsTest.talk(server.uri(), request);
        assertThat(answer)
            .matches("(?s)HTTP/1.1 4[0-9][0-9] .*\\{\"error\":\\{\"code\":\"request-invalid\".*")
            .contains("X-Content-Type-Options: nosniff")
            .doesNotContain("jetty");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"evil.example.org", "127.0.0.1.evil.org:80", "10.0.0.1", "localhost.evil"})
  void foreignNamesOfThisMachineAreRefused(String name) throws Exception {
    String request = "GET /api/info HTTP/1.1\r\nHost: " + name + "\r\nConnection: close\r\n\r\n";
    try (SeesongServer server = serve()) {
      assertThat(LimitsTest.talk(server.uri(), request))
          .startsWith("HTTP/1.1 421")
          .contains("\"code\":\"host-unknown\"");
      for (String own : List.of("localhost", "localhost:8901", "127.0.0.1:1", "[::1]:8901")) {
        assertThat(LimitsTest.talk(server.uri(), request.replace(name, own)))
            .as(own)
            .startsWith("HTTP/1.1 200");
      }
    }
    ServerOptions proxied = TestFolder.OPTIONS.toBuilder().forwarded(true).build();
    try (SeesongServer server = TestFolder.serve(folder, proxied)) {
      assertThat(LimitsTest.talk(server.uri(), request)).startsWith("HTTP/1.1 200");
    }
  }

  @Test
  void anotherVersionOfHttpIsNoFaultOfTheServer() throws Exception {
    try (SeesongServer server = serve()) {
      assertThat(LimitsTest.talk(server.uri(), "GET / HTTP/3.0\r\nHost: localhost\r\n\r\n"))
          .startsWith("HTTP/1.1 505")
          .contains("\"code\":\"request-invalid\"")
          .contains("this server speaks HTTP/1.1 and 1.0");
    }
  }

  @Test
  void messagesTellNothingOfTheServersFolders() throws Exception {
    try (SeesongServer server = serve()) {
      TestClient client = new TestClient(server.uri());
      for (String request :
          List.of(
              "{\"keyword\":\"nothing\"}",
              "{\"words\":\"a\"}",
              "{\"keyword\":\"雪\",\"filters\":[\"mood=1\"]}",
              "{\"song\":\"none\"}")) {
        Answer answer = client.search(request);
        assertThat(answer.status()).as(request).isEqualTo(400);
        assertThat(answer.message()).as(request).doesNotContain(folder.getFileName().toString());
      }
    }
  }

  @Test
  void markupAndControlCharactersStayData() throws Exception {
    try (SeesongServer server = serve()) {
      TestClient client = new TestClient(server.uri());
      Answer answer = client.search("{\"song\":\"</script><b>\\u0007\\r\\nSet-Cookie: a=b\"}");
      assertThat(answer.message())
          .isEqualTo("the index has no song '</script><b>\u0007\r\nSet-Cookie: a=b'");
      assertThat(answer.header("Content-Type")).isEqualTo("application/json");
      assertThat(answer.header("Set-Cookie")).isEmpty();
    }
    assertThat(Log.clean("a\r\nb\u001b[31mc\u2028d\u202ee")).isEqualTo("a  b [31mc d e");
    assertThat(Log.clean("x".repeat(9999))).hasSize(500);
  }
}
