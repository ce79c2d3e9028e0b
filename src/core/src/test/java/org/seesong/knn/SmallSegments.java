package org.seesong.knn;

import org.apache.lucene.codecs.KnnVectorsFormat;

/**
 * The format with clusters of segments as small as tests have, and fewer components than numbers.
 */
public final class SmallSegments {
  private SmallSegments() {}

  public static KnnVectorsFormat format() {
    return new IvfVectorsFormat(2, new QuantizerOptions(3, 3, 50));
  }
}
