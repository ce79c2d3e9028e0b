package org.seesong.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.seesong.encoder.ImageEncoder;
import org.seesong.index.CatalogueIndexUpdater;
import org.seesong.index.IndexLayout;
import org.seesong.index.IndexMetadata;
import org.seesong.index.TestCatalogue;
import org.seesong.server.TestClient.Answer;
import org.seesong.vector.VectorSpace;

/** New commits and builds are served without a failed request. */
@Timeout(120)
class HotSwitchTest {
  @TempDir Path temporary;
  private Path folder;

  @BeforeEach
  void write() throws IOException {
    folder = temporary.resolve("my-index");
    TestFolder.CATALOGUE.write(folder.resolve("index"));
  }

  private static TestCatalogue catalogue(int songs, long seed) {
    return TestCatalogue.random(new TestCatalogue.Size(60, songs, 3, 4, 50), seed);
  }

  private static void awaitGeneration(SeesongServer server, long generation)
      throws InterruptedException {
    while (server.generation() < generation) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
  }

  private static int songs(TestClient client) throws IOException, InterruptedException {
    return client.get("/api/info").json().get("songs").asInt();
  }

  /** A folder under another name takes the served one's place. */
  private void replaceFolder(TestCatalogue by, int number) throws IOException {
    Path next = temporary.resolve("next-" + number);
    by.write(next.resolve("index"));
    Files.move(folder, temporary.resolve("old-" + number));
    Files.move(next, folder);
  }

  @Test
  void aCommitToTheSameIndexIsServed() throws Exception {
    try (SeesongServer server = TestFolder.serve(folder, TestFolder.OPTIONS)) {
      TestClient client = new TestClient(server.uri());
      String key = client.raw("", TestFolder.png(5, 5, 5)).json().findValuesAsText("key").get(0);
      String removed = client.search("{\"keyword\":\"雪\"}").songs().get(0);
      try (CatalogueIndexUpdater updater = CatalogueIndexUpdater.open(folder)) {
        updater.remove(IndexLayout.SONG, removed);
        updater.commit();
      }
      awaitGeneration(server, 2);
      assertThat(songs(client)).isEqualTo(89);
      assertThat(client.get("/api/songs/" + removed).status()).isEqualTo(404);
      assertThat(client.search("{\"keyword\":\"雪\"}").songs()).doesNotContain(removed);
      // The same encoder: what was uploaded is remembered.
      assertThat(client.search("{\"pictures\":[{\"key\":\"" + key + "\"}]}").status())
          .isEqualTo(200);
    }
  }

  @Test
  void aNewBuildInTheFoldersPlaceIsServed() throws Exception {
    try (SeesongServer server = TestFolder.serve(folder, TestFolder.OPTIONS)) {
      TestClient client = new TestClient(server.uri());
      replaceFolder(catalogue(50, 2), 1);
      awaitGeneration(server, 2);
      assertThat(songs(client)).isEqualTo(50);
      catalogue(70, 3).write(folder.resolve("index")); // and a build over it
      awaitGeneration(server, 3);
      assertThat(songs(client)).isEqualTo(70);
    }
  }

  @Test
  void whatCannotBeOpenedLeavesTheOldOneInUse() throws Exception {
    try (SeesongServer server = TestFolder.serve(folder, TestFolder.OPTIONS)) {
      TestClient client = new TestClient(server.uri());
      Files.move(folder, temporary.resolve("old"));
      assertThat(songs(client)).isEqualTo(90);
      Files.createDirectories(folder.resolve("index"));
      Files.writeString(folder.resolve("index").resolve("segments_1"), "no index");
      TimeUnit.MILLISECONDS.sleep(300);
      assertThat(songs(client)).isEqualTo(90);
      Answer answer = client.search("{\"keyword\":\"雪\"}");
      assertThat(answer.status()).isEqualTo(200);
      Files.move(folder, temporary.resolve("broken"));
      catalogue(40, 5).write(folder.resolve("index"));
      awaitGeneration(server, 2);
      assertThat(songs(client)).isEqualTo(40);
    }
  }

  @Test
  void anIndexOfAnotherEncoderBringsItAndForgetsTheOldOnesVectors() throws Exception {
    AtomicInteger closed = new AtomicInteger();
    Encoders.Source encoders =
        metadata ->
            new TestFolder.MeanColour(metadata.encoderSpace().id()) {
              @Override
              public void close() {
                closed.incrementAndGet();
              }
            };
    try (SeesongServer server =
        SeesongServer.start(folder, TestFolder.OPTIONS, encoders, Optional.empty())) {
      TestClient client = new TestClient(server.uri());
      String key = client.raw("", TestFolder.png(5, 5, 5)).json().findValuesAsText("key").get(0);
      TestCatalogue before = TestFolder.CATALOGUE;
      IndexMetadata other =
          IndexMetadata.of(
              new VectorSpace("other-1", 3),
              before.identity().graphSpace(),
              before.identity().build());
      // A build over the same Lucene index, with a commit that follows.
      new TestCatalogue(before.pictures(), before.songs(), other).write(folder.resolve("index"));
      awaitGeneration(server, 2);
      assertThat(client.get("/api/info").json().get("encoder").asText()).isEqualTo("other-1");
      Answer gone = client.search("{\"pictures\":[{\"key\":\"" + key + "\"}]}");
      assertThat(gone.status()).isEqualTo(410);
      assertThat(client.raw("", TestFolder.png(5, 5, 5)).status()).isEqualTo(200);
      assertThat(closed).hasValue(1);
    }
    assertThat(closed).hasValue(2);
  }

