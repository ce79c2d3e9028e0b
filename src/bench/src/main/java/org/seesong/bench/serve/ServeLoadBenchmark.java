package org.seesong.bench.serve;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.seesong.bench.output.Output;
import org.seesong.bench.output.Table;
import org.seesong.bench.serve.LoadClients.Seen;
import org.seesong.image.ImageDecoder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Measures a server under load over loopback, and whether its answers stay right. */
@Command(
    name = "serve-load",
    description = {
      "Runs seesong serve as a process of its own, asks it for each picture alone, then from many"
          + " clients at once, and compares all answers."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  src/bench/run serve-load my-index --pictures photos --seconds 300 --encoder-queue 16",
      "",
      "Every upload differs in a comment, so that each is encoded. Memory is the server's that is"
          + " no",
      "file's, and live what a full collection leaves on its heap, after the first fifth of the",
      "time and at the end: growing memory above equal live bytes is heap that waits to be",
      "collected, at most -Xmx. refusedIn100 is the share of refusals within 100 ms by the"
          + " server's",
      "own clock. Exit code 1 if an answer was wrong, a request failed otherwise than by a",
      "refusal or a bad one was answered by 500."
    })
public final class ServeLoadBenchmark implements Callable<Integer> {
  private static final int MIB = 20;

  @Parameters(paramLabel = "DIR", description = "Folder that a build made.")
  private Path index;

  @Option(
      names = "--pictures",
      paramLabel = "DIR",
      required = true,
      description = "JPEG files to ask by, in folders of any depth.")
  private Path pictures;

  @Option(
      names = "--most-pictures",
      paramLabel = "N",
      defaultValue = "50",
      description = "Different pictures, evenly from all (default: ${DEFAULT-VALUE}).")
  private int mostPictures;

  @Option(
      names = "--clients",
      paramLabel = "N",
      defaultValue = "64",
      description = "Clients that ask at once (default: ${DEFAULT-VALUE}).")
  private int clients;

  @Option(
      names = "--bad-clients",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "Further clients that send damaged pictures, send slowly or hang up in the middle, a"
              + " third each (default: ${DEFAULT-VALUE}).")
  private int badClients;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "60",
      description = "How long (default: ${DEFAULT-VALUE}).")
  private int seconds;

  @Option(
      names = "--encoder-queue",
      paramLabel = "N",
      defaultValue = "64",
      description = "The server's option of this name (default: ${DEFAULT-VALUE}).")
  private int encoderQueue;

  @Option(
      names = "--java-flag",
      paramLabel = "FLAG",
      defaultValue = "-Xmx1g",
      description = "Flag of the server's JVM; may be given again (default: ${DEFAULT-VALUE}).")
  private List<String> flags;

  @Option(names = "--json", description = "Print an object.")
  private boolean json;

  private final Output output;

  /**
   * The command.
   *
   * @param output where figures go
   */
  public ServeLoadBenchmark(Output output) {
    this.output = output;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    List<byte[]> files = files();
    try (ServedProcess server = ServedProcess.start(index, encoderQueue, flags)) {
      LoadClients load = new LoadClients(server.address(), files);
      load.askAlone(1);
      long fifth = TimeUnit.SECONDS.toNanos(seconds) / 5;
      BadClients bad = new BadClients(server.address(), files, badClients, 4);
      Seen seen;
      Memory before;
      Memory after;
      try (bad) {
        seen = load.ask(clients, fifth, 2);
        before = Memory.of(server);
        seen = seen.plus(load.ask(clients, 4 * fifth, 3));
        after = Memory.of(server);
      }
      double inTime = load.refusedInTime();
      int code = server.stop();
      print(seen, bad, inTime, before, after, code);
      return seen.wrong() + seen.failed() + bad.serverFaults() + code == 0 ? 0 : 1;
    }
  }

  /**
   * A server's memory.
   *
   * @param anonymous bytes that are no file's
   * @param live bytes on the heap after a full collection, which is made after the others are read
   */
  private record Memory(long anonymous, long live) {
    static Memory of(ServedProcess server) throws IOException, InterruptedException {
      return new Memory(server.anonymousBytes(), server.liveBytes());
    }
  }

  private List<byte[]> files() throws IOException {
    List<Path> all;
    try (Stream<Path> walk = Files.walk(pictures)) {
      all = walk.filter(Files::isRegularFile).sorted().toList();
    }
    List<byte[]> files = new ArrayList<>();
    double step = Math.max(1, (double) all.size() / mostPictures);
    for (double at = 0; at < all.size() && files.size() < mostPictures; at += step) {
      byte[] file = Files.readAllBytes(all.get((int) at));
      if (ImageDecoder.contentOf(file).equals("JPEG")) {
        files.add(file);
      }
    }
    if (files.isEmpty()) {
      throw new IOException(pictures + " holds no JPEG files");
    }
    return files;
  }

  private void print(
      Seen seen, BadClients bad, double inTime, Memory before, Memory after, int code) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("clients", clients);
    row.put("queue", encoderQueue);
    row.put("answers", seen.answerMillis().size());
    row.put("perSecond", (double) seen.answerMillis().size() / seconds);
    row.put("p50Millis", LoadClients.quantile(seen.answerMillis(), 0.5));
    row.put("p99Millis", LoadClients.quantile(seen.answerMillis(), 0.99));
    row.put("refusals", seen.refusalMillis().size());
    row.put("refusalP50Millis", LoadClients.quantile(seen.refusalMillis(), 0.5));
    row.put("refusalP99Millis", LoadClients.quantile(seen.refusalMillis(), 0.99));
    row.put("refusalMaxMillis", LoadClients.max(seen.refusalMillis()));
    row.put("refusedIn100", inTime);
    row.put("wrong", seen.wrong());
    row.put("failed", seen.failed());
    row.put("badRequests", bad.requests());
    row.put("serverFaults", bad.serverFaults());
    row.put("memoryBefore", before.anonymous() >> MIB);
    row.put("memoryAfter", after.anonymous() >> MIB);
    row.put("liveBefore", before.live() >> MIB);
    row.put("liveAfter", after.live() >> MIB);
    row.put("exitCode", code);
    Table table = new Table();
    table.add(row);
    table.print(output, json);
    output.log(
        String.format(Locale.ROOT, "%d clients, %d s; memory in MB, time in ms", clients, seconds));
  }
}
