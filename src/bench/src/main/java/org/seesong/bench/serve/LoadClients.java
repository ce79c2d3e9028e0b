package org.seesong.bench.serve;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Clients that each ask for the songs of one picture after another and compare every answer with
 * the one that the picture got when it was asked alone.
 */
final class LoadClients {
  /** After a refusal a client waits so long; the server asks for a second. */
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private final List<LoadTarget> targets;
  private final List<byte[]> pictures;
  private final Map<Question, Set<JsonNode>> alone = new HashMap<>();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** A picture by its number for one of the targets. */
  private record Question(LoadTarget target, int picture) {}

  /** Clients take turns with the targets, each has one. */
  LoadClients(List<LoadTarget> targets, List<byte[]> pictures) {
    this.targets = List.copyOf(targets);
    this.pictures = List.copyOf(pictures);
  }

  List<LoadTarget> targets() {
    return targets;
  }

  /**
   * Asks each target for each picture alone, twice, and takes the second answer: Java's vector API
   * leaves the order of sums open, so that distances of code that is not compiled yet differ in
   * their last digits. What targets answer when this is called again, with another index, is right
   * from then on, too.
   */
  void askAlone(long seed) throws IOException, InterruptedException {
    SplittableRandom random = new SplittableRandom(seed);
    for (LoadTarget target : targets) {
      for (byte[] picture : pictures) {
        askAlone(target, differing(picture, random.nextLong()));
      }
      for (int i = 0; i < pictures.size(); i++) {
        alone
            .computeIfAbsent(new Question(target, i), question -> new HashSet<>())
            .add(askAlone(target, differing(pictures.get(i), random.nextLong())));
      }
    }
  }

  private JsonNode askAlone(LoadTarget target, byte[] picture)
      throws IOException, InterruptedException {
    HttpResponse<byte[]> response = ask(target, picture);
    if (response.statusCode() != 200) {
      throw new IOException(
          "asked alone, a picture got "
              + response.statusCode()
              + ": "
              + LoadTarget.message(response.body()));
    }
    return target.comparable(response.body());
  }

  /** Asks from many clients for a while. */
  ClientFigures ask(int clients, long nanos, long seed) throws InterruptedException {
    SplittableRandom random = new SplittableRandom(seed);
    long end = System.nanoTime() + nanos;
    ExecutorService threads = Executors.newFixedThreadPool(clients);
    try {
      List<Future<ClientFigures>> running = new ArrayList<>();
      for (int i = 0; i < clients; i++) {
        SplittableRandom own = random.split();
        LoadTarget target = targets.get(i % targets.size());
        running.add(threads.submit(() -> askUntil(end, target, own)));
      }
      ClientFigures all = new ClientFigures();
      for (Future<ClientFigures> each : running) {
        all.add(each.get());
      }
      return all;
    } catch (ExecutionException e) {
      throw new IllegalStateException("a client failed: " + e.getCause(), e.getCause());
    } finally {
      threads.shutdownNow();
    }
  }

  private ClientFigures askUntil(long end, LoadTarget target, SplittableRandom random)
      throws InterruptedException {
    ClientFigures seen = new ClientFigures();
    while (System.nanoTime() < end) {
      int number = random.nextInt(pictures.size());
      byte[] picture = differing(pictures.get(number), random.nextLong());
      long start = System.nanoTime();
      try {
        HttpResponse<byte[]> response = ask(target, picture);
        double millis = (System.nanoTime() - start) / 1e6;
        if (response.statusCode() == 200) {
          JsonNode answer = target.comparable(response.body());
          seen.answer(millis);
          Set<JsonNode> right = alone.get(new Question(target, number));
          if (!right.contains(answer)) {
            seen.wrong("picture " + number + ": " + right + "\n but " + answer);
          }
        } else if (response.statusCode() == 503
            && response.headers().firstValue("Retry-After").isPresent()) {
          seen.refusal(millis, LoadTarget.toldMillis(response.body()));
          LockSupport.parkNanos(PAUSE_NANOS);
        } else {
          seen.failure(response.statusCode() + " " + LoadTarget.message(response.body()));
        }
      } catch (IOException e) {
        seen.failure(e.toString()); // counted, and no reason to stop measuring
      }
    }
    return seen;
  }

  private HttpResponse<byte[]> ask(LoadTarget target, byte[] picture)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(target.search())
            .header("Content-Type", "image/jpeg")
            .POST(BodyPublishers.ofByteArray(picture))
            .build();
    return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
  }

  /**
   * The same picture with a comment, so that the server has not encoded these bytes before.
   *
   * @param jpeg a JPEG file
   */
  static byte[] differing(byte[] jpeg, long comment) {
    byte[] text = Long.toHexString(comment).getBytes(StandardCharsets.US_ASCII);
    byte[] file = new byte[jpeg.length + 4 + text.length];
    System.arraycopy(jpeg, 0, file, 0, 2);
    file[2] = (byte) 0xff;
    file[3] = (byte) 0xfe;
    file[5] = (byte) (2 + text.length);
    System.arraycopy(text, 0, file, 6, text.length);
    System.arraycopy(jpeg, 2, file, 6 + text.length, jpeg.length - 2);
    return file;
  }
}
