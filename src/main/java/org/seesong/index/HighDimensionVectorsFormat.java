package org.seesong.index;

import java.io.IOException;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.KnnVectorsReader;
import org.apache.lucene.codecs.KnnVectorsWriter;
import org.apache.lucene.index.SegmentReadState;
import org.apache.lucene.index.SegmentWriteState;
import org.seesong.vector.VectorSpace;

/**
 * Lucene's own vectors format, with room for more dimensions than Lucene lets in.
 *
 * <p>It writes and reads exactly what the delegate does, under the delegate's name; Lucene's limit
 * of 1,024 is checked only when a document is added. So an index made with it opens in any Lucene
 * that knows the delegate.
 */
final class HighDimensionVectorsFormat extends KnnVectorsFormat {
  private final KnnVectorsFormat delegate;

  HighDimensionVectorsFormat(KnnVectorsFormat delegate) {
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
    return VectorSpace.MAX_DIMENSION;
  }

  @Override
  public String toString() {
    return "HighDimensionVectorsFormat(" + delegate + ")";
  }
}
