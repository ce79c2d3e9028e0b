package org.seesong.knn;

import org.apache.lucene.search.KnnCollector;
import org.apache.lucene.search.knn.KnnSearchStrategy;

/** A collector of Lucene 10. */
interface SearchCollector extends KnnCollector {
  @Override
  default KnnSearchStrategy getSearchStrategy() {
    return null;
  }
}
