package org.seesong.bench.search;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.seesong.vector.EncodedImage;
import org.seesong.vector.VectorSpace;

/** What is measured with. Generated vectors are made when they are first asked for. */
final class BenchData {
  private static final int CLUSTERS = 72;

  private final String name;
  private final BenchIndex.Size size;
  private final long seed;
  private final List<EncodedImage> queries;
  private final List<float[]> base;

  /** Of each vector, where they matter to the network. */
  private final List<Integer> clusters = new ArrayList<>();

  private final boolean neighbours;

  private BenchData(
      String name,
      boolean neighbours,
      BenchIndex.Size size,
      long seed,
      List<float[]> base,
      List<float[]> queries) {
    this.name = name;
    this.neighbours = neighbours;
    this.size = size;
    this.seed = seed;
    this.base = base;
    VectorSpace space = BenchIndex.space(size.visual());
    this.queries = queries.stream().map(query -> new EncodedImage(space, query)).toList();
  }

  static BenchData generated(BenchIndex.Size size, boolean neighbours, int queryCount, long seed) {
    SyntheticVectors visual = SyntheticVectors.queries(CLUSTERS, size.visual(), seed);
    List<float[]> queries = new ArrayList<>();
    while (queries.size() < queryCount) {
      queries.add(visual.next());
    }
    String name = neighbours ? "neighbours" : "generated";
    return new BenchData(name, neighbours, size, seed, new ArrayList<>(), queries);
  }

  static BenchData given(Path vectors, Path queryFile, int songs, long seed) throws IOException {
    List<float[]> base = FvecsFile.read(vectors);
    BenchIndex.Size size = new BenchIndex.Size(base.size(), base.get(0).length, songs, 64);
    return new BenchData(
        String.valueOf(vectors.getFileName()), false, size, seed, base, FvecsFile.read(queryFile));
  }

  BenchIndex.Size size() {
    return size;
  }

  List<EncodedImage> queries() {
    return queries;
  }

  List<float[]> base() {
    if (base.isEmpty()) {
      SyntheticVectors visual = SyntheticVectors.visual(CLUSTERS, size.visual(), seed);
      while (base.size() < size.pictures()) {
        base.add(visual.next());
        clusters.add(visual.cluster());
      }
    }
    return base;
  }

  /** Network vectors without end: of the pictures, then of songs. */
  Iterator<float[]> places() {
    SyntheticVectors network = SyntheticVectors.network(CLUSTERS, size.network(), seed);
    if (!neighbours) {
      return Stream.generate(network::next).iterator();
    }
    base(); // says which clusters
    return Stream.concat(clusters.stream().map(network::next), Stream.generate(network::next))
        .iterator();
  }

  String pictures() {
    return name + "-" + size.pictures() + "x" + size.visual();
  }

  String all() {
    return pictures() + "+" + size.songs() + "x" + size.network();
  }

  /** Of all this, as a folder's name. */
  String folder() {
    return all() + "-" + seed;
  }
}
