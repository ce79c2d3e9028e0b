package org.seesong.solr;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.imageio.ImageIO;
import org.apache.solr.client.solrj.SolrClient;
import org.apache.solr.embedded.JettyConfig;
import org.apache.solr.embedded.JettySolrRunner;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.seesong.encoder.DescriptorEncoder;
import org.seesong.solr.SongsHttp.Reply;
import org.seesong.vector.VectorSpace;

/** Pictures that come slowly, or that the server is to fetch from somewhere. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PictureInputTest {
  private static final VectorSpace DESCRIPTOR =
      new VectorSpace("descriptor-2", new DescriptorEncoder().dimension());
  private static final int MAX_BYTES = 50_000;
  private static final int TIME_LIMIT_MILLIS = 1500;
  private static final long PATIENCE_NANOS = 2L * TIME_LIMIT_MILLIS * 1_000_000;

  private final CountDownLatch over = new CountDownLatch(1);
  private final AtomicInteger secretsTold = new AtomicInteger();
  private ServerSocket pictures;
  private ExecutorService threads;
  private JettySolrRunner node;

  @BeforeAll
  void start(@TempDir Path home) throws Exception {
    threads = Executors.newCachedThreadPool();
    pictures = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    threads.execute(this::serve);

    Files.writeString(home.resolve("solr.xml"), "<solr/>");
    Path config = Files.createDirectories(home.resolve("songs/conf"));
    new Configset(DESCRIPTOR, BaseCloudTestCase.NETWORK, "descriptor").writeTo(config);
    Path solrconfig = config.resolve("solrconfig.xml");
    Files.writeString(
        solrconfig,
        Files.readString(solrconfig)
            .replace(
                "<lst name=\"defaults\">\n      <str name=\"df\">song_title_text</str>\n      <!--",
                "<int name=\"maxBytes\">"
                    + MAX_BYTES
                    + "</int><int name=\"encoderTimeLimitMillis\">"
                    + TIME_LIMIT_MILLIS
                    + "</int><arr name=\"urlAllowList\"><str>"
                    + place("/covers/")
                    + "</str></arr>\n<lst name=\"defaults\">\n"
                    + "      <str name=\"df\">song_title_text</str>\n      <!--"));
    Files.writeString(home.resolve("songs/core.properties"), "name=songs");
    node = new JettySolrRunner(home.toString(), JettyConfig.builder().build());
    node.start();
    SongCatalogue catalogue = SongCatalogue.random(5, 20, 40, DESCRIPTOR.dimension(), 8);
    try (SolrClient client = node.newClient()) {
      BaseCloudTestCase.add(client, "songs", catalogue.pictureDocuments());
      BaseCloudTestCase.add(client, "songs", catalogue.songDocuments());
    }
  }

  @AfterAll
  void stop() throws Exception {
    over.countDown();
    if (node != null) {
      node.stop();
    }
    pictures.close();
    threads.shutdownNow();
  }

  private String place(String path) {
    return "http://127.0.0.1:" + pictures.getLocalPort() + path;
  }

  /** Answers until the socket is closed. */
  private void serve() {
    try {
      while (true) {
        Socket caller = pictures.accept();
        threads.execute(() -> serve(caller));
      }
    } catch (IOException e) {
      assertThat(pictures.isClosed()).isTrue();
    }
  }

  private void serve(Socket caller) {
    try (caller;
        BufferedReader in =
            new BufferedReader(
                new InputStreamReader(caller.getInputStream(), StandardCharsets.US_ASCII))) {
      String path = URI.create(in.readLine().split(" ", 3)[1]).getPath();
      while (!in.readLine().isEmpty()) {
        // The headers do not matter.
      }
      answer(path, caller.getOutputStream());
    } catch (IOException | InterruptedException e) {
      // The client has hung up, or the tests are over.
      assertThat(caller.isClosed()).isTrue();
    }
  }

  private void answer(String path, OutputStream out) throws IOException, InterruptedException {
    if (path.startsWith("/secret/")) {
      secretsTold.incrementAndGet();
    }
    switch (path) {
      case "/covers/text.png" -> answer(out, "200 OK", "text".getBytes(StandardCharsets.UTF_8));
      case "/covers/large.png" -> answer(out, "200 OK", new byte[MAX_BYTES + 1]);
      case "/covers/moved.png" ->
          answer(out, "302 Found\r\nLocation: " + place("/secret/a.png"), new byte[0]);
      case "/covers/none.png" -> answer(out, "404 Not Found", new byte[0]);
      case "/covers/silent.png" -> over.await();
      case "/covers/stalls.png" -> {
        answer(out, "200 OK\r\nContent-Length: 1000", new byte[20]);
        over.await();
      }
      default -> answer(out, "200 OK", picture());
    }
  }

  private static void answer(OutputStream out, String head, byte[] body) throws IOException {
    String length = head.contains("Content-Length") ? "" : "\r\nContent-Length: " + body.length;
    out.write(
        ("HTTP/1.1 " + head + length + "\r\nConnection: close\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII));
    out.write(body);
    out.flush();
  }

  private static byte[] picture() throws IOException {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    BufferedImage image = new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB);
    image.setRGB(3, 4, 0xff0000);
    ImageIO.write(image, "png", png);
    return png.toByteArray();
  }

  private SongsHttp http() {
    return new SongsHttp(node.getBaseUrl().toString(), "songs");
  }

  private void assertRefused(String path, int status, String message) throws Exception {
    Reply reply = http().form("image.url", place(path));
    assertThat(reply.error()).startsWith(message);
    assertThat(reply.status()).isEqualTo(status);
  }

  @Test
  void aPictureOfAListedPlaceAnswersLikeTheSameInTheBody() throws Exception {
    Reply fetched = http().form("image.url", place("/covers/a.png"));
    Reply sent = http().body(picture(), "image/png");
    assertThat(fetched.status()).as(fetched.error()).isEqualTo(200);
    assertThat(fetched.anchors()).isNotEmpty().isEqualTo(sent.anchors());
    assertThat(fetched.songs()).isNotEmpty().isEqualTo(sent.songs());
  }

  @Test
  void nothingElseIsFetchedNotEvenThroughARedirect() throws Exception {
    assertRefused(
        "/secret/a.png",
        400,
        "image.url is not in this server's list: '" + place("/secret/a.png") + "'");
    assertRefused(
        "/covers/../secret/a.png",
        400,
        "image.url is not in this server's list: '" + place("/secret/a.png") + "'");
    assertRefused(
        "/covers/moved.png",
        400,
        "image.url '" + place("/covers/moved.png") + "' answers 302; redirects are not followed");
    assertThat(secretsTold).hasValue(0);
  }

  @Test
  void whatIsFetchedMustBeAPictureOfSomeSize() throws Exception {
    assertRefused(
        "/covers/none.png", 400, "image.url '" + place("/covers/none.png") + "' answers 404");
    assertRefused("/covers/text.png", 400, "picture: ");
    assertRefused(
        "/covers/large.png",
        413,
        "a picture must have at most 50000 bytes; '" + place("/covers/large.png") + "' has more");
  }

  @Test
  void aPlaceThatIsTooSlowIsGivenUp() throws Exception {
    assertRefused(
        "/covers/silent.png",
        408,
        "image.url '" + place("/covers/silent.png") + "' is too slow: no end within 1500 ms");
    assertRefused(
        "/covers/stalls.png",
        408,
        "image.url '" + place("/covers/stalls.png") + "' is too slow: no end within 1500 ms");
  }

  @Test
  void aBodyThatTricklesInIsGivenUp() throws Exception {
    URI base = node.getBaseUrl().toURI();
    try (Socket socket = new Socket(base.getHost(), base.getPort())) {
      OutputStream out = socket.getOutputStream();
      out.write(
          ("POST "
                  + base.getPath()
                  + "/songs/songs-by-image HTTP/1.1\r\nHost: localhost\r\nContent-Type: image/png"
                  + "\r\nContent-Length: 40000\r\nConnection: close\r\n\r\n")
              .getBytes(StandardCharsets.US_ASCII));
      int sent = 0;
      for (long start = System.nanoTime(); System.nanoTime() - start < PATIENCE_NANOS; sent++) {
        out.write(7);
        out.flush();
        Thread.sleep(50);
      }
      // Solr's server reads a body to its end before it lets an answer go.
      out.write(new byte[40_000 - sent]);
      out.flush();
      String reply = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(reply).contains("the picture must come within 1500 ms; ");
      assertThat(reply).startsWith("HTTP/1.1 408 ");
    }
    Reply next = http().body(picture(), "image/png");
    assertThat(next.status()).as(next.error()).isEqualTo(200);
  }
}
