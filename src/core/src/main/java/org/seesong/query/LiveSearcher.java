package org.seesong.query;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.lucene.search.ReferenceManager;
import org.apache.lucene.util.IOUtils;
import org.seesong.index.CatalogueIndex;

/**
 * Searchers over the newest commit of an index, shared and refreshed as Lucene's SearcherManager
 * does it. A refresh costs what has changed; where no searcher can be made for the new commit, the
 * one before stays in use. Safe for any number of threads.
 */
final class LiveSearcher extends ReferenceManager<TwoHopSearcher> {
  LiveSearcher(Path folder) throws IOException {
    current = searcher(CatalogueIndex.open(folder), Optional.empty());
  }

  private static TwoHopSearcher searcher(CatalogueIndex index, Optional<CatalogueIndex> before)
      throws IOException {
    try {
      index.verify(before);
      return new TwoHopSearcher(index);
    } catch (IOException | RuntimeException e) {
      IOUtils.closeWhileHandlingException(index);
      throw e;
    }
  }

  /** Makes what was committed since visible; returns whether there was anything. */
  synchronized boolean refresh() throws IOException {
    TwoHopSearcher before = current;
    maybeRefreshBlocking();
    return current != before;
  }

  @Override
  protected TwoHopSearcher refreshIfNeeded(TwoHopSearcher now) throws IOException {
    Optional<CatalogueIndex> newer = now.index().openIfChanged();
    return newer.isEmpty() ? null : searcher(newer.get(), Optional.of(now.index()));
  }

  @Override
  protected boolean tryIncRef(TwoHopSearcher searcher) {
    return searcher.index().reader().tryIncRef();
  }

  @Override
  protected void decRef(TwoHopSearcher searcher) throws IOException {
    searcher.index().reader().decRef();
  }

  @Override
  protected int getRefCount(TwoHopSearcher searcher) {
    return searcher.index().reader().getRefCount();
  }
}
