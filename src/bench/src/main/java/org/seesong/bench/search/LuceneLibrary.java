package org.seesong.bench.search;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.lucene.codecs.Codec;
import org.apache.lucene.codecs.FilterCodec;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.KnnVectorsReader;
import org.apache.lucene.codecs.KnnVectorsWriter;
import org.apache.lucene.codecs.lucene99.Lucene99HnswScalarQuantizedVectorsFormat;
import org.apache.lucene.codecs.lucene99.Lucene99HnswVectorsFormat;
import org.apache.lucene.codecs.perfield.PerFieldKnnVectorsFormat;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.SegmentReadState;
import org.apache.lucene.index.SegmentWriteState;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.VectorUtil;

/**
 * Plain Lucene: its graph over full vectors, or over quantised ones with the candidates compared
 * again by the full ones.
 */
final class LuceneLibrary implements VectorLibrary {
  private static final String FIELD = "vector";
  private static final double BUFFER_MEGABYTES = 1800;

  private final int bits;

  /**
   * A layout.
   *
   * @param bits of each number in the graph's vectors: 32, 7 or 4
   */
  LuceneLibrary(int bits) {
    this.bits = bits;
  }

  static String name(int bits) {
    return "lucene-" + bits + "bit";
  }

  @Override
  public String name() {
    return name(bits);
  }

  @Override
  public void build(List<float[]> vectors, int connections, int candidates, Path folder)
      throws IOException {
    KnnVectorsFormat format =
        bits == Float.SIZE
            ? new Lucene99HnswVectorsFormat(connections, candidates)
            : new Lucene99HnswScalarQuantizedVectorsFormat(
                connections, candidates, 1, bits, bits == 4, null, null);
    Codec codec =
        new FilterCodec(Codec.getDefault().getName(), Codec.getDefault()) {
          @Override
          public KnnVectorsFormat knnVectorsFormat() {
            return new PerFieldKnnVectorsFormat() {
              @Override
              public KnnVectorsFormat getKnnVectorsFormatForField(String field) {
                return new LongVectorsFormat(format);
              }
            };
          }
        };
    IndexWriterConfig config =
        new IndexWriterConfig(null).setCodec(codec).setRAMBufferSizeMB(BUFFER_MEGABYTES);
    try (Directory directory = FSDirectory.open(folder);
        IndexWriter writer = new IndexWriter(directory, config)) {
      for (float[] vector : vectors) {
        Document document = new Document();
        document.add(new KnnFloatVectorField(FIELD, vector, VectorSimilarityFunction.EUCLIDEAN));
        writer.addDocument(document);
      }
      writer.forceMerge(1);
      writer.commit();
    }
  }

  @Override
  public Index open(List<float[]> vectors, Path folder) throws IOException {
    Directory directory = FSDirectory.open(folder);
    return new LuceneIndex(directory, DirectoryReader.open(directory));
  }

  private record LuceneIndex(Directory directory, DirectoryReader reader) implements Index {
    @Override
    public int[] nearest(float[] query, int count, int candidates) throws IOException {
      LeafReader leaf = reader.leaves().get(0).reader();
      ScoreDoc[] found =
          leaf.searchNearestVectors(FIELD, query, candidates, null, Integer.MAX_VALUE).scoreDocs;
      int[] documents = Arrays.stream(found).mapToInt(hit -> hit.doc).sorted().toArray();
      FloatVectorValues vectors = leaf.getFloatVectorValues(FIELD);
      long[] order = new long[documents.length];
      for (int i = 0; i < documents.length; i++) {
        vectors.advance(documents[i]);
        float squared = VectorUtil.squareDistance(vectors.vectorValue(), query);
        order[i] = (long) Float.floatToIntBits(squared) << Integer.SIZE | documents[i];
      }
      return Arrays.stream(order).sorted().limit(count).mapToInt(each -> (int) each).toArray();
    }

    @Override
    public long bytes() {
      try {
        long bytes = 0;
        for (String file : directory.listAll()) {
          bytes += directory.fileLength(file);
        }
        return bytes;
      } catch (IOException e) {
        return 0; // a figure for people, not worth a failure
      }
    }

    @Override
    public void close() throws IOException {
      reader.close();
      directory.close();
    }
  }

  /** Lets long vectors in. */
  private static final class LongVectorsFormat extends KnnVectorsFormat {
    private final KnnVectorsFormat delegate;

    LongVectorsFormat(KnnVectorsFormat delegate) {
      super(delegate.getName());
      this.delegate = delegate;
    }

    @Override
    public KnnVectorsWriter fieldsWriter(SegmentWriteState state) throws IOException {
      return delegate.fieldsWriter(state);
    }

    @Override
    public KnnVectorsReader fieldsReader(SegmentReadState state) throws IOException {
      return delegate.fieldsReader(state);
    }

    @Override
    public int getMaxDimensions(String fieldName) {
      return Short.MAX_VALUE;
    }
  }
}
