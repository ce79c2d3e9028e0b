package org.seesong.evaluation;

import java.io.IOException;
import java.nio.file.Path;
import org.seesong.embedding.EmbeddingOptions;
import org.seesong.index.CatalogueIndex;
import org.seesong.query.SearchMode;
import org.seesong.query.TwoHopOptions;
import org.seesong.query.TwoHopSearcher;

/**
 * Opens the systems. The index of the last trial stays open, so name systems that differ in their
 * search only one after the other.
 */
final class Trials implements AutoCloseable {
  private final CatalogueIndex index;
  private final Snapshot snapshot;
  private final EvaluationQueries queries;
  private final KeywordRelevance relevance;
  private final Lyrics lyrics;
  private final TrialIndex trial;
  private final int threads;
  private CatalogueIndex open;
  private SongTable counted;
  private String recipe = "";

  Trials(
      CatalogueIndex index,
      Snapshot snapshot,
      EvaluationQueries queries,
      KeywordRelevance relevance,
      Lyrics lyrics,
      Path folder,
      int threads) {
    this.index = index;
    this.snapshot = snapshot;
    this.queries = queries;
    this.relevance = relevance;
    this.lyrics = lyrics;
    this.trial = new TrialIndex(snapshot, index.metadata().imageSpace(), folder, threads);
    this.threads = threads;
  }

  Recommender open(SystemSpec system, long seed) throws IOException, InterruptedException {
    Baselines baselines = new Baselines(snapshot.songs());
    return switch (system.kind()) {
      case KM -> new Baselines(counted()).keywordMatching();
      case KM_RELEVANCE -> baselines.keywordMatching();
      case KM_RANDOM -> new Baselines(counted()).randomKeywordMatching(seed);
      case LYRICS_RANDOM -> baselines.randomByLyrics(queries.labels(), relevance, seed);
      case POP -> baselines.popularity();
      case RANDOM -> baselines.random(seed);
      case ORACLE -> baselines.oracle(queries.labels());
      case INDEX -> twoHop(index, system.search());
      case FITTED -> twoHop(fitted(system, seed), system.search());
    };
  }

  private SongTable counted() throws IOException {
    if (counted == null) {
      counted = lyrics.weigh(new TfIdf(snapshot.songs(), snapshot.keywords()));
    }
    return counted;
  }

  private Recommender twoHop(CatalogueIndex searched, TwoHopOptions search) throws IOException {
    return new TwoHopRecommender(
        new TwoHopSearcher(searched),
        search.toBuilder().mode(SearchMode.EXACT).build(),
        queries,
        snapshot.songs());
  }

  private CatalogueIndex fitted(SystemSpec system, long seed)
      throws IOException, InterruptedException {
    EmbeddingOptions embedding = system.embedding().withSeed(seed).withThreads(threads);
    String wanted = embedding.describe() + " " + system.labels().describe();
    if (!wanted.equals(recipe)) {
      closeIndex();
      open = trial.make(embedding, system.labels());
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
  @Override
  public void close() throws IOException {
    closeIndex();
    trial.delete();
  }
}
