package org.seesong.query;

import java.io.IOException;
import java.util.Optional;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;

/** Mean vectors of documents that match queries. Safe for any number of threads. */
record EmbeddingMean(IndexSearcher searcher) {
  /** The mean, in one field, of the vectors of what a query matches; empty if nothing has one. */
  Optional<float[]> of(Query query, String field) throws IOException {
    return EmbeddingSum.of(searcher, query, field).mean();
  }
}
