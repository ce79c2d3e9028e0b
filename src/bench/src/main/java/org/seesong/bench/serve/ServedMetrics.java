package org.seesong.bench.serve;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** What {@code seesong serve} tells of itself at {@code /metrics}. */
final class ServedMetrics {
  private static final int POLL_MILLIS = 50;

  private final URI metrics;
  private final HttpClient http = HttpClient.newHttpClient();

  ServedMetrics(URI server) {
    this.metrics = server.resolve("metrics");
  }

  /** Share of refusals that the server counts as answered within 100 ms; NaN of none. */
  double refusedInTime() throws IOException, InterruptedException {
    String refused = "status=\"503\"";
    return sum("seesong_http_requests_seconds_bucket{", refused, "le=\"0.1\"")
        / sum("seesong_http_requests_seconds_count{", refused);
  }

  /** States of the index that were served so far. */
  long generation() throws IOException, InterruptedException {
    return Math.round(sum("seesong_index_generation"));
  }

  /** Waits until another state is served than one that was. */
  void awaitGenerationAfter(long before) throws IOException, InterruptedException {
    while (generation() <= before) {
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
  }

  private double sum(String name, String... labels) throws IOException, InterruptedException {
    String text =
        http.send(HttpRequest.newBuilder(metrics).build(), HttpResponse.BodyHandlers.ofString())
            .body();
    Predicate<String> wanted = line -> line.startsWith(name);
    for (String label : labels) {
      wanted = wanted.and(line -> line.contains(label));
    }
    return text.lines()
        .filter(wanted)
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }
}
