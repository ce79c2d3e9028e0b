package org.seesong.bench.embed;

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
import org.seesong.app.EmbeddingSettings;
import org.seesong.app.ProcessMemory;
import org.seesong.bench.output.Output;
import org.seesong.bench.output.Table;
import org.seesong.embedding.Embedding;
import org.seesong.embedding.EmbeddingOptions;
import org.seesong.embedding.LineOptions;
import org.seesong.graph.Graph;
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
      "two seeds have in common.",
      "",
      "Hold-out: a tenth of songs and pictures is kept from the training and placed by its edges.",
      "They are compared with a training of all: rank correlation (Spearman) of the distances from",
      "held-out pictures to all songs and to held-out songs, and answers in common, each beside"
          + " what",
      "two trainings of all with different seeds reach."
    })
public final class EmbedBenchmark implements Callable<Integer> {
  @Option(
      names = "--method",
      split = ",",
      paramLabel = "NAME",
      description = {
        "What to measure (default: line2; with --quality or --holdout all:"
            + " line2,line1,closed-form)."
      })
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
      description = {
        "Seeds for --quality and --holdout, counted up from --seed (default: ${DEFAULT-VALUE})."
      })
  private int seeds;

  @Option(
      names = "--holdout",
      description = "Judge how songs and pictures that were never seen are placed.")
  private boolean holdOut;

  @Option(
      names = "--graph-size",
      defaultValue = "paper",
      paramLabel = "NAME",
      description = {
        "What is generated: paper (96 thousand vertices, 313 thousand edges) or large (2.5 and 10"
            + " million) (default: ${DEFAULT-VALUE})."
      })
  private String graphSize;

  @Option(
      names = "--queries",
      defaultValue = "1000",
      paramLabel = "N",
      description = "Pictures that ask (default: ${DEFAULT-VALUE}).")
  private int queries;

  @Option(names = "--json", description = "Print an object a line.")
  private boolean json;

  private final Output output;
  private final Table table = new Table();

  /**
   * The command.
   *
   * @param output where figures go
   */
  public EmbedBenchmark(Output output) {
    this.output = output;
  }

  private record Run(
      EmbeddingOptions options, long samples, FloatMatrix vectors, Duration cpu, Duration wall) {
    double seconds(Duration duration) {
      return duration.toNanos() / 1e9;
    }

    double samplesPerCpuSecond() {
      return samples / Math.max(1e-9, seconds(cpu));
    }
  }

  @Override
  public Integer call() throws Exception {
    if (seeds < 1 || queries < 1) {
      throw new IllegalArgumentException(
          "--seeds and --queries must be at least 1; got: " + seeds + " and " + queries);
    }
    if (quality && holdOut) {
      throw new IllegalArgumentException("--quality and --holdout are measured one at a time");
    }
    List<Variant> variants = variants();
    Graph graph = graphFile == null ? generated() : null;
    NamedGraph named = graphFile == null ? null : NamedGraph.read(graphFile);
    measure(variants, named == null ? graph : named.graph(), named);
    return 0;
  }

  private void measure(List<Variant> variants, Graph graph, NamedGraph given)
      throws IOException, InterruptedException {
    output.log(graph.toString());
    // Names of millions of vertices would be counted as the training's memory.
    boolean names = graphCopy != null || vectorsFile != null || judged != null;
    NamedGraph named = given == null && names ? NamedGraph.of(graph) : given;
    if (graphCopy != null) {
      named.writeEdges(graphCopy);
    }
    if (judged != null) {
      FloatMatrix vectors = named.readVectors(judged);
      String name = judged.getFileName().toString();
      List<EmbeddingQuality> all = List.of(EmbeddingQuality.of(graph, vectors, queries));
      table.add(judgement(name, vectors.dimension(), 0, all));
    } else {
      for (Variant variant : variants) {
        FloatMatrix vectors = measure(variant, graph);
        if (vectorsFile != null) {
          named.writeVectors(vectorsFile, vectors);
        }
      }
    }
    table.print(output, json);
  }

  /** What is measured, and what it is called. */
  private record Variant(String label, EmbeddingOptions options) {}

  private List<Variant> variants() {
    List<Variant> variants = new ArrayList<>();
    for (String method : methods()) {
      variants.add(new Variant(method, settings.options(method, threads)));
    }
    if (methods == null && quality) {
      LineOptions line = (LineOptions) settings.options("line2", threads);
      LineOptions paper =
          line.toBuilder()
              .learningRate(LineOptions.PAPER.learningRate())
              .typedNegatives(LineOptions.PAPER.typedNegatives())
              .build();
      variants.add(new Variant("line2, paper", paper));
    }
    return variants;
  }

  private List<String> methods() {
    if (methods != null) {
      return methods;
    }
    return quality || holdOut ? EmbeddingOptions.methods() : List.of("line2");
  }

  private Graph generated() {
    long seed = settings.options("line2", 1).seed();
    return switch (graphSize) {
      case "paper" -> PlantedGraph.paperSized(seed);
      case "large" -> PlantedGraph.of(1_600_000, 2_000, 900_000, 5.69, seed);
      default ->
          throw new IllegalArgumentException(
              "unknown graph size '" + graphSize + "'; there are: paper, large");
    };
  }

  private FloatMatrix measure(Variant variant, Graph graph) throws InterruptedException {
    List<EmbeddingQuality> qualities = new ArrayList<>();
    FloatMatrix vectors = FloatMatrix.zeros(0, 1);
    HoldOut all = null;
    EmbeddingOptions options = variant.options();
    for (int seed = 0; seed < (quality || holdOut ? seeds : 1); seed++) {
      EmbeddingOptions seeded = options.withSeed(options.seed() + seed);
      if (holdOut) {
        all = HoldOut.of(graph, seeded, queries).plus(all);
        continue;
      }
      Run run = run(seeded, graph);
      vectors = run.vectors();
      speed(run);
      if (quality) {
        qualities.add(EmbeddingQuality.of(graph, vectors, queries));
      }
    }
    int dimension = Embedding.dimension(graph, options);
    if (all != null) {
      table.add(holdOut(variant.label(), dimension, samples(options, graph), all));
    } else if (quality) {
      table.add(judgement(variant.label(), dimension, samples(options, graph), qualities));
    }
    return vectors;
  }

  private static Run run(EmbeddingOptions options, Graph graph) throws InterruptedException {
    Duration cpuStart = cpu();
    long wallStart = System.nanoTime();
    FloatMatrix vectors = Embedding.train(graph, options, done -> {});
    Duration wall = Duration.ofNanos(System.nanoTime() - wallStart);
    Duration cpu = cpu().minus(cpuStart);
    return new Run(options, Math.max(1, Embedding.work(graph, options)), vectors, cpu, wall);
  }

  private static long samples(EmbeddingOptions options, Graph graph) {
    return options instanceof LineOptions line ? line.samplesFor(graph) : 0;
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
    map.put("samples", run.samples());
    map.put("cpuSeconds", run.seconds(run.cpu()));
    map.put("wallSeconds", run.seconds(run.wall()));
    map.put("samplesPerCpuSecond", Math.round(run.samplesPerCpuSecond()));
    map.put("peakRssBytes", ProcessMemory.peakBytes().orElse(-1));
    if (json) {
      output.json(map);
      return;
    }
    String line =
        String.format(
            Locale.ROOT,
            "%-6s dim %d, threads %d: %,d samples in %.2f CPU-seconds (%.2f wall), %.2f M a"
                + " CPU-second, peak memory %,d MB",
            run.options().method(),
            run.vectors().dimension(),
            run.options().threads(),
            run.samples(),
            run.seconds(run.cpu()),
            run.seconds(run.wall()),
            run.samplesPerCpuSecond() / 1e6,
            ProcessMemory.peakBytes().orElse(0) >> 20);
    if (quality) {
      output.log(line);
    } else {
      output.data(line);
    }
  }

  private static Map<String, Object> judgement(
      String method, int dimension, long samples, List<EmbeddingQuality> all) {
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
    return map;
  }

  private static Map<String, Object> holdOut(
      String method, int dimension, long samples, HoldOut all) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("method", method);
    map.put("dim", dimension);
    map.put("samples", samples);
    map.put("seeds", all.trainings());
    map.put("heldOut", all.heldOut());
    map.put("spearman", all.spearman());
    map.put("spearmanOfSeeds", all.spearmanOfSeeds());
    map.put("spearmanHeldOut", all.spearmanHeldOut());
    map.put("spearmanHeldOutOfSeeds", all.spearmanHeldOutOfSeeds());
    map.put("overlap", all.overlap());
    map.put("overlapOfSeeds", all.overlapOfSeeds());
    map.put("keywordAt10", all.keywordShare());
    map.put("rowsPerSecond", Math.round(all.rowsPerSecond()));
    return map;
  }

  private static double mean(
      List<EmbeddingQuality> all, ToDoubleFunction<EmbeddingQuality> figure) {
    return all.stream().mapToDouble(figure).average().orElse(0);
  }
}
