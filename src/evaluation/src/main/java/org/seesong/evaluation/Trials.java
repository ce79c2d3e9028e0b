package org.seesong.evaluation;

import java.io.IOException;
import java.nio.file.Path;
import org.seesong.embedding.EmbeddingOptions;
import org.seesong.index.CatalogueIndex;
import org.seesong.query.SearchMode;
import org.seesong.query.TwoHopOptions;
import org.seesong.query.TwoHopSearcher;

/**
 * Makes the methods. The index of the last trial is kept, so that methods which differ in how they
 * search only are best named one after the other.
 */
final class Trials {
  private final CatalogueIndex index;
  private final Snapshot snapshot;
  private final Asked asked;
  private final TrialIndex trial;
  private final int threads;
  private CatalogueIndex open;
  private String recipe = "";

  Trials(CatalogueIndex index, Snapshot snapshot, Asked asked, Path folder, int threads) {
    this.index = index;
    this.snapshot = snapshot;
    this.asked = asked;
    this.trial = new TrialIndex(snapshot, index.metadata().imageSpace(), folder);
    this.threads = threads;
  }

  Recommender open(MethodSpec method, long seed) throws IOException, InterruptedException {
    SongTable songs = snapshot.songs();
    return switch (method.kind()) {
      case KM -> new KeywordMatching(songs, true, seed);
      case KM_RANDOM -> new KeywordMatching(songs, false, seed);
      case POP -> new Popularity(songs);
      case RANDOM -> new RandomSongs(songs, seed);
      case ORACLE -> new Oracle(songs, asked.labels());
      case INDEX -> twoHop(index, method.search());
      case LEARNED -> twoHop(learned(method, seed), method.search());
    };
  }

  private Recommender twoHop(CatalogueIndex searched, TwoHopOptions search) throws IOException {
    return new TwoHop(
        new TwoHopSearcher(searched),
        search.toBuilder().mode(SearchMode.EXACT).build(),
        asked.space(),
        asked.vectors(),
        snapshot.songs());
  }

  private CatalogueIndex learned(MethodSpec method, long seed)
      throws IOException, InterruptedException {
    EmbeddingOptions embedding = method.embedding().withSeed(seed).withThreads(threads);
    String wanted = embedding.describe() + " " + method.soft().describe();
    if (!wanted.equals(recipe)) {
      closeIndex();
      open = trial.make(embedding, method.soft());
      recipe = wanted;
    }
    return open;
  }

  private void closeIndex() throws IOException {
    if (open != null) {
      open.close();
      open = null;
    }
    recipe = "";
  }

  /** Closes and deletes what trials left. */
  void close() throws IOException {
    closeIndex();
    trial.delete();
  }
}
