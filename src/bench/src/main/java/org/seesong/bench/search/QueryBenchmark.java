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
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.seesong.app.EncoderChoice;
import org.seesong.bench.output.Output;
import org.seesong.encoder.ImageEncoder;
import org.seesong.encoder.ModelHome;
import org.seesong.image.ImageException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures a query from the file to the songs, stage by stage. */
@Command(
    name = "query",
    description = {
      "Measures what each stage of a query costs: reading and shrinking the picture, encoding it,"
          + " and both hops in a generated index."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  seesong model random vgg19",
      "  seesong model random vgg19 --precision int8",
      "  src/bench/run query --encoder vgg19-random,vgg19-random-int8 --pictures photos --index"
          + " kept",
      "",
      "Encoders take turns, query by query. Encoding is counted in processor time of the whole"
          + " process,",
      "the rest in that of the one thread it runs on. The hops search with generated vectors like"
          + " those",
      "of the index, since pictures of other things would be far from all of them."
    })
public final class QueryBenchmark implements Callable<Integer> {
  /** Queries before any is counted, for the compiler. */
  private static final int WARM_UP = 10;

  @Option(
      names = "--encoder",
      paramLabel = "NAME,...",
      split = ",",
      defaultValue = EncoderChoice.AUTO,
      description = "Encoders to measure, see 'seesong model list' (default: ${DEFAULT-VALUE}).")
  private List<String> encoders;

  @Option(
      names = "--pictures",
      paramLabel = "DIR",
      required = true,
      description = "Pictures to query with, evenly of all below it.")
  private Path pictures;

  @Option(
      names = "--count",
      paramLabel = "N",
      defaultValue = "100",
      description = "Queries for each encoder (default: ${DEFAULT-VALUE}).")
  private int count;

  @Option(
      names = "--indexed",
      paramLabel = "N",
      defaultValue = "33459",
      description = "Pictures of the index (default: the paper's, ${DEFAULT-VALUE}).")
  private int indexed;

  @Option(
      names = "--songs",
      paramLabel = "N",
      defaultValue = "62316",
      description = "Songs of the index (default: the paper's, ${DEFAULT-VALUE}).")
  private int songs;

  @Option(
      names = "--index",
      paramLabel = "DIR",
      description = "Keep generated indexes here, and use those that are there already.")
  private Path kept;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "42",
      description = "Seed of generated vectors (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--without-simd",
      description = "Measure even where Lucene runs without vector instructions.")
  private boolean withoutSimd;

  @Option(names = "--json", description = "Print an object for each stage.")
  private boolean json;

  private final Output output;

  /**
   * The command.
   *
   * @param output where figures go
   */
  public QueryBenchmark(Output output) {
    this.output = output;
  }

  @Override
  public Integer call() throws Exception {
    if (!withoutSimd) {
      BenchMachine.requireSimd();
    }
    if (count < 1) {
      throw new IllegalArgumentException("--count must be at least 1; got: " + count);
    }
    ModelHome home = ModelHome.fromEnvironment();
    List<Path> files = files();
    Path folder = kept == null ? Files.createTempDirectory("seesong-bench") : kept;
    List<QueryPath> paths = new ArrayList<>();
    try {
      for (String name : encoders) {
        String called = name.equals(EncoderChoice.AUTO) ? EncoderChoice.best(home) : name;
        paths.add(path(called, home.open(called, 0), folder));
      }
      for (int i = 0; i < WARM_UP + count; i++) {
        for (QueryPath path : paths) {
          ask(path, files.get(i % files.size()), i);
        }
        if (i == WARM_UP - 1) {
          paths.forEach(QueryPath::reset);
        }
      }
      paths.forEach(path -> path.stages().forEach(stage -> print(path.name(), stage)));
    } finally {
      for (QueryPath path : paths) {
        path.close();
      }
      if (kept == null) {
        BenchIndex.delete(folder);
      }
    }
    return 0;
  }

  private QueryPath path(String name, ImageEncoder encoder, Path folder) throws IOException {
    try {
      BenchIndex.Size size =
          new BenchIndex.Size(indexed, encoder.dimension(), songs, SearchBenchmark.PAPER.network());
      BenchData data = BenchData.generated(size, false, count, seed);
      Path index = BenchLayouts.path(data, folder);
      BenchLayouts.own(data, index);
      return new QueryPath(name, encoder, index, data.queries());
    } catch (IOException | RuntimeException e) {
      encoder.close();
      throw e;
    }
  }

  private void ask(QueryPath path, Path file, int number) throws IOException {
    try {
      path.ask(file, number);
    } catch (ImageException e) {
      output.log("left out: " + e.getMessage());
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> tree = Files.walk(pictures)) {
      List<Path> all = tree.filter(Files::isRegularFile).sorted().toList();
      if (all.isEmpty()) {
        throw new IOException(pictures + " holds no files");
      }
      int taken = Math.min(all.size(), WARM_UP + count);
      return IntStream.range(0, taken)
          .mapToObj(i -> all.get((int) ((long) i * all.size() / taken)))
          .toList();
    }
  }

  private void print(String encoder, QueryPath.Stage stage) {
    if (json) {
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("encoder", encoder);
      line.put("stage", stage.name());
      line.put("queries", stage.queries());
      line.put("p50Millis", stage.p50Millis());
      line.put("cpuMillis", stage.cpuMillis());
      output.json(line);
      return;
    }
    output.data(
        String.format(
            Locale.ROOT,
            "%-24s %-16s %4d queries  p50 %8.2f ms  cpu %8.2f ms",
            encoder,
            stage.name(),
            stage.queries(),
            stage.p50Millis(),
            stage.cpuMillis()));
  }
}
