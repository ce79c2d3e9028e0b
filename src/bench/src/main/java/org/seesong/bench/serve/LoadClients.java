package org.seesong.bench.serve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
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
  private static final ObjectMapper JSON = new ObjectMapper();

  /** After a refusal a client waits so long; the server asks for a second. */
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private final URI search;
  private final List<byte[]> pictures;
  private final List<JsonNode> alone = new ArrayList<>();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  LoadClients(URI server, List<byte[]> pictures) {
    this.search = server.resolve("api/search");
    this.pictures = List.copyOf(pictures);
  }

  /**
   * What clients saw.
   *
   * @param answerMillis of each answer
   * @param refusalMillis of each refusal
   * @param wrong answers that differ from those asked alone
   * @param failed anything else than an answer or a refusal
   */
  record Seen(List<Double> answerMillis, List<Double> refusalMillis, int wrong, int failed) {
    Seen plus(Seen other) {
      List<Double> answers = new ArrayList<>(answerMillis);
      answers.addAll(other.answerMillis);
      List<Double> refusals = new ArrayList<>(refusalMillis);
      refusals.addAll(other.refusalMillis);
      return new Seen(answers, refusals, wrong + other.wrong, failed + other.failed);
    }
  }

  /** Share of refusals that the server itself counts as answered within 100 ms; NaN of none. */
  double refusedInTime() throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(search.resolve("/metrics")).build();
    String text = http.send(request, HttpResponse.BodyHandlers.ofString()).body();
    return metric(text, "_bucket", "le=\"0.1\"") / metric(text, "_count", "");
  }

  private static double metric(String text, String suffix, String label) {
    return text.lines()
        .filter(line -> line.startsWith("seesong_http_requests_seconds" + suffix + "{"))
        .filter(line -> line.contains("status=\"503\"") && line.contains(label))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  /** Asks for each picture alone. */
  void askAlone(long seed) throws IOException, InterruptedException {
    SplittableRandom random = new SplittableRandom(seed);
    for (byte[] picture : pictures) {
      HttpResponse<byte[]> response = ask(differing(picture, random.nextLong()));
      if (response.statusCode() != 200) {
        throw new IOException(
            "asked alone, a picture got "
                + response.statusCode()
                + ": "
                + JSON.readTree(response.body()).at("/error/message").asText());
      }
      alone.add(comparable(response.body()));
    }
  }

  /** Asks from many clients for a while. */
  Seen ask(int clients, long nanos, long seed) throws InterruptedException {
    SplittableRandom random = new SplittableRandom(seed);
    long end = System.nanoTime() + nanos;
    ExecutorService threads = Executors.newFixedThreadPool(clients);
    try {
      List<Future<Seen>> running = new ArrayList<>();
      for (int i = 0; i < clients; i++) {
        SplittableRandom own = random.split();
        running.add(threads.submit(() -> askUntil(end, own)));
      }
      Seen all = new Seen(List.of(), List.of(), 0, 0);
      for (Future<Seen> each : running) {
        all = all.plus(each.get());
      }
      return all;
    } catch (ExecutionException e) {
      throw new IllegalStateException("a client failed: " + e.getCause(), e.getCause());
    } finally {
      threads.shutdownNow();
    }
  }

  private Seen askUntil(long end, SplittableRandom random) throws InterruptedException {
    List<Double> answers = new ArrayList<>();
    List<Double> refusals = new ArrayList<>();
    int wrong = 0;
    int failed = 0;
    while (System.nanoTime() < end) {
      int number = random.nextInt(pictures.size());
      byte[] picture = differing(pictures.get(number), random.nextLong());
      long start = System.nanoTime();
      try {
        HttpResponse<byte[]> response = ask(picture);
        double millis = (System.nanoTime() - start) / 1e6;
        if (response.statusCode() == 200) {
          answers.add(millis);
          wrong += comparable(response.body()).equals(alone.get(number)) ? 0 : 1;
        } else if (response.statusCode() == 503
            && response.headers().firstValue("Retry-After").isPresent()) {
          refusals.add(millis);
          LockSupport.parkNanos(PAUSE_NANOS);
        } else {
          failed++;
        }
      } catch (IOException e) {
        failed++; // counted, and no reason to stop measuring
      }
    }
    return new Seen(answers, refusals, wrong, failed);
  }

  private HttpResponse<byte[]> ask(byte[] picture) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(search)
            .header("Content-Type", "application/octet-stream")
            .POST(BodyPublishers.ofByteArray(picture))
            .build();
    return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
  }

  /** An answer without what differs each time. */
  private static JsonNode comparable(byte[] body) throws IOException {
    ObjectNode answer = (ObjectNode) JSON.readTree(body);
    answer.remove(List.of("timing", "uploads"));
    return answer;
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

  /** The value that a share of all is at most; NaN of none. */
  static double quantile(List<Double> values, double share) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return sorted.length == 0
        ? Double.NaN
        : sorted[Math.min(sorted.length - 1, (int) Math.floor(share * sorted.length))];
  }

  static double max(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).max().orElse(Double.NaN);
  }
}
