package org.seesong.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seesong.index.TestCatalogue;
import org.seesong.testing.Trials;

/**
 * A server killed by SIGKILL at any time around a switch to another index, while it takes votes:
 * all votes that it confirmed are on file, and one that is started again answers from the new
 * index.
 */
class KilledServerTest {
  private static final TestCatalogue NEXT =
      TestCatalogue.random(new TestCatalogue.Size(60, 50, 3, 4, 50), 2);

  @TempDir Path temporary;

  /** A server in a process of its own, which says where it is and waits to be killed. */
  static final class Child {
    private Child() {}

    public static void main(String[] arguments) throws Exception {
      SeesongServer server = TestFolder.serve(Path.of(arguments[0]), options(arguments[1]));
      System.out.println(server.uri());
      new CountDownLatch(1).await();
    }
  }

  private static ServerOptions options(String votes) {
    return TestFolder.OPTIONS.toBuilder().votes(Path.of(votes)).build();
  }

  @Test
  void confirmedVotesStayAndTheNewIndexIsServed() throws Exception {
    Path folder = temporary.resolve("served");
    NEXT.write(folder.resolve("index"));
    List<String> expected;
    try (SeesongServer server = TestFolder.serve(folder, TestFolder.OPTIONS)) {
      expected = answer(server);
    }
    Path votes = temporary.resolve("votes.jsonl");
    List<String> confirmed = new ArrayList<>();
    int trials = Trials.number(2, 20);
    for (int trial = 0; trial < trials; trial++) {
      Files.move(folder, temporary.resolve("before-" + trial));
      TestFolder.CATALOGUE.write(folder.resolve("index"));
      Path next = temporary.resolve("next-" + trial);
      NEXT.write(next.resolve("index"));
      kill(folder, next, votes, confirmed, trial);
      try (SeesongServer server = TestFolder.serve(folder, options(votes.toString()))) {
        assertThat(answer(server)).as(Trials.name(trial)).isEqualTo(expected);
        vote(server.uri(), trial + "-after");
        confirmed.add(trial + "-after");
      }
      assertThat(votes(votes))
          .as(Trials.name(trial))
          .containsAll(confirmed)
          .doesNotHaveDuplicates();
    }
  }

  private void kill(Path folder, Path next, Path votes, List<String> confirmed, int trial)
      throws Exception {
    SplittableRandom random = Trials.random(getClass(), trial);
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Child.class.getName(),
                folder.toString(),
                votes.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader said = process.inputReader()) {
      URI uri = URI.create(said.readLine());
      Thread killer =
          new Thread(
              () -> {
                try {
                  TimeUnit.MILLISECONDS.sleep(random.nextInt(400));
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
                process.destroyForcibly();
              });
      Files.move(folder, temporary.resolve("old-" + trial));
      Files.move(next, folder);
      killer.start();
      for (int i = 0; process.isAlive(); i++) {
        String name = trial + "-" + i;
        try {
          if (vote(uri, name) == 204) {
            confirmed.add(name);
          }
        } catch (IOException e) {
          break; // it is dead
        }
      }
      killer.join();
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.waitFor()).isEqualTo(128 + 9);
  }

  private static int vote(URI uri, String name) throws IOException, InterruptedException {
    return new TestClient(uri)
        .post("/api/votes", "{\"song\":\"s3\",\"vote\":1,\"query\":{\"words\":\"" + name + "\"}}")
        .status();
  }

  private static List<String> answer(SeesongServer server) throws Exception {
    return new TestClient(server.uri()).search("{\"keyword\":\"雪\"}").songs();
  }

  /** Words of the queries of all lines that are whole. */
  private static List<String> votes(Path file) throws IOException {
    List<String> names = new ArrayList<>();
    ObjectMapper json = new ObjectMapper();
    for (String line : Files.readAllLines(file)) {
      try {
        names.add(json.readTree(line).at("/query/words").asText());
      } catch (IOException e) {
        // Cut off before it was confirmed.
      }
    }
    return names;
  }
}
