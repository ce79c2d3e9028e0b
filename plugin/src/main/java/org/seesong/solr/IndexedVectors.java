package org.seesong.solr;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.SolrException.ErrorCode;
import org.apache.solr.common.params.ModifiableSolrParams;
import org.apache.solr.common.util.NamedList;
import org.seesong.solr.ShardResponses.Merged;
import org.seesong.vector.VectorSpace;

/** Looks up vectors of documents, on whatever shards they are, all at once. For one request. */
record IndexedVectors(ShardClient shards, String collection, Deadline deadline) {
  /**
   * A vector of each of some documents.
   *
   * @param parameter where the ids come from, for messages
   * @param graph whether graph embeddings are wanted rather than image embeddings
   */
  List<TwoHopCoordinator.Target> get(String parameter, List<String> ids, boolean graph)
      throws IOException {
    ModifiableSolrParams hop = new ModifiableSolrParams();
    hop.set(HopParams.HOP, HopParams.VECTOR);
    hop.set(HopParams.ID, ids.toArray(String[]::new));
    hop.set(HopParams.GRAPH, graph);
    Merged merged = shards.ask(collection, hop, deadline);
    Map<String, TwoHopCoordinator.Target> found = new HashMap<>();
    for (NamedList<Object> shard : merged.shards()) {
      for (Object document : (List<?>) shard.get(ShardSearch.DOCUMENTS)) {
        NamedList<?> vector = (NamedList<?>) document;
        found.put(
            (String) vector.get(ShardSearch.ID),
            new TwoHopCoordinator.Target(
                HopParams.vector((byte[]) vector.get(ShardSearch.VECTOR)), space(vector)));
      }
    }
    List<TwoHopCoordinator.Target> targets = new ArrayList<>(ids.size());
    for (String id : ids) {
      if (!found.containsKey(id)) {
        throw missing(parameter, id, graph, merged.partial());
      }
      targets.add(found.get(id));
    }
    return targets;
  }

  private static SolrException missing(
      String parameter, String id, boolean graph, boolean partial) {
    return partial
        ? new SolrException(
            ErrorCode.SERVICE_UNAVAILABLE,
            "'" + id + "' was not found, but not all shards answered")
        : new SolrException(
            ErrorCode.BAD_REQUEST,
            parameter
                + " names '"
                + id
                + "', but there is no such document with "
                + (graph ? "a graph embedding" : "an image embedding"));
  }

  static VectorSpace space(NamedList<?> shard) {
    return new VectorSpace(
        (String) shard.get(ShardSearch.SPACE_ID),
        ((Number) shard.get(ShardSearch.SPACE_DIMENSION)).intValue());
  }
}
