package org.seesong.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import org.seesong.app.bench.VectorLibrary;
import org.seesong.index.CatalogueIndex;
import org.seesong.index.HnswOptions;
import org.seesong.query.SearchMode;
import org.seesong.query.SongFilter;
import org.seesong.query.TwoHopOptions;
import org.seesong.query.TwoHopSearcher;

/** Measures the same queries in one layout after the other. */
final class BenchLayouts {
  private static final TwoHopOptions TEN = TwoHopOptions.PAPER.withPictures(10);

  private final List<VectorLibrary> libraries;
  private final HnswOptions.Graph graph;
  private final Plan plan;
  private final Consumer<Measured> printer;

  /**
   * What to measure with.
   *
   * @param name of the data
   * @param base visual vectors
   * @param queries visual vectors to ask by
   * @param size how much of what there is
   * @param network makes network vectors
   * @param layouts names of what is measured
   * @param candidates of approximate searches
   * @param threads searches at a time
   * @param seconds for each measurement at most
   */
  record Plan(
      String name,
      List<float[]> base,
      List<float[]> queries,
      BenchIndex.Size size,
      SyntheticVectors network,
      List<String> layouts,
      List<Integer> candidates,
      List<Integer> threads,
      double seconds) {}

  /** A line of figures. */
  record Measured(
      String layout, String data, int threads, BenchIndex index, BenchRun.Figures figures) {}

  BenchLayouts(
      List<VectorLibrary> libraries,
      HnswOptions.Graph graph,
      Plan plan,
      Consumer<Measured> printer) {
    this.libraries = libraries;
    this.graph = graph;
    this.plan = plan;
    this.printer = printer;
  }

  void measure(Path folder, Path own) throws Exception {
    BenchIndex built =
        Files.isDirectory(own) ? new BenchIndex(BenchIndex.bytes(own), 0) : build(own);
    try (CatalogueIndex index = CatalogueIndex.open(own)) {
      TwoHopSearcher searcher = new TwoHopSearcher(index);
      BenchRun pictures =
          new BenchRun(
              plan.queries(), query -> pictures(searcher, query, exact(TEN)), plan.seconds());
      hopOne(searcher, built, pictures);
      songs(searcher, built);
      for (VectorLibrary library : libraries) {
        measure(library, Files.createDirectory(folder.resolve(library.name())), pictures);
      }
    }
  }

  private BenchIndex build(Path folder) throws IOException {
    Iterator<float[]> each = plan.base().iterator();
    return BenchIndex.build(
        folder,
        plan.size(),
        new HnswOptions(graph, graph, HnswOptions.DEFAULT.sketch()),
        each::next,
        plan.network()::next);
  }

  private static BenchRun.Answered pictures(
      TwoHopSearcher searcher, float[] query, TwoHopOptions options) throws IOException {
    return BenchRun.Answered.of(searcher.pictureIds(query, options));
  }

  private static TwoHopOptions exact(TwoHopOptions options) {
    return options.withMode(SearchMode.EXACT);
  }

  private static TwoHopOptions approximate(TwoHopOptions options, int candidates) {
    return options.withMode(SearchMode.APPROXIMATE).withCandidates(candidates);
  }

  private void hopOne(TwoHopSearcher searcher, BenchIndex built, BenchRun run) throws Exception {
    String data = plan.name() + "-" + plan.size().pictures() + "x" + plan.size().visual();
    for (int threads : plan.threads()) {
      if (plan.layouts().contains("exact")) {
        print("exact hop-one", data, threads, built, run, q -> pictures(searcher, q, exact(TEN)));
      }
      for (int number : plan.candidates()) {
        if (plan.layouts().contains("sketch")) {
          TwoHopOptions options = approximate(TEN, number);
          String layout = "sketch/" + number + " hop-one";
          print(layout, data, threads, built, run, q -> pictures(searcher, q, options));
        }
      }
    }
  }

  private void songs(TwoHopSearcher searcher, BenchIndex built) throws Exception {
    if (!plan.layouts().contains("sketch")) {
      return;
    }
    BenchIndex.Size size = plan.size();
    String data =
        plan.name()
            + "-"
            + size.pictures()
            + "x"
            + size.visual()
            + "+"
            + size.songs()
            + "x"
            + size.network();
    TwoHopOptions kept = TwoHopOptions.PAPER.withMode(SearchMode.APPROXIMATE);
    TwoHopOptions lead = kept.withSharing(kept.sharing().withLead(5));
    TwoHopOptions live = kept.withLive(true);
    TwoHopOptions filtered = live.withFilters(List.of(SongFilter.parse("language=en")));
    for (int threads : plan.threads()) {
      print("kept hop-two", data, threads, built, searcher, kept, true);
      print("kept hop-two lead 5", data, threads, built, searcher, lead, true);
      print("live hop-two", data, threads, built, searcher, live, true);
      print("live hop-two, filter 1/5", data, threads, built, searcher, filtered, true);
      print("kept two-hop", data, threads, built, searcher, kept, false);
      print("live two-hop", data, threads, built, searcher, live, false);
      print("exact two-hop", data, threads, built, searcher, exact(live), false);
    }
  }

  /** Hop two is compared with an exact one from the same pictures. */
  private void print(
      String layout,
      String data,
      int threads,
      BenchIndex built,
      TwoHopSearcher searcher,
      TwoHopOptions options,
      boolean hopTwo)
      throws Exception {
    TwoHopOptions exact = exact(options.withLive(true));
    BenchRun run =
        new BenchRun(
            plan.queries(), query -> BenchRun.songs(searcher, query, exact), plan.seconds());
    print(
        layout,
        data,
        threads,
        built,
        run,
        query ->
            hopTwo
                ? BenchRun.hopTwo(searcher, query, options)
                : BenchRun.songs(searcher, query, options));
  }

  private void measure(VectorLibrary library, Path folder, BenchRun run) throws Exception {
    String data = plan.name() + "-" + plan.size().pictures() + "x" + plan.size().visual();
    long start = BenchIndex.cpuNanos();
    try (VectorLibrary.Index index =
        library.build(plan.base(), graph.connections(), graph.candidates(), folder)) {
      BenchIndex built = new BenchIndex(index.bytes(), (BenchIndex.cpuNanos() - start) / 1e9);
      String name = library.name() + "-" + graph.connections() + "-" + graph.candidates();
      for (int threads : plan.threads()) {
        for (int number : plan.candidates()) {
          print(
              name + "/" + number + " hop-one",
              data,
              threads,
              built,
              run,
              q -> BenchRun.Answered.of(BenchRun.pictureIds(index.nearest(q, 10, number))));
        }
      }
    }
  }

  private void print(
      String layout,
      String data,
      int threads,
      BenchIndex built,
      BenchRun run,
      BenchRun.Question question)
      throws Exception {
    printer.accept(new Measured(layout, data, threads, built, run.measure(question, threads)));
  }
}
