package org.seesong.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.seesong.index.CatalogueIndex;
import org.seesong.index.HnswOptions;
import org.seesong.query.SearchMode;
import org.seesong.query.TwoHopOptions;
import org.seesong.query.TwoHopSearcher;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures search on generated or given vectors. */
@Command(
    name = "search",
    description = {
      "Measures recall and speed of both hops, exact and through the graph, on vectors it generates"
          + " or is given. Figures mean something on an idle machine only."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  seesong bench search --json",
      "  seesong bench search --paper --threads 1,2",
      "  seesong bench search --vectors base.fvecs --queries query.fvecs --candidates 50,100,200"
    })
final class BenchSearchCommand implements Callable<Integer> {
  private static final int CLUSTERS = 72;

  /** The paper's catalogue: pictures, fc2's dimension, songs. */
  private static final BenchIndex.Size PAPER = new BenchIndex.Size(33_459, 4096, 62_316, 64);

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
      description = "Dimension of visual vectors (default: ${DEFAULT-VALUE}).")
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
      defaultValue = "20,50,100,200",
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
      names = "--connections",
      paramLabel = "M",
      description = "Neighbours of a node of the graphs (default: as builds have it).")
  private Integer connections;

  @Option(
      names = "--build-candidates",
      paramLabel = "N",
      description = "Candidates for a new node of the graphs (default: as builds have it).")
  private Integer buildCandidates;

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

  private final Console console;

  BenchSearchCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    HnswOptions.Graph usual = HnswOptions.DEFAULT.visual();
    HnswOptions.Graph graph =
        new HnswOptions.Graph(
            connections == null ? usual.connections() : connections,
            buildCandidates == null ? usual.candidates() : buildCandidates);
    Path folder = Files.createTempDirectory("seesong-bench");
    try {
      measure(folder, graph);
    } finally {
      delete(folder);
    }
    return Seesong.DONE;
  }

  private void measure(Path folder, HnswOptions.Graph graph) throws Exception {
    List<float[]> queries = new ArrayList<>();
    BenchIndex.Size size;
    Supplier<float[]> visual;
    if (vectors != null) {
      if (queryFile == null) {
        throw new IllegalArgumentException("--vectors needs --queries");
      }
      List<float[]> given = FvecsFile.read(vectors);
      queries.addAll(FvecsFile.read(queryFile));
      size = new BenchIndex.Size(given.size(), given.get(0).length, songs, 64);
      Iterator<float[]> each = given.iterator();
      visual = each::next;
    } else {
      size = paper ? PAPER : new BenchIndex.Size(pictures, dimension, songs, 64);
      SyntheticVectors generator = SyntheticVectors.visual(CLUSTERS, size.visual(), seed);
      visual = generator::next;
    }
    console.log(
        String.format(
            Locale.ROOT,
            "building %,d pictures x %d and %,d songs x %d, seed %d ...",
            size.pictures(),
            size.visual(),
            size.songs(),
            size.network(),
            seed));
    SyntheticVectors network = SyntheticVectors.network(CLUSTERS, size.network(), seed);
    BenchIndex built =
        BenchIndex.build(
            folder.resolve("index"),
            size,
            new HnswOptions(graph, graph, HnswOptions.DEFAULT.sketch()),
            visual,
            network::next);
    while (vectors == null && queries.size() < queryCount) {
      queries.add(visual.get());
    }
    try (CatalogueIndex index = CatalogueIndex.open(folder.resolve("index"))) {
      measure(index, built, "hnsw-" + graph.connections() + "-" + graph.candidates(), queries);
    }
  }

  private void measure(
      CatalogueIndex index, BenchIndex built, String graphName, List<float[]> queries)
      throws Exception {
    String pictureData = index.pictures() + "x" + index.identity().visual().dimension();
    String data = (vectors == null ? "generated-" : vectors.getFileName() + "-") + pictureData;
    String both = data + "+" + index.songs() + "x" + index.identity().network().dimension();
    TwoHopOptions ten = TwoHopOptions.DEFAULT.withPictures(10);
    TwoHopOptions five = TwoHopOptions.DEFAULT;
    List<Way> ways = new ArrayList<>();
    TwoHopSearcher plain = new TwoHopSearcher(index);
    ways.add(new Way("exact", plain, SearchMode.EXACT, 1));
    for (int number : candidates) {
      ways.add(new Way(graphName + "/" + number, plain, SearchMode.APPROXIMATE, number));
    }
    BenchRun pictureRun =
        new BenchRun(queries, query -> BenchRun.pictures(plain, query, exact(ten)), seconds);
    BenchRun songRun =
        new BenchRun(queries, query -> BenchRun.songs(plain, query, exact(five)), seconds);
    for (Way way : ways) {
      for (int number : threads) {
        print(
            way.layout() + " hop-one",
            data,
            number,
            built,
            pictureRun.measure(
                query -> BenchRun.pictures(way.searcher(), query, way.options(ten)), number));
        print(
            way.layout() + " two-hop",
            both,
            number,
            built,
            songRun.measure(
                query -> BenchRun.songs(way.searcher(), query, way.options(five)), number));
      }
    }
  }

  private static TwoHopOptions exact(TwoHopOptions options) {
    return options.withMode(SearchMode.EXACT);
  }

  /** A way to search and its name. */
  private record Way(String layout, TwoHopSearcher searcher, SearchMode mode, int candidates) {
    TwoHopOptions options(TwoHopOptions options) {
      return options.withMode(mode).withCandidates(candidates);
    }
  }

  private void print(
      String layout, String data, int number, BenchIndex built, BenchRun.Figures figures) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("layout", layout);
    line.put("data", data);
    line.put("threads", number);
    line.put("recallAt5", rounded(figures.recallAt5(), 1e4));
    line.put("recallAt10", rounded(figures.recallAt10(), 1e4));
    line.put("cpuMicrosPerQuery", rounded(figures.cpuMicrosPerQuery(), 10));
    line.put("p50Micros", rounded(figures.p50Micros(), 10));
    line.put("p99Micros", rounded(figures.p99Micros(), 10));
    line.put("qps", rounded(figures.queriesPerSecond(), 10));
    line.put("indexBytes", built.bytes());
    line.put("buildCpuSeconds", rounded(built.buildCpuSeconds(), 100));
    line.put("peakRssBytes", ProcessMemory.peakBytes().orElse(0));
    if (json) {
      console.json(line);
    } else {
      console.data(
          String.format(
              Locale.ROOT,
              "%-26s %d thread(s)  recall@5 %.3f @10 %.3f  cpu %8.0f us  p50 %8.0f  p99 %8.0f"
                  + "  %7.0f/s",
              layout,
              number,
              figures.recallAt5(),
              figures.recallAt10(),
              figures.cpuMicrosPerQuery(),
              figures.p50Micros(),
              figures.p99Micros(),
              figures.queriesPerSecond()));
    }
  }

  private static double rounded(double value, double parts) {
    return Math.round(value * parts) / parts;
  }

  private static void delete(Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(folder)) {
      files = all.sorted((a, b) -> b.compareTo(a)).toList();
    }
    for (Path file : files) {
      Files.deleteIfExists(file);
    }
  }
}
