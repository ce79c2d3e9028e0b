package org.seesong.bench.search;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.seesong.index.CatalogueIndex;
import org.seesong.query.SearchMode;
import org.seesong.query.TwoHopOptions;
import org.seesong.query.TwoHopSearcher;
import org.seesong.vector.EncodedImage;

/** Measures the same queries in all layouts, which are open together and take turns. */
final class BenchLayouts implements Closeable {
  private static final TwoHopOptions TEN = TwoHopOptions.PAPER.toBuilder().pictures(10).build();

  private final Plan plan;
  private final TwoHopSearcher searcher;
  private final BenchIndex own;
  private final List<Opened> libraries;

  /** Truth by what is asked for. */
  private final Map<TwoHopOptions, BenchRun> runs = new HashMap<>();

  private final Deque<Closeable> open;

  /**
   * What to measure with.
   *
   * @param data vectors
   * @param graph parameters of other layouts
   * @param layouts names of our own layouts to measure
   * @param libraries other layouts to measure
   * @param candidates of approximate searches
   * @param threads searches at a time
   * @param seconds for each measurement at most, once all queries ran
   */
  record Plan(
      BenchData data,
      Graph graph,
      List<String> layouts,
      List<VectorLibrary> libraries,
      List<Integer> candidates,
      List<Integer> threads,
      double seconds) {}

  /** Parameters of a graph: neighbours of a vector, and candidates for them while it is built. */
  record Graph(int connections, int candidates) {}

  /** A line of figures. */
  record Measured(
      String layout, String data, int threads, BenchIndex index, BenchRun.Figures figures) {}

  /** A library's index. */
  private record Opened(String name, BenchIndex built, VectorLibrary.Index index) {}

  /** A line that is being measured. */
  private record Line(String layout, String data, BenchIndex built, BenchRun.Series series) {}

  private BenchLayouts(
      Plan plan,
      BenchIndex own,
      CatalogueIndex index,
      List<Opened> libraries,
      Deque<Closeable> open)
      throws IOException {
    this.plan = plan;
    this.own = own;
    this.searcher = new TwoHopSearcher(index);
    this.libraries = libraries;
    this.open = open;
  }

  /** Builds what is not in the folder yet, and opens all. */
  static BenchLayouts open(Plan plan, Path folder) throws IOException {
    Path home = folder.resolve(plan.data().folder());
    String graph = "-" + plan.graph().connections() + "-" + plan.graph().candidates();
    Path path = path(plan.data(), folder);
    BenchIndex own = own(plan.data(), path);
    Map<String, BenchIndex> built = new HashMap<>();
    for (VectorLibrary library : plan.libraries()) {
      String name = library.name() + graph;
      built.put(
          name,
          BenchIndex.of(
              home.resolve(name),
              part ->
                  library.build(
                      plan.data().base(),
                      plan.graph().connections(),
                      plan.graph().candidates(),
                      part)));
    }
    Deque<Closeable> open = new ArrayDeque<>();
    try {
      CatalogueIndex index = CatalogueIndex.open(path);
      open.push(index);
      List<Opened> opened = new ArrayList<>();
      for (VectorLibrary library : plan.libraries()) {
        String name = library.name() + graph;
        VectorLibrary.Index each = library.open(plan.data().base(), home.resolve(name));
        open.push(each::close);
        opened.add(
            new Opened(
                name, new BenchIndex(each.bytes(), built.get(name).buildCpuSeconds()), each));
      }
      return new BenchLayouts(plan, own, index, opened, open);
    } catch (IOException | RuntimeException e) {
      closeAll(open, e);
      throw e;
    }
  }

  /** Where our own index of some data is. */
  static Path path(BenchData data, Path folder) {
    return folder.resolve(data.folder()).resolve("seesong-ivf");
  }

  /** Our own index of some data, which is built unless it is there. */
  static BenchIndex own(BenchData data, Path path) throws IOException {
    return BenchIndex.of(
        path,
        part -> {
          Iterator<float[]> each = data.base().iterator();
          Iterator<float[]> places = data.places();
          BenchIndex.build(part, data.size(), each::next, places::next);
        });
  }

  private static void closeAll(Deque<Closeable> open, Exception cause) {
    for (Closeable each : open) {
      try {
        each.close();
      } catch (IOException e) {
        cause.addSuppressed(e);
      }
    }
  }

  @Override
  public void close() throws IOException {
    while (!open.isEmpty()) {
      open.pop().close();
    }
  }

