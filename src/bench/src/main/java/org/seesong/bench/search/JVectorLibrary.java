package org.seesong.bench.search;

import io.github.jbellis.jvector.disk.RandomAccessReader;
import io.github.jbellis.jvector.disk.ReaderSupplier;
import io.github.jbellis.jvector.disk.ReaderSupplierFactory;
import io.github.jbellis.jvector.graph.GraphIndexBuilder;
import io.github.jbellis.jvector.graph.GraphSearcher;
import io.github.jbellis.jvector.graph.ImmutableGraphIndex;
import io.github.jbellis.jvector.graph.ListRandomAccessVectorValues;
import io.github.jbellis.jvector.graph.OnHeapGraphIndex;
import io.github.jbellis.jvector.graph.RandomAccessVectorValues;
import io.github.jbellis.jvector.graph.SearchResult;
import io.github.jbellis.jvector.graph.similarity.DefaultSearchScoreProvider;
import io.github.jbellis.jvector.util.Bits;
import io.github.jbellis.jvector.vector.VectorSimilarityFunction;
import io.github.jbellis.jvector.vector.VectorizationProvider;
import io.github.jbellis.jvector.vector.types.VectorFloat;
import io.github.jbellis.jvector.vector.types.VectorTypeSupport;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** JVector's graph in memory, over full vectors. */
final class JVectorLibrary implements VectorLibrary {
  static final String NAME = "jvector";

  private static final VectorTypeSupport TYPES =
      VectorizationProvider.getInstance().getVectorTypeSupport();
  private static final float NEIGHBOUR_OVERFLOW = 1.2f;
  private static final float ALPHA = 1.2f;

  private static final String FILE = "jvector.graph";
  private static final String PARAMETERS = "jvector.parameters";

  @Override
  public String name() {
    return NAME;
  }

  private static RandomAccessVectorValues values(List<float[]> vectors) {
    List<VectorFloat<?>> rows = new ArrayList<>();
    vectors.forEach(vector -> rows.add(TYPES.createFloatVector(vector)));
    return new ListRandomAccessVectorValues(rows, vectors.get(0).length);
  }

  @SuppressWarnings("deprecation") // the only way to keep a graph that lies in memory
  @Override
  public void build(List<float[]> vectors, int connections, int candidates, Path folder)
      throws IOException {
    RandomAccessVectorValues values = values(vectors);
    try (GraphIndexBuilder builder = builder(values, connections, candidates)) {
      OnHeapGraphIndex graph = (OnHeapGraphIndex) builder.build(values);
      try (DataOutputStream out =
          new DataOutputStream(
              new BufferedOutputStream(Files.newOutputStream(folder.resolve(FILE))))) {
        graph.save(out);
      }
    }
    Files.writeString(folder.resolve(PARAMETERS), connections + " " + candidates);
  }

  private static GraphIndexBuilder builder(
      RandomAccessVectorValues values, int connections, int candidates) {
    // Degrees by level; on the lowest it is twice what others call M.
    return GraphIndexBuilder.builder(
            values, VectorSimilarityFunction.EUCLIDEAN, List.of(2 * connections, connections))
        .withBeamWidth(candidates)
        .withNeighborOverflow(NEIGHBOUR_OVERFLOW)
        .withAlpha(ALPHA)
        .build();
  }

  @SuppressWarnings("deprecation") // as above
  @Override
  public Index open(List<float[]> vectors, Path folder) throws IOException {
    RandomAccessVectorValues values = values(vectors);
    String[] parameters = Files.readString(folder.resolve(PARAMETERS)).split(" ", -1);
    GraphIndexBuilder builder =
        builder(values, Integer.parseInt(parameters[0]), Integer.parseInt(parameters[1]));
    try (ReaderSupplier supplier = ReaderSupplierFactory.open(folder.resolve(FILE));
        RandomAccessReader reader = supplier.get()) {
      builder.load(reader);
    }
    ImmutableGraphIndex graph = builder.getGraph();
    ThreadLocal<GraphSearcher> searchers = ThreadLocal.withInitial(() -> new GraphSearcher(graph));
    return new Index() {
      @Override
      public int[] nearest(float[] query, int count, int looked) {
        DefaultSearchScoreProvider target =
            DefaultSearchScoreProvider.exact(
                TYPES.createFloatVector(query), VectorSimilarityFunction.EUCLIDEAN, values);
        SearchResult found = searchers.get().search(target, count, looked, 0, 0, Bits.ALL);
        return Arrays.stream(found.getNodes()).mapToInt(node -> node.node).toArray();
      }

      @Override
      public long bytes() {
        return graph.ramBytesUsed() + vectors.size() * (long) values.dimension() * Float.BYTES;
      }

      @Override
      public void close() throws IOException {
        builder.close();
      }
    };
  }
}
