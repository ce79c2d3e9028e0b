package org.seesong.bench.search;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.seesong.app.ProcessMemory;
import org.seesong.bench.output.Output;
import org.seesong.index.VectorFormat;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures search on generated or given vectors. */
@Command(
    name = "search",
    description = {
      "Measures recall and speed of both hops, and of other ways to find pictures, on vectors it"
          + " generates or is given. Figures mean something on an idle machine only."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  src/bench/run search --json",
      "  src/bench/run search --paper --layouts two-hop,coverage --threads 1,2 --index kept",
      "  src/bench/run search --vectors base.fvecs --queries query.fvecs --candidates 50,100,200"
    })
public final class SearchBenchmark implements Callable<Integer> {
  private static final List<String> OWN = List.of("exact", "ivf", "two-hop", "coverage");

  /** The paper's catalogue: pictures, fc2's dimension, songs. */
  static final BenchIndex.Size PAPER = new BenchIndex.Size(33_459, 4096, 62_316, 64);

  @Option(
      names = "--pictures",
      paramLabel = "N",
      defaultValue = "5000",
      description = "Pictures to generate (default: ${DEFAULT-VALUE}).")
  private int pictures;

  @Option(
      names = "--dim",
      paramLabel = "N",
      defaultValue = "1024",
      description = "Dimension of image embeddings (default: ${DEFAULT-VALUE}).")
  private int dimension;

  @Option(
      names = "--songs",
      paramLabel = "N",
      defaultValue = "20000",
      description = "Songs to generate, of 64 dimensions (default: ${DEFAULT-VALUE}).")
  private int songs;

  @Option(
      names = "--paper",
      description = "The paper's size: 33,459 pictures x 4096, 62,316 songs. Takes minutes.")
  private boolean paper;

  @Option(
      names = "--vectors",
      paramLabel = "FILE",
      description = "Visual vectors in fvecs layout instead of generated ones.")
  private Path vectors;

  @Option(
      names = "--queries",
      paramLabel = "FILE",
      description = "Query vectors in fvecs layout; needed with --vectors.")
  private Path queryFile;

  @Option(
      names = "--query-count",
      paramLabel = "N",
      defaultValue = "300",
      description = "Queries to generate (default: ${DEFAULT-VALUE}).")
  private int queryCount;

  @Option(
      names = "--candidates",
      paramLabel = "N",
      split = ",",
      defaultValue = "20,50,100,150,200",
      description = "Candidates of approximate searches (default: ${DEFAULT-VALUE}).")
  private List<Integer> candidates;

  @Option(
      names = "--threads",
      paramLabel = "N",
      split = ",",
      defaultValue = "1",
      description = "Searches at a time (default: ${DEFAULT-VALUE}).")
  private List<Integer> threads;

  @Option(
      names = "--layouts",
      paramLabel = "NAME",
      split = ",",
      defaultValue = "exact,ivf,two-hop,coverage,lucene-32bit",
      description = {
        "Layouts to compare: exact and ivf are Seesong's hop one; two-hop is hop two and both, with"
            + " 5 pictures in turns; coverage is the same as searches do it"
            + " unless told otherwise, 10 pictures and songs selected by coverage; lucene-32bit,"
            + " lucene-7bit and lucene-4bit are plain Lucene's, quantised ones with full vectors"
            + " for the candidates; jvector and hnswlib are those libraries (default:"
            + " ${DEFAULT-VALUE})."
      })
  private List<String> layouts;

  @Option(
      names = "--neighbours",
      description = {
        "Put generated pictures that look alike near each other in the network, as pictures with"
            + " keywords are. Without it they are strangers there, the worst case for what they"
            + " agree on."
      })
  private boolean neighbours;

  @Option(
      names = "--index",
      paramLabel = "DIR",
      description = "Keep built indexes here, and use those that are there already.")
  private Path kept;

  @Option(
      names = "--without-simd",
      description = "Measure even where Lucene runs without vector instructions.")
  private boolean withoutSimd;

  @Option(
      names = "--connections",
      paramLabel = "M",
      defaultValue = "" + VectorFormat.CONNECTIONS,
      description = "Neighbours of a vector in graphs (default: ${DEFAULT-VALUE}).")
  private int connections;

