package org.seesong.bench.serve;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.seesong.bench.output.Output;
import org.seesong.bench.output.Table;

/**
 * Good and bad clients on a server for a while, and its memory after a fifth of it and at the end.
 *
 * @param seen by good clients
 * @param badRequests sent by bad clients
 * @param serverFaults those of them that were answered by 500
 * @param before memory after the first fifth
 * @param after memory at the end
 */
record LoadRun(ClientFigures seen, int badRequests, int serverFaults, Memory before, Memory after) {
  private static final int MIB = 20;

  /** Wrong answers that are shown. */
  private static final int MOST_SHOWN = 3;

  /**
   * A server's memory.
   *
   * @param anonymous bytes that are no file's
   * @param live bytes on the heap after a full collection, which is made after the others are read
   */
  record Memory(long anonymous, long live) {
    static Memory of(MeasuredProcess server) throws IOException, InterruptedException {
      return new Memory(server.anonymousBytes(), server.liveBytes());
    }
  }

  /** Runs clients that have asked alone before. */
  static LoadRun of(
      LoadClients load, List<byte[]> files, LoadOptions options, MeasuredProcess server)
      throws IOException, InterruptedException {
    long fifth = TimeUnit.SECONDS.toNanos(options.seconds()) / 5;
    try (BadClients bad = new BadClients(load.targets(), files, options.badClients(), 4)) {
      ClientFigures seen = load.ask(options.clients(), fifth, 2);
      Memory before = Memory.of(server);
      seen.add(load.ask(options.clients(), 4 * fifth, 3));
      Memory after = Memory.of(server);
      return new LoadRun(seen, bad.requests(), bad.serverFaults(), before, after);
    }
  }

  /** Wrong answers, failed requests and answers by 500. */
  int faults() {
    return seen.wrong().size() + seen.failed() + serverFaults;
  }

  /**
   * Prints the figures.
   *
   * @param more figures of the server, before the others
   * @param refusedIn100 share of refusals within 100 ms by the server's own clock
   * @param exitCode the server's
   */
  void print(
      Output output,
      LoadOptions options,
      Map<String, Object> more,
      double refusedIn100,
      int exitCode) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("clients", options.clients());
    row.putAll(more);
    row.put("answers", seen.answers().size());
    row.put("perSecond", (double) seen.answers().size() / options.seconds());
    row.put("p50Millis", ClientFigures.quantile(seen.answers(), 0.5));
    row.put("p99Millis", ClientFigures.quantile(seen.answers(), 0.99));
    row.put("refusals", seen.refusals().size());
    row.put("refusalP50Millis", ClientFigures.quantile(seen.refusals(), 0.5));
    row.put("refusalP99Millis", ClientFigures.quantile(seen.refusals(), 0.99));
    row.put("refusalMaxMillis", ClientFigures.max(seen.refusals()));
    row.put("refusedIn100", refusedIn100);
    row.put("wrong", seen.wrong().size());
    row.put("failed", seen.failed());
    row.put("badRequests", badRequests);
    row.put("serverFaults", serverFaults);
    row.put("memoryBefore", before.anonymous() >> MIB);
    row.put("memoryAfter", after.anonymous() >> MIB);
    row.put("liveBefore", before.live() >> MIB);
    row.put("liveAfter", after.live() >> MIB);
    row.put("exitCode", exitCode);
    Table table = new Table();
    table.add(row);
    table.print(output, options.json());
    seen.wrong().stream().limit(MOST_SHOWN).forEach(how -> output.log("wrong: " + how));
    seen.failures().forEach((what, times) -> output.log(times + " times: " + what));
    output.log(
        String.format(
            Locale.ROOT,
            "%d clients, %d s; memory in MB, time in ms",
            options.clients(),
            options.seconds()));
  }
}
