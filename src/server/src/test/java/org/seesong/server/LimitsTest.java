package org.seesong.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.seesong.image.DecoderLimits;
import org.seesong.server.TestClient.Answer;

/** Too much, too large, too slow: refused in time, and what is under way is not disturbed. */
@Timeout(120)
class LimitsTest {
  @TempDir Path folder;
  private final ExecutorService clients = Executors.newCachedThreadPool();

  @BeforeEach
  void write() throws IOException {
    TestFolder.CATALOGUE.write(folder.resolve("index"));
  }

  @AfterEach
  void endClients() {
    clients.shutdownNow();
  }

  private static double metric(TestClient client, String name) throws Exception {
    String text = new String(client.get("/metrics").body(), StandardCharsets.UTF_8);
    return text.lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void picturesBeyondTheQueueAreRefusedAtOnce() throws Exception {
    TestFolder.HeldUp encoder = new TestFolder.HeldUp();
    ServerOptions options = TestFolder.OPTIONS.toBuilder().encoderQueue(3).build();
    try (SeesongServer server = TestFolder.serve(folder, options, encoder)) {
      TestClient client = new TestClient(server.uri());
      List<Future<Answer>> waiting = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        byte[] picture = TestFolder.png(80 * i, 0, 9);
        waiting.add(clients.submit(() -> new TestClient(server.uri()).raw("", picture)));
      }
      while (metric(client, "seesong_encoder_pictures") < 3) {
        TimeUnit.MILLISECONDS.sleep(10);
      }
      long start = System.nanoTime();
      Answer refused = client.raw("", TestFolder.png(1, 2, 3));
      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.code()).isEqualTo("overloaded");
      assertThat(refused.header("Retry-After")).isEqualTo("1");
      assertThat(refused.message())
          .isEqualTo("the server is busy with 3 pictures and takes 3; retry in a moment");
      assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(5));
      // Who brings no picture is answered meanwhile.
      assertThat(client.search("{\"keyword\":\"雪\"}").status()).isEqualTo(200);
      encoder.go.release(100);
      for (Future<Answer> each : waiting) {
        assertThat(each.get().status()).isEqualTo(200);
      }
      assertThat(client.raw("", TestFolder.png(1, 2, 3)).status()).isEqualTo(200);
      assertThat(metric(client, "seesong_encoder_pictures")).isZero();
    }
  }

  @Test
  void anEncoderThatTakesTooLongIsNotWaitedFor() throws Exception {
    TestFolder.HeldUp encoder = new TestFolder.HeldUp();
    ServerOptions options =
        TestFolder.OPTIONS.toBuilder().timeLimit(Duration.ofMillis(300)).build();
    try (SeesongServer server = TestFolder.serve(folder, options, encoder)) {
      TestClient client = new TestClient(server.uri());
      Answer refused = client.raw("", TestFolder.png(1, 2, 3));
      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.message())
          .isEqualTo("encoder 'descriptor-1' is busy: no answer within 300 ms; retry in a moment");
      encoder.go.release(100);
      assertThat(client.raw("", TestFolder.png(1, 2, 3)).status()).isEqualTo(200);
    }
  }

  @Test
  void largeRequestsAreRefusedWhetherTheySayTheirLengthOrNot() throws Exception {
    ServerOptions options = TestFolder.OPTIONS.toBuilder().maxUploadBytes(2000).build();
    try (SeesongServer server = TestFolder.serve(folder, options)) {
      TestClient client = new TestClient(server.uri());
      Answer refused = client.raw("", new byte[5000]);
      assertThat(refused.status()).isEqualTo(413);
      assertThat(refused.code()).isEqualTo("upload-too-large");
      assertThat(refused.message()).contains("--max-upload-bytes");
      StringBuilder chunked = new StringBuilder();
      chunked.append("POST /api/search HTTP/1.1\r\nHost: localhost\r\nContent-Type: image/png\r\n");
      chunked.append("Transfer-Encoding: chunked\r\n\r\n");
      for (int i = 0; i < 5; i++) {
        chunked.append("3e8\r\n").append("x".repeat(1000)).append("\r\n");
      }
      assertThat(talk(server.uri(), chunked.toString()))
          .startsWith("HTTP/1.1 413")
          .contains("upload-too-large");
      assertThat(client.raw("", TestFolder.png(1, 2, 3)).status()).isEqualTo(200);
    }
  }

  @Test
  void jsonHasALimitThatTheOptionForPicturesDoesNotRaise() throws Exception {
    try (SeesongServer server = TestFolder.serve(folder, TestFolder.OPTIONS)) {
      TestClient client = new TestClient(server.uri());
      Answer refused = client.search("{\"words\":\"" + "x".repeat(1_000_000));
      assertThat(refused.status()).isEqualTo(413);
      assertThat(refused.message())
          .isEqualTo("the request is larger than 1000000 bytes; this is the most for JSON here");
    }
  }

  @Test
  void picturesOfTooManyPixelsAreRefused() throws Exception {
    ServerOptions options =
        TestFolder.OPTIONS.toBuilder().limits(DecoderLimits.DEFAULTS.withMaxPixels(10_000)).build();
    try (SeesongServer server = TestFolder.serve(folder, options)) {
      TestClient client = new TestClient(server.uri());
      Answer refused = client.raw("", TestFolder.png(1, 2, 3, 101, 100));
      assertThat(refused.status()).isEqualTo(400);
      assertThat(refused.code()).isEqualTo("picture-unreadable");
      assertThat(refused.message()).contains("101 x 100");
      assertThat(client.raw("", TestFolder.png(1, 2, 3, 100, 100)).status()).isEqualTo(200);
    }
  }

  /** Sends bytes as they are and reads until the server ends the connection or falls silent. */
  static String talk(URI server, String request) throws IOException {
    try (Socket socket = new Socket(server.getHost(), server.getPort())) {
      socket.setSoTimeout(3000);
      OutputStream out = socket.getOutputStream();
      out.write(request.getBytes(StandardCharsets.UTF_8));
      out.flush();
      return read(socket.getInputStream());
    }
  }

  private static String read(InputStream in) throws IOException {
    StringBuilder text = new StringBuilder();
    byte[] buffer = new byte[8192];
    try {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        text.append(new String(buffer, 0, n, StandardCharsets.UTF_8));
      }
    } catch (SocketTimeoutException e) {
      return text.toString(); // the connection is kept for a next request
    }
    return text.toString();
  }

  @Test
  void slowClientsAreEndedAndHoldUpNobody() throws Exception {
    ServerOptions options =
        TestFolder.OPTIONS.toBuilder().timeLimit(Duration.ofMillis(500)).build();
    try (SeesongServer server = TestFolder.serve(folder, options)) {
      List<Future<String>> slow = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        slow.add(
            clients.submit(
                () ->
                    talk(
                        server.uri(),
                        String.join(
                            "\r\n",
                            "POST /api/search HTTP/1.1",
                            "Host: localhost",
                            "Content-Type: image/png",
                            "Content-Length: 1000",
                            "",
                            "half of it"))));
      }
      TestClient client = new TestClient(server.uri());
      assertThat(client.raw("", TestFolder.png(1, 2, 3)).status()).isEqualTo(200);
      for (Future<String> each : slow) {
        assertThat(each.get()).startsWith("HTTP/1.1 408").contains("request-slow");
      }
    }
  }

  @Test
  void aRequestThatBreaksOffHarmsNobody() throws Exception {
    try (SeesongServer server = TestFolder.serve(folder, TestFolder.OPTIONS)) {
      for (int i = 0; i < 20; i++) {
        try (Socket socket = new Socket(server.uri().getHost(), server.uri().getPort())) {
          socket
              .getOutputStream()
              .write(
                  "POST /api/search HTTP/1.1\r\nHost: localhost\r\nContent-Type: image/png\r\nContent-Length: 99\r\n\r\nx"
                      .getBytes(StandardCharsets.UTF_8));
        }
      }
      TestClient client = new TestClient(server.uri());
      assertThat(client.raw("", TestFolder.png(1, 2, 3)).status()).isEqualTo(200);
      while (metric(client, "seesong_http_active") > 1) {
        TimeUnit.MILLISECONDS.sleep(20);
      }
    }
  }

  @Test
  void requestsUnderWayEndBeforeTheServerDoes() throws Exception {
    TestFolder.HeldUp encoder = new TestFolder.HeldUp();
    SeesongServer server = TestFolder.serve(folder, TestFolder.OPTIONS, encoder);
    URI address = server.uri(); // one that ends has none
    TestClient client = new TestClient(address);
    Future<Answer> held =
        clients.submit(() -> new TestClient(address).raw("", TestFolder.png(1, 2, 3)));
    while (metric(client, "seesong_encoder_pictures") < 1) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
    CompletableFuture<Void> closing =
        CompletableFuture.runAsync(
            () -> {
              try {
                server.close();
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            },
            clients);
    awaitRefusal(address);
    assertThat(closing).isNotDone();
    encoder.go.release(100);
    assertThat(held.get().status()).isEqualTo(200);
    closing.get();
    assertThatThrownBy(() -> client.get("/api/health/live")).isInstanceOf(ConnectException.class);
    server.close(); // does nothing
  }

  /** Until a new connection is refused, or its request. */
  private static void awaitRefusal(URI server) throws Exception {
    while (true) {
      try {
        if (new TestClient(server).get("/api/health/ready").status() == 503) {
          return;
        }
      } catch (ConnectException e) {
        return;
      }
      TimeUnit.MILLISECONDS.sleep(10);
    }
  }

  @Test
  void aServerThatIsHeldUpEndsAllTheSame() throws Exception {
    TestFolder.HeldUp encoder = new TestFolder.HeldUp();
    ServerOptions options =
        TestFolder.OPTIONS.toBuilder().timeLimit(Duration.ofMillis(400)).build();
    SeesongServer server = TestFolder.serve(folder, options, encoder);
    Future<Answer> held =
        clients.submit(() -> new TestClient(server.uri()).raw("", TestFolder.png(1, 2, 3)));
    TimeUnit.MILLISECONDS.sleep(100);
    Future<?> later =
        clients.submit(
            () -> {
              TimeUnit.SECONDS.sleep(2);
              encoder.go.release(100); // else its thread would never end
              return null;
            });
    long start = System.nanoTime();
    server.close();
    assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(20));
    later.get();
    held.cancel(true);
  }

  @Test
  void moreRequestsThanCanWaitAreRefusedInJson() throws Exception {
    TestFolder.HeldUp encoder = new TestFolder.HeldUp();
    ServerOptions options =
        TestFolder.OPTIONS.toBuilder().encoderQueue(1000).forwarded(true).build();
    try (SeesongServer server = TestFolder.serve(folder, options, encoder)) {
      List<TestClient> addresses = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        addresses.add(new TestClient(server.uri(), Map.of("X-Forwarded-For", "10.0.0." + i)));
      }
      List<Future<Answer>> all = new ArrayList<>();
      for (int i = 0; i < 480; i++) {
        byte[] picture = TestFolder.png(i % 256, i / 256, 9, 8, 8);
        TestClient client = addresses.get(i % 8);
        all.add(clients.submit(() -> client.raw("", picture)));
      }
      int refused = 0;
      while (refused < 50) {
        refused = 0;
        for (Future<Answer> each : all) {
          refused += each.isDone() && each.get().status() == 503 ? 1 : 0;
        }
        TimeUnit.MILLISECONDS.sleep(50);
      }
      encoder.go.release(10_000);
      for (Future<Answer> each : all) {
        Answer answer = each.get();
        if (answer.status() == 503) {
          assertThat(answer.code()).isEqualTo("overloaded");
          assertThat(answer.header("Retry-After")).isEqualTo("1");
          assertThat(answer.header("X-Request-Id")).isNotEmpty();
        } else {
          assertThat(answer.status()).isEqualTo(200);
        }
      }
    }
  }
}