  @Option(
      names = "--build-candidates",
      paramLabel = "N",
      defaultValue = "" + VectorFormat.CANDIDATES,
      description =
          "Candidates for a new vector's neighbours in graphs (default: ${DEFAULT-VALUE}).")
  private int buildCandidates;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "42",
      description = "Seed of generated vectors (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      defaultValue = "2",
      description = "Time for each measurement at most, once all queries ran (default: 2).")
  private double seconds;

  @Option(names = "--json", description = "Print an object for each measurement.")
  private boolean json;

  private final Output output;

  /**
   * The command.
   *
   * @param output where figures go
   */
  public SearchBenchmark(Output output) {
    this.output = output;
  }

  @Override
  public Integer call() throws Exception {
    if (!withoutSimd) {
      BenchMachine.requireSimd();
    }
    BenchLayouts.Graph graph = new BenchLayouts.Graph(connections, buildCandidates);
    BenchData data = data();
    log(data);
    Path folder = kept == null ? Files.createTempDirectory("seesong-bench") : kept;
    BenchLayouts.Plan plan =
        new BenchLayouts.Plan(data, graph, layouts, libraries(), candidates, threads, seconds);
    try (BenchLayouts open = BenchLayouts.open(plan, folder)) {
      open.measure(this::print);
      ProcessMemory.anonymousBytes()
          .ifPresent(
              bytes -> output.log("memory of this process that is no file's: " + bytes + " bytes"));
    } finally {
      if (kept == null) {
        BenchIndex.delete(folder);
      }
    }
    return 0;
  }

  private List<VectorLibrary> libraries() {
    // Made when asked for: JVector sets itself up as soon as it is touched.
    Map<String, Supplier<VectorLibrary>> known = new LinkedHashMap<>();
    for (int bits : new int[] {32, 7, 4}) {
      known.put(LuceneLibrary.name(bits), () -> new LuceneLibrary(bits));
    }
    known.put(JVectorLibrary.NAME, JVectorLibrary::new);
    known.put(HnswlibLibrary.NAME, HnswlibLibrary::new);
    List<VectorLibrary> chosen = new ArrayList<>();
    for (String layout : layouts) {
      if (known.containsKey(layout)) {
        chosen.add(known.get(layout).get());
      } else if (!OWN.contains(layout)) {
        throw new IllegalArgumentException(
            "there is no layout '"
                + layout
                + "'; known: "
                + String.join(", ", OWN)
                + ", "
                + String.join(", ", known.keySet()));
      }
    }
    return chosen;
  }

  private BenchData data() throws IOException {
    if (vectors == null) {
      return BenchData.generated(
          paper ? PAPER : new BenchIndex.Size(pictures, dimension, songs, 64),
          neighbours,
          queryCount,
          seed);
    }
    if (neighbours) {
      throw new IllegalArgumentException(
          "--neighbours is for generated vectors, not for --vectors");
    }
    if (queryFile == null) {
      throw new IllegalArgumentException("--vectors needs --queries");
    }
    return BenchData.given(vectors, queryFile, songs, seed);
  }

  private void log(BenchData data) {
    BenchIndex.Size size = data.size();
    output.log(
        String.format(
            Locale.ROOT,
            "measuring with %,d pictures x %d and %,d songs x %d, seed %d ...",
            size.pictures(),
            size.visual(),
            size.songs(),
            size.network(),
            seed));
  }

  private void print(BenchLayouts.Measured measured) {
    BenchRun.Figures figures = measured.figures();
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("layout", measured.layout());
    line.put("data", measured.data());
    line.put("threads", measured.threads());
    line.put("recallAt5", rounded(figures.recallAt5(), 1e4));
    line.put("recallAt10", rounded(figures.recallAt10(), 1e4));
    line.put("cpuMicrosPerQuery", rounded(figures.cpuMicrosPerQuery(), 10));
    line.put("p50Micros", rounded(figures.p50Micros(), 10));
    line.put("p99Micros", rounded(figures.p99Micros(), 10));
    line.put("qps", rounded(figures.queriesPerSecond(), 10));
    line.put("indexBytes", measured.index().bytes());
    line.put("buildCpuSeconds", rounded(measured.index().buildCpuSeconds(), 100));
    line.put("peakRssBytes", ProcessMemory.peakBytes().orElse(0));
    if (json) {
      output.json(line);
    } else {
      output.data(
          String.format(
              Locale.ROOT,
              "%-32s %d thread(s)  recall@5 %.4f @10 %.4f  cpu %8.0f us  p50 %8.0f  p99 %8.0f"
                  + "  %7.0f/s  %,d bytes  built in %.0f CPU-s",
              measured.layout(),
              measured.threads(),
              figures.recallAt5(),
              figures.recallAt10(),
              figures.cpuMicrosPerQuery(),
              figures.p50Micros(),
              figures.p99Micros(),
              figures.queriesPerSecond(),
              measured.index().bytes(),
              measured.index().buildCpuSeconds()));
    }
  }

  private static double rounded(double value, double parts) {
    return Math.round(value * parts) / parts;
  }
}
