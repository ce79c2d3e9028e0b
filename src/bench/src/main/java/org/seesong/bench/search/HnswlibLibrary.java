package org.seesong.bench.search;

import com.github.jelmerk.hnswlib.core.Item;
import com.github.jelmerk.hnswlib.core.SearchResult;
import com.github.jelmerk.hnswlib.core.hnsw.HnswIndex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.lucene.util.VectorUtil;

/** Jelmer Kuperus' hnswlib in Java, with Lucene's vector instructions for its distances. */
final class HnswlibLibrary implements VectorLibrary {
  static final String NAME = "hnswlib";

  private static final String FILE = "hnswlib.ser";

  @Override
  public String name() {
    return NAME;
  }

  private record Row(Integer id, float[] vector) implements Item<Integer, float[]> {
    private static final long serialVersionUID = 1L;

    @Override
    public int dimensions() {
      return vector.length;
    }
  }

  @Override
  public void build(List<float[]> vectors, int connections, int candidates, Path folder)
      throws IOException {
    HnswIndex<Integer, float[], Row, Float> index =
        HnswIndex.<float[], Float>newBuilder(
                vectors.get(0).length, VectorUtil::squareDistance, vectors.size())
            .withM(connections)
            .withEfConstruction(candidates)
            .build();
    for (int row = 0; row < vectors.size(); row++) {
      index.add(new Row(row, vectors.get(row)));
    }
    index.save(folder.resolve(FILE));
  }

  @Override
  public Index open(List<float[]> vectors, Path folder) throws IOException {
    HnswIndex<Integer, float[], Row, Float> index = HnswIndex.load(folder.resolve(FILE));
    long bytes = Files.size(folder.resolve(FILE));
    // What a search looks at is a setting of the whole index.
    return new Index() {
      @Override
      public int[] nearest(float[] query, int count, int looked) {
        if (index.getEf() != looked) {
          index.setEf(looked);
        }
        return index.findNearest(query, count).stream()
            .map(SearchResult::item)
            .mapToInt(Row::id)
            .toArray();
      }

      @Override
      public long bytes() {
        return bytes;
      }

      @Override
      public void close() {
        // Nothing but memory.
      }
    };
  }
}
