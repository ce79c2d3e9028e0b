package org.seesong.knn;

import java.io.IOException;
import org.apache.lucene.codecs.KnnVectorsReader;
import org.apache.lucene.codecs.hnsw.FlatVectorsReader;
import org.apache.lucene.index.ByteVectorValues;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.search.AcceptDocs;
import org.apache.lucene.search.KnnCollector;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.hnsw.RandomVectorScorer;

/**
 * What a reader of vectors inherits in Lucene 10: full vectors, and searches of bytes by comparing.
 */
abstract class LuceneVectorsReader extends KnnVectorsReader {
  final FlatVectorsReader flat;

  LuceneVectorsReader(FlatVectorsReader flat) {
    this.flat = flat;
  }

  /** Memory of what is loaded beside what the full vectors take. */
  abstract long loadedBytes();

  /** Searches as Lucene 9 asks for it. */
  abstract void search(String field, float[] target, KnnCollector collector, Bits accepted)
      throws IOException;

  private static Bits bits(AcceptDocs documents) throws IOException {
    return documents == null ? null : documents.bits();
  }

  @Override
  public final void search(
      String field, float[] target, KnnCollector collector, AcceptDocs documents)
      throws IOException {
    search(field, target, collector, bits(documents));
  }

  @Override
  public final void search(
      String field, byte[] target, KnnCollector collector, AcceptDocs documents)
      throws IOException {
    Bits accepted = bits(documents);
    ByteVectorValues vectors = flat.getByteVectorValues(field);
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
