package org.seesong.knn;

import java.io.IOException;
import java.util.Optional;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.KnnVectorValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.QueryTimeout;
import org.apache.lucene.index.SegmentInfo;
import org.apache.lucene.search.AcceptDocs;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.KnnCollector;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TimeLimitingKnnCollectorManager;
import org.apache.lucene.search.TopKnnCollector;
import org.apache.lucene.search.knn.KnnSearchStrategy;
import org.apache.lucene.store.ChecksumIndexInput;
import org.apache.lucene.store.Directory;
import org.apache.lucene.util.Bits;

/**
 * A segment's vectors of one field, and whatever else Lucene 9 and 10 do in different ways: this
 * class, {@link LuceneVectorsReader} and {@link SearchCollector} are there once for each. This is
 * the one for Lucene 10.
 *
 * <p>For one thread.
 */
public final class LuceneVectors {
  private final FloatVectorValues values;
  private final KnnVectorValues.DocIndexIterator documents;

  /** Document of the first vector. */
  private final int first;

  /** Whether documents follow each other without a gap, as songs of one build mostly do. */
  private final boolean unbroken;

  private LuceneVectors(FloatVectorValues values) {
    this.values = values;
    this.documents = values.iterator();
    this.first = values.ordToDoc(0);
    this.unbroken = values.ordToDoc(values.size() - 1) - first == values.size() - 1;
  }

  /**
   * The vectors of a segment.
   *
   * @param field a field of float vectors
   * @return the vectors, empty if the segment has none in this field
   */
  public static Optional<LuceneVectors> open(LeafReader reader, String field) throws IOException {
    FloatVectorValues values = reader.getFloatVectorValues(field);
    if (values == null || values.size() == 0) {
      return Optional.empty();
    }
    return Optional.of(new LuceneVectors(values));
  }

  /** Number of vectors, of deleted documents too. */
  public int size() {
    return values.size();
  }

  /** Length of each vector. */
  public int dimension() {
    return values.dimension();
  }

  /**
   * A vector by its number.
   *
   * @param row from 0, in the order of documents
   * @return the vector, in an array that later calls may use again
   */
  public float[] vector(int row) throws IOException {
    return values.vectorValue(row);
  }

  /**
   * Whose vector it is.
   *
   * @param row the vector's number
   * @return the document's number in the segment
   */
  public int document(int row) {
    return unbroken ? first + row : values.ordToDoc(row);
  }

  /** Goes through the documents that have a vector. */
  public DocIdSetIterator documents() {
    return documents;
  }

  /**
   * The vector of the document that {@link #documents()} is at.
   *
   * @return the vector, in an array that later calls may use again
   */
  public float[] current() throws IOException {
    return values.vectorValue(documents.index());
  }

  /** Steps through vectors that can be read in turn only. */
  static VectorSource.Cursor cursor(FloatVectorValues vectors) {
    KnnVectorValues.DocIndexIterator each = vectors.iterator();
    return new VectorSource.Cursor() {
      @Override
      public boolean next() throws IOException {
        return each.nextDoc() != DocIdSetIterator.NO_MORE_DOCS;
      }

      @Override
      public float[] vector() throws IOException {
        return vectors.vectorValue(each.index());
      }
    };
  }

  /** The vectors that a format reads. */
  static LuceneVectors of(FloatVectorValues values) {
    return new LuceneVectors(values);
  }

  /** Whether the document of a vector is accepted, by the vector's number; null for all. */
  Bits acceptedRows(Bits accepted) {
    return values.getAcceptOrds(accepted);
  }

  /** Lets the field's format search a segment. */
  static void search(
      LeafReader reader, String field, float[] target, KnnCollector collector, Bits accepted)
      throws IOException {
    reader.searchNearestVectors(
        field, target, collector, AcceptDocs.fromLiveDocs(accepted, reader.maxDoc()));
  }

  /**
   * Asks Lucene's graph.
   *
   * @param field a field of float vectors that the segment has
   * @param target what is looked for
   * @param count how many, and how many candidates
   * @param accepted documents that count, null for all
   * @param timeout ends the search early, null for none; the caller checks it afterwards
   * @return documents of the segment with Lucene's scores, best first
   */
  static ScoreDoc[] nearest(
      LeafReader reader,
      String field,
      float[] target,
      int count,
      Bits accepted,
      QueryTimeout timeout)
      throws IOException {
    int most = Math.min(count, reader.getFloatVectorValues(field).size());
    KnnCollector collector =
        new TimeLimitingKnnCollectorManager(
                (limit, strategy, leaf) -> new TopKnnCollector(most, limit, strategy), timeout)
            .newCollector(Integer.MAX_VALUE, KnnSearchStrategy.Hnsw.DEFAULT, reader.getContext());
    AcceptDocs documents = AcceptDocs.fromLiveDocs(accepted, reader.maxDoc());
    reader.searchNearestVectors(field, target, collector, documents);
    return collector.topDocs().scoreDocs;
  }

  /**
   * Opens a file to be read once and its sum checked at the end.
   *
   * @return the file, to be closed by the caller
   * @throws IOException if it cannot be opened
   */
  public static ChecksumIndexInput openChecked(Directory directory, String file)
      throws IOException {
    return directory.openChecksumInput(file);
  }

  /**
   * The files that a segment keeps in one.
   *
   * @param segment in compound form
   * @return the files, to be closed by the caller
   * @throws IOException if they cannot be opened
   */
  public static Directory compound(SegmentInfo segment) throws IOException {
    return segment.getCodec().compoundFormat().getCompoundReader(segment.dir, segment);
  }
}
