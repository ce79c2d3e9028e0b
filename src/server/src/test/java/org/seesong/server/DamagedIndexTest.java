package org.seesong.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.seesong.index.TestCatalogue;
import org.seesong.server.TestClient.Answer;

/** Files of the index that are cut short while it is served. */
@Timeout(120)
class DamagedIndexTest {
  @TempDir private Path folder;

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("index"))) {
      return files.filter(file -> file.getFileName().toString().startsWith("_")).sorted().toList();
    }
  }

  private static void cut(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(channel.size() / 2);
    }
  }

  @Test
  void requestsAreToldAndTheServerIsNotReadyUntilAWholeIndexIsThere() throws Exception {
    // Large enough that pages of the files are gone, which is a fault when they are read.
    TestCatalogue.random(new TestCatalogue.Size(500, 1500, 3, 16, 60), 1)
        .write(folder.resolve("index"));
    try (SeesongServer server = TestFolder.serve(folder, TestFolder.OPTIONS)) {
      TestClient client = new TestClient(server.uri());
      assertThat(client.get("/api/health/ready").status()).isEqualTo(200);
      for (Path file : files()) {
        cut(file);
      }
      for (String request : List.of("{\"keyword\":\"雪\"}", "{\"song\":\"s1\"}")) {
        Answer answer = client.search(request);
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.code()).isEqualTo("index-damaged");
        assertThat(answer.message())
            .startsWith("files of the index were cut short while it is served;");
        assertThat(answer.header("Retry-After")).isEqualTo("10");
      }
      for (String address : List.of("/api/songs/s1", "/api/map", "/api/pictures/p1/thumbnail")) {
        assertThat(client.get(address).status()).as(address).isEqualTo(503);
      }
      assertThat(client.get("/api/health/ready").code()).isEqualTo("index-damaged");
      assertThat(client.get("/api/health/live").status()).isEqualTo(200);
      Files.move(folder.resolve("index"), folder.resolve("damaged"));
      TestFolder.CATALOGUE.write(folder.resolve("index"));
      while (client.get("/api/health/ready").status() != 200) {
        Thread.onSpinWait();
      }
      assertThat(client.search("{\"keyword\":\"雪\"}").songs()).isNotEmpty();
    }
  }

  @Test
  void filesThatAreDeletedDoNoHarm() throws Exception {
    TestFolder.CATALOGUE.write(folder.resolve("index"));
    try (SeesongServer server = TestFolder.serve(folder, TestFolder.OPTIONS)) {
      TestClient client = new TestClient(server.uri());
      for (Path file : files()) {
        Files.delete(file);
      }
      assertThat(client.get("/api/health/ready").status()).isEqualTo(200);
      assertThat(client.search("{\"keyword\":\"雪\"}").songs()).isNotEmpty();
    }
  }
}
