package org.seesong.app;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import org.seesong.app.bench.EmbeddingQuality;
import org.seesong.app.bench.NamedGraph;
import org.seesong.app.bench.PlantedGraph;
import org.seesong.embedding.EmbeddingMethod;
import org.seesong.embedding.EmbeddingOptions;
import org.seesong.vector.FloatMatrix;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures the speed of learning network vectors, and how good their answers are. */
@Command(
    name = "embed",
    description = "Learns vectors of a generated graph of the paper's size, or of one given.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = "%nFiles:%n",
    footer = {
      "An edge list has 'a b weight' a line; names begin with s for a song, k for a keyword,",
      "p for a picture. Vectors are word2vec's text layout. So other tools can learn from the",
      "same graph (--write-graph) and be judged alike (--judge).",
      "",
      "Quality: pictures ask for the 10 nearest songs. ties: songs at the best distance (mean and",
      "most); songs: distinct ones over all answers; weight: mean weight of the answers' edge to",
      "the picture's keyword; keyword@10: share of answers that hold it; overlap: answers that",
      "two seeds have in common."
    })
final class BenchEmbedCommand implements Callable<Integer> {
  @Option(
      names = "--method",
      split = ",",
      paramLabel = "NAME",
      description = "What to measure (default: line; with --quality all: line,line1,hpe,exact).")
  private List<String> methods;

  @Mixin private final EmbeddingSettings settings = new EmbeddingSettings();

  @Option(
      names = "--threads",
      defaultValue = "1",
      paramLabel = "N",
      description = "Threads that learn (default: ${DEFAULT-VALUE}).")
  private int threads;

  @Option(
      names = "--graph",
      paramLabel = "FILE",
      description = "An edge list to learn from instead of the generated graph.")
  private Path graphFile;

  @Option(
      names = "--write-graph",
      paramLabel = "FILE",
      description = "Write the graph as an edge list.")
  private Path graphCopy;

  @Option(
      names = "--vectors",
      paramLabel = "FILE",
      description = "Write the last method's vectors.")
  private Path vectorsFile;

  @Option(
      names = "--judge",
      paramLabel = "FILE",
      description = "Judge vectors that another tool wrote; learns nothing.")
  private Path judged;

  @Option(names = "--quality", description = "Judge the answers too, over several seeds.")
  private boolean quality;

  @Option(
      names = "--seeds",
      defaultValue = "5",
      paramLabel = "N",
      description = "Seeds for --quality, counted up from --seed (default: ${DEFAULT-VALUE}).")
  private int seeds;

  @Option(
      names = "--queries",
      defaultValue = "1000",
      paramLabel = "N",
      description = "Pictures that ask in --quality (default: ${DEFAULT-VALUE}).")
  private int queries;

  @Option(names = "--json", description = "Print an object a line.")
  private boolean json;

  private final Console console;

  BenchEmbedCommand(Console console) {
    this.console = console;
  }

  private record Run(EmbeddingOptions options, FloatMatrix vectors, Duration cpu, Duration wall) {
    double seconds(Duration duration) {
      return duration.toNanos() / 1e9;
    }

    double samplesPerCpuSecond() {
      return options.samples() / Math.max(1e-9, seconds(cpu));
    }
  }

  @Override
  public Integer call() throws Exception {
    if (seeds < 1 || queries < 1) {
      throw new IllegalArgumentException(
          "--seeds and --queries must be at least 1; got: " + seeds + " and " + queries);
    }
    List<EmbeddingOptions> all = new ArrayList<>();
    for (String method : methods()) {
      all.add(settings.options(method, threads));
    }
    NamedGraph graph =
        graphFile == null
            ? NamedGraph.of(PlantedGraph.paperSized(settings.seed))
            : NamedGraph.read(graphFile);
    console.log(graph.graph().toString());
    if (graphCopy != null) {
      graph.writeEdges(graphCopy);
    }
    if (judged != null) {
      FloatMatrix vectors = graph.readVectors(judged);
      judge(
          judged.getFileName().toString(),
          vectors.dimension(),
          0,
          List.of(EmbeddingQuality.of(graph.graph(), vectors, queries)));
      return Seesong.DONE;
    }
    for (EmbeddingOptions options : all) {
      measure(options, graph);
    }
    return Seesong.DONE;
  }

  private List<String> methods() {
    if (methods != null) {
      return methods;
    }
    return quality ? EmbeddingMethod.names() : List.of(EmbeddingOptions.DEFAULT.method());
  }