  void measure(Consumer<Measured> printer) throws Exception {
    for (int threads : plan.threads()) {
      List<Line> lines = new ArrayList<>();
      hopOne(threads, lines);
      if (plan.layouts().contains("two-hop")) {
        bothHops(threads, lines);
      }
      if (plan.layouts().contains("coverage")) {
        coverage(threads, lines);
      }
      for (int turn = 0; turn < BenchRun.TURNS; turn++) {
        for (Line line : lines) {
          line.series().turn();
        }
      }
      for (Line line : lines) {
        printer.accept(
            new Measured(
                line.layout(), line.data(), threads, line.built(), line.series().figures()));
      }
    }
  }

  private static TwoHopOptions exact(TwoHopOptions options) {
    return options.toBuilder().mode(SearchMode.EXACT).build();
  }

  private static TwoHopOptions approximate(TwoHopOptions options, int candidates) {
    return options.toBuilder().mode(SearchMode.APPROXIMATE).candidates(candidates).build();
  }

  private BenchRun.Answered pictures(EncodedImage query, TwoHopOptions options) throws IOException {
    return BenchRun.Answered.of(searcher.pictureIds(query, options));
  }

  private void hopOne(int threads, List<Line> lines) throws IOException {
    BenchRun run =
        new BenchRun(plan.data().queries(), q -> pictures(q, exact(TEN)), plan.seconds());
    String data = plan.data().pictures();
    if (plan.layouts().contains("exact")) {
      lines.add(
          new Line("exact hop-one", data, own, run.series(q -> pictures(q, exact(TEN)), threads)));
    }
    if (plan.layouts().contains("ivf")) {
      for (int number : plan.candidates()) {
        TwoHopOptions options = approximate(TEN, number);
        String layout = "ivf/" + number + " hop-one";
        lines.add(new Line(layout, data, own, run.series(q -> pictures(q, options), threads)));
      }
    }
    for (Opened library : libraries) {
      for (int number : plan.candidates()) {
        BenchRun.Question question =
            q ->
                BenchRun.Answered.of(
                    BenchRun.pictureIds(library.index().nearest(q.vector().values(), 10, number)));
        lines.add(
            new Line(
                library.name() + "/" + number + " hop-one",
                data,
                library.built(),
                run.series(question, threads)));
      }
    }
  }

  private void bothHops(int threads, List<Line> lines) throws IOException {
    TwoHopOptions usual = TwoHopOptions.PAPER.toBuilder().mode(SearchMode.APPROXIMATE).build();
    TwoHopOptions filtered = usual.toBuilder().filters("language=en").build();
    TwoHopOptions rare = usual.toBuilder().filters("year=1999").build();
    hopTwo("hop-two", usual, threads, lines);
    hopTwo("hop-two, filter 1/5", filtered, threads, lines);
    hopTwo("hop-two, filter 1/100", rare, threads, lines);
    both("two-hop", usual, threads, lines);
    both("two-hop, filter 1/5", filtered, threads, lines);
    both("exact two-hop", exact(usual), threads, lines);
  }

  /** As searches do it unless told otherwise. */
  private void coverage(int threads, List<Line> lines) throws IOException {
    TwoHopOptions usual = TwoHopOptions.DEFAULT.toBuilder().mode(SearchMode.APPROXIMATE).build();
    TwoHopOptions filtered = usual.toBuilder().filters("language=en").build();
    hopTwo("hop-two, coverage", usual, threads, lines);
    both("two-hop, coverage", usual, threads, lines);
    both("two-hop, coverage, filter 1/5", filtered, threads, lines);
  }

  private void hopTwo(String layout, TwoHopOptions options, int threads, List<Line> lines)
      throws IOException {
    BenchRun.Question question = query -> BenchRun.hopTwo(searcher, query, options);
    lines.add(line(layout, run(options).series(question, threads)));
  }

  private void both(String layout, TwoHopOptions options, int threads, List<Line> lines)
      throws IOException {
    BenchRun.Question question = query -> BenchRun.songs(searcher, query, options);
    lines.add(line(layout, run(options).series(question, threads)));
  }

  private Line line(String layout, BenchRun.Series series) {
    return new Line(layout, plan.data().all(), own, series);
  }

  /** Answers are compared with those of exact hops. */
  private BenchRun run(TwoHopOptions options) throws IOException {
    TwoHopOptions exact = exact(options);
    BenchRun known = runs.get(exact);
    if (known == null) {
      known =
          new BenchRun(
              plan.data().queries(),
              query -> BenchRun.songs(searcher, query, exact),
              plan.seconds());
      runs.put(exact, known);
    }
    return known;
  }
}
