package org.seesong.solr;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.solr.common.params.ModifiableSolrParams;
import org.apache.solr.common.util.NamedList;
import org.seesong.query.BoostedEmbeddings;
import org.seesong.query.EmbeddingSum;
import org.seesong.query.KeywordBoost;
import org.seesong.solr.ShardResponses.Merged;
import org.seesong.vector.VectorSpace;

/** Asks all shards where the keywords of boosts lead. For one request. */
record Boosts(ShardClient shards, String pictures, Deadline deadline, TwoHopResponse.Log log) {
  /** What carries a keyword, and all: pictures, or songs. */
  private record Sums(EmbeddingSum carriers, EmbeddingSum all) {
    Optional<double[]> direction() {
      return carriers
          .mean()
          .flatMap(mean -> BoostedEmbeddings.direction(mean, all.mean().orElseThrow()));
    }
  }

  /**
   * The boosts of keywords that have a direction: that of the pictures that carry it, or of songs
   * where no picture does. Keywords that nothing carries are noted in the log.
   *
   * @param space of the pictures' graph embeddings
   */
  BoostedEmbeddings of(List<KeywordBoost> boosts, VectorSpace space) throws IOException {
    if (boosts.isEmpty()) {
      return BoostedEmbeddings.NONE;
    }
    List<String> keywords = boosts.stream().map(KeywordBoost::keyword).toList();
    Map<String, Sums> ofPictures = sums(keywords, space, false);
    List<String> others =
        keywords.stream().filter(each -> ofPictures.get(each).direction().isEmpty()).toList();
    Map<String, Sums> ofSongs = others.isEmpty() ? Map.of() : sums(others, space, true);
    others.stream()
        .filter(
            each ->
                Stream.of(ofPictures, ofSongs)
                    .allMatch(sums -> sums.get(each).carriers().count() == 0))
        .forEach(log::carriesNothing);
    return BoostedEmbeddings.of(
        boosts,
        keyword -> {
          Optional<double[]> direction = ofPictures.get(keyword).direction();
          return direction.isPresent() ? direction : ofSongs.get(keyword).direction();
        });
  }

  private Map<String, Sums> sums(List<String> keywords, VectorSpace space, boolean ofSongs)
      throws IOException {
    ModifiableSolrParams hop = new ModifiableSolrParams();
    hop.set(HopParams.HOP, HopParams.KEYWORDS);
    hop.set(HopParams.KEYWORD, keywords.toArray(String[]::new));
    hop.set(HopParams.OF_SONGS, ofSongs);
    HopParams.setSpace(hop, space);
    Merged merged = shards.ask(ofSongs ? "" : pictures, hop, deadline.part(1 / 2.));
    log.keywords(merged, ofSongs);
    EmbeddingSum all = EmbeddingSum.NONE;
    Map<String, EmbeddingSum> carriers = new HashMap<>();
    for (NamedList<Object> shard : merged.shards()) {
      all = all.plus(KeywordSums.decoded(shard.get(KeywordSums.ALL)));
      List<?> sums = (List<?>) shard.get(KeywordSums.CARRIERS);
      for (int i = 0; i < keywords.size(); i++) {
        carriers.merge(keywords.get(i), KeywordSums.decoded(sums.get(i)), EmbeddingSum::plus);
      }
    }
    Map<String, Sums> result = new HashMap<>();
    for (String keyword : keywords) {
      result.put(keyword, new Sums(carriers.getOrDefault(keyword, EmbeddingSum.NONE), all));
    }
    return result;
  }
}