  private void measure(EmbeddingOptions options, NamedGraph graph)
      throws IOException, InterruptedException {
    List<EmbeddingQuality> qualities = new ArrayList<>();
    FloatMatrix vectors = null;
    for (int seed = 0; seed < (quality ? seeds : 1); seed++) {
      Run run = run(options.withSeed(options.seed() + seed), graph);
      vectors = run.vectors();
      speed(run);
      if (quality) {
        qualities.add(EmbeddingQuality.of(graph.graph(), vectors, queries));
      }
    }
    if (quality) {
      judge(options.method(), vectors.dimension(), options.samples(), qualities);
    }
    if (vectorsFile != null) {
      graph.writeVectors(vectorsFile, vectors);
    }
  }

  private static Run run(EmbeddingOptions options, NamedGraph graph) throws InterruptedException {
    Duration cpuStart = cpu();
    long wallStart = System.nanoTime();
    EmbeddingMethod method = EmbeddingMethod.byName(options.method());
    FloatMatrix vectors = method.train(graph.graph(), options, done -> {});
    Duration wall = Duration.ofNanos(System.nanoTime() - wallStart);
    Duration cpu = cpu().minus(cpuStart);
    boolean samples = method.describe(options).contains("samples=");
    return new Run(
        samples ? options : options.withSamples(Math.max(1, method.work(graph.graph(), options))),
        vectors,
        cpu,
        wall);
  }

  /** Of the whole process, with compilation and collection; zero where the system does not tell. */
  private static Duration cpu() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
  }

  private void speed(Run run) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("method", run.options().method());
    map.put("dim", run.vectors().dimension());
    map.put("threads", run.options().threads());
    map.put("samples", run.options().samples());
    map.put("cpuSeconds", run.seconds(run.cpu()));
    map.put("wallSeconds", run.seconds(run.wall()));
    map.put("samplesPerCpuSecond", Math.round(run.samplesPerCpuSecond()));
    map.put("peakRssBytes", ProcessMemory.peakBytes().orElse(-1));
    if (json) {
      console.json(map);
      return;
    }
    console.data(
        String.format(
            Locale.ROOT,
            "%-6s dim %d, threads %d: %,d samples in %.2f CPU-seconds (%.2f wall), %.2f M a"
                + " CPU-second, peak memory %,d MB",
            run.options().method(),
            run.vectors().dimension(),
            run.options().threads(),
            run.options().samples(),
            run.seconds(run.cpu()),
            run.seconds(run.wall()),
            run.samplesPerCpuSecond() / 1e6,
            ProcessMemory.peakBytes().orElse(0) >> 20));
  }

  private void judge(String method, int dimension, long samples, List<EmbeddingQuality> all) {
    double overlap = 0;
    for (int i = 1; i < all.size(); i++) {
      overlap += all.get(i).overlap(all.get(i - 1)) / (all.size() - 1);
    }
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("method", method);
    map.put("dim", dimension);
    map.put("samples", samples);
    map.put("seeds", all.size());
    map.put("ties", mean(all, EmbeddingQuality::ties));
    map.put("mostTies", mean(all, EmbeddingQuality::mostTies));
    map.put("distinctSongs", mean(all, EmbeddingQuality::distinctSongs));
    map.put("meanWeight", mean(all, EmbeddingQuality::meanWeight));
    map.put("keywordAt10", mean(all, EmbeddingQuality::keywordShare));
    map.put("seedOverlap", all.size() > 1 ? overlap : null);
    if (json) {
      console.json(map);
      return;
    }
    console.data(
        String.format(
            Locale.ROOT,
            "%-6s dim %d, mean of %d: ties %.1f (most %.0f), songs %.0f, weight %.2f,"
                + " keyword@10 %.4f, overlap %.2f",
            method,
            dimension,
            all.size(),
            number(map, "ties"),
            number(map, "mostTies"),
            number(map, "distinctSongs"),
            number(map, "meanWeight"),
            number(map, "keywordAt10"),
            overlap));
  }

  private static double number(Map<String, Object> map, String key) {
    return ((Number) map.get(key)).doubleValue();
  }

  private static double mean(
      List<EmbeddingQuality> all, ToDoubleFunction<EmbeddingQuality> figure) {
    return all.stream().mapToDouble(figure).average().orElse(0);
  }
}