  @Test
  void anEncoderThatIsMissingIsToldAndTriedAgain() throws Exception {
    AtomicBoolean installed = new AtomicBoolean();
    Encoders.Source encoders =
        metadata -> {
          if (!installed.get()) {
            throw new IOException("no encoder 'x' in models; known: descriptor");
          }
          return new TestFolder.MeanColour("descriptor-1");
        };
    try (SeesongServer server =
        SeesongServer.start(folder, TestFolder.OPTIONS, encoders, Optional.empty())) {
      assertThat(server.encoderProblem()).isEqualTo("no encoder 'x' in models; known: descriptor");
      TestClient client = new TestClient(server.uri());
      assertThat(client.get("/api/info").json().get("encodes").asBoolean()).isFalse();
      Answer refused = client.raw("", TestFolder.png(5, 5, 5));
      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.code()).isEqualTo("encoder-missing");
      assertThat(refused.header("Retry-After")).isEqualTo("60");
      assertThat(refused.message())
          .isEqualTo(
              "this server cannot encode pictures: no encoder 'x' in models; known: descriptor."
                  + " Until then it answers by words, keywords, songs and pictures of the index");
      assertThat(client.search("{\"keyword\":\"雪\"}").status()).isEqualTo(200);
      assertThat(client.search("{\"pictures\":[{\"id\":\"p3\"}]}").status()).isEqualTo(200);
      installed.set(true);
      while (!client.get("/api/info").json().get("encodes").asBoolean()) {
        TimeUnit.MILLISECONDS.sleep(200);
      }
      assertThat(client.raw("", TestFolder.png(5, 5, 5)).status()).isEqualTo(200);
      assertThat(server.encoderProblem()).isEmpty();
    }
  }

  @Test
  void anotherEncoderThanTheIndexNamesIsRefused() throws Exception {
    ImageEncoder wrong = new TestFolder.MeanColour("descriptor-99");
    try (SeesongServer server = TestFolder.serve(folder, TestFolder.OPTIONS, wrong)) {
      Answer refused = new TestClient(server.uri()).raw("", TestFolder.png(5, 5, 5));
      assertThat(refused.code()).isEqualTo("encoder-missing");
      assertThat(refused.message())
          .contains(
              "the encoder installed under the name 'descriptor' is 'descriptor-99' (3 dimensions),"
                  + " but the index was built with 'descriptor-1' (3 dimensions); install that one,"
                  + " or build the index again");
    }
  }

  @Test
  void noRequestFailsWhileIndexesChange() throws Exception {
    AtomicBoolean done = new AtomicBoolean();
    ExecutorService clients = Executors.newFixedThreadPool(8);
    try (SeesongServer server = TestFolder.serve(folder, TestFolder.OPTIONS)) {
      List<Future<Integer>> running = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        int number = i;
        running.add(clients.submit(() -> ask(new TestClient(server.uri()), number, done)));
      }
      for (int round = 1; round <= 6; round++) {
        if (round % 2 == 0) {
          replaceFolder(catalogue(50 + round, round), round);
        } else {
          catalogue(50 + round, round).write(folder.resolve("index"));
        }
        awaitGeneration(server, 1 + round);
      }
      done.set(true);
      int answers = 0;
      for (Future<Integer> each : running) {
        answers += each.get();
      }
      assertThat(answers).isGreaterThan(100);
      assertThat(songs(new TestClient(server.uri()))).isEqualTo(56);
    } finally {
      clients.shutdownNow();
    }
  }

  /** Searches in all ways until told to end; returns how often. */
  private static int ask(TestClient client, int number, AtomicBoolean done) throws Exception {
    byte[] picture = TestFolder.png(30 * number, 90, 200);
    int answers = 0;
    for (; !done.get(); answers++) {
      Answer answer =
          switch (answers % 3) {
            case 0 -> client.raw("?songs=5", picture);
            case 1 -> client.search("{\"keyword\":\"雪\",\"songs\":5}");
            default -> client.search("{\"pictures\":[{\"id\":\"p7\"}],\"songs\":5}");
          };
      assertThat(answer.status()).as(answer.message()).isEqualTo(200);
      JsonNode songs = answer.json().get("songs");
      assertThat(songs).hasSize(5);
    }
    return answers;
  }
}
