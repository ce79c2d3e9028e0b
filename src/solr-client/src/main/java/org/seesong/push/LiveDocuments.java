package org.seesong.push;

import java.util.List;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.util.Bits;

/** Which documents of an index are not deleted. */
final class LiveDocuments {
  private final List<LeafReaderContext> leaves;

  LiveDocuments(IndexReader reader) {
    this.leaves = reader.leaves();
  }

  boolean isLive(int document) {
    LeafReaderContext leaf = leaves.get(ReaderUtil.subIndex(document, leaves));
    Bits live = leaf.reader().getLiveDocs();
    return live == null || live.get(document - leaf.docBase);
  }
}
