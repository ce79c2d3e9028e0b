package org.seesong.bench.serve;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.seesong.bench.output.Output;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
      "  src/bench/run serve-load my-index other-index --pictures photos --bad-clients 12",
      "",
      "Every upload differs in a comment, so that each is encoded. Memory is the server's that is"
          + " no",
      "file's, and live what a full collection leaves on its heap, after the first fifth of the",
      "time and at the end: growing memory above equal live bytes is heap that waits to be",
      "collected, at most -Xmx. refusedIn100 is the share of refusals within 100 ms by the"
          + " server's",
      "own clock. With a second folder the two take each other's place while clients ask; where"
          + " their",
      "encoders differ, both are loaded. An answer is right if one of the two gives it alone. Exit",
      "code 1 if an answer was wrong, a request failed otherwise than by a refusal or a bad one"
          + " was",
      "answered by 500."
    })
public final class ServeLoadBenchmark implements Callable<Integer> {
  private static final Pattern ADDRESS = Pattern.compile("seesong serves .* at (http://\\S+/)\\R");

  @Parameters(
      paramLabel = "DIR",
      arity = "1..2",
      description = "Folder that a build made, and perhaps another to switch to.")
  private List<Path> indexes;

  @Mixin private final LoadOptions options = new LoadOptions();

  @Option(
      names = "--switch-seconds",
      paramLabel = "N",
      defaultValue = "10",
      description = "How long each of two folders is served (default: ${DEFAULT-VALUE}).")
  private int switchSeconds;

  @Option(
      names = "--encoder-queue",
      paramLabel = "N",
      defaultValue = "64",
      description = "The server's option of this name (default: ${DEFAULT-VALUE}).")
  private int encoderQueue;

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
    List<byte[]> files = options.files();
    try (SwitchedFolder folder = new SwitchedFolder(indexes);
        MeasuredProcess server = start(folder)) {
      URI address = URI.create(server.await(ADDRESS));
      ServedMetrics metrics = new ServedMetrics(address);
      LoadClients load = new LoadClients(List.of(LoadTarget.server(address)), files);
      load.askAlone(1);
      for (int other = 1; other < indexes.size(); other++) {
        long before = metrics.generation();
        folder.next();
        metrics.awaitGenerationAfter(before);
        load.askAlone(1);
      }
      long before = metrics.generation();
      folder.nextEvery(switchSeconds);
      LoadRun run = LoadRun.of(load, files, options, server);
      Map<String, Object> more = new LinkedHashMap<>();
      more.put("queue", encoderQueue);
      more.put("switches", metrics.generation() - before);
      double inTime = metrics.refusedInTime();
      int code = server.stop();
      run.print(output, options, more, inTime, code);
      return run.faults() + code == 0 ? 0 : 1;
    }
  }

  private MeasuredProcess start(SwitchedFolder folder) throws IOException {
    return MeasuredProcess.start(
        options.flags(),
        System.getProperty("java.class.path"),
        List.of(
            "org.seesong.app.Seesong",
            "serve",
            folder.path().toString(),
            "--port",
            "0",
            "--encoder-queue",
            Integer.toString(encoderQueue)),
        folder.file("output"));
  }
}
