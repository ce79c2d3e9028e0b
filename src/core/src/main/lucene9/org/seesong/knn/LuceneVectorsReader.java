package org.seesong.knn;

import java.io.IOException;
import org.apache.lucene.codecs.KnnVectorsReader;
import org.apache.lucene.codecs.hnsw.FlatVectorsReader;
import org.apache.lucene.index.ByteVectorValues;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.search.KnnCollector;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.hnsw.RandomAccessVectorValues;
import org.apache.lucene.util.hnsw.RandomVectorScorer;

/**
 * What a reader of vectors inherits in Lucene 9: full vectors, and searches of bytes by comparing.
 */
abstract class LuceneVectorsReader extends KnnVectorsReader {
  final FlatVectorsReader flat;

  LuceneVectorsReader(FlatVectorsReader flat) {
    this.flat = flat;
  }

  /** Memory of what is loaded beside what the full vectors take. */
  abstract long loadedBytes();

  @Override
  public final long ramBytesUsed() {
    return flat.ramBytesUsed() + loadedBytes();
  }

  @Override
  public final void search(String field, byte[] target, KnnCollector collector, Bits accepted)
      throws IOException {
    RandomAccessVectorValues vectors = (RandomAccessVectorValues) flat.getByteVectorValues(field);
    RandomVectorScorer scorer = flat.getRandomVectorScorer(field, target);
    for (int row = 0; row < vectors.size() && !collector.earlyTerminated(); row++) {
      int document = vectors.ordToDoc(row);
      if (accepted == null || accepted.get(document)) {
        collector.incVisitedCount(1);
        collector.collect(document, scorer.score(row));
      }
    }
  }

  @Override
  public FloatVectorValues getFloatVectorValues(String field) throws IOException {
    return flat.getFloatVectorValues(field);
  }

  @Override
  public ByteVectorValues getByteVectorValues(String field) throws IOException {
    return flat.getByteVectorValues(field);
  }
}
