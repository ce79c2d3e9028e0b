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
import org.seesong.solr.HopExchange.Answers;
import org.seesong.vector.VectorSpace;

/** Looks up vectors of documents, on whatever shards they are, all at once. For one request. */
record IndexedVectors(HopExchange exchange, String collection, Deadline deadline) {
  /**
   * A vector of each of some documents.
   *
   * @param parameter where the ids come from, for messages
   * @param ids of documents
   * @param network whether it is their place in the network, rather than what they look like
   */
  List<TwoHops.Target> get(String parameter, List<String> ids, boolean network) throws IOException {
    ModifiableSolrParams hop = new ModifiableSolrParams();
    hop.set(HopParams.HOP, HopParams.VECTOR);
    hop.set(HopParams.ID, ids.toArray(String[]::new));
    hop.set(HopParams.NETWORK, network);
    Answers answers = exchange.ask(collection, hop, deadline);
    Map<String, TwoHops.Target> found = new HashMap<>();
    for (NamedList<Object> shard : answers.shards()) {
      for (Object document : (List<?>) shard.get(ShardHops.DOCUMENTS)) {
        NamedList<?> vector = (NamedList<?>) document;
        found.put(
            (String) vector.get(ShardHops.ID),
            new TwoHops.Target(
                HopParams.vector((byte[]) vector.get(ShardHops.VECTOR)), space(vector)));
      }
    }
    List<TwoHops.Target> targets = new ArrayList<>(ids.size());
    for (String id : ids) {
      if (!found.containsKey(id)) {
        throw missing(parameter, id, network, answers.partial());
      }
      targets.add(found.get(id));
    }
    return targets;
  }

  private static SolrException missing(
      String parameter, String id, boolean network, boolean partial) {
    return partial
        ? new SolrException(
            ErrorCode.SERVICE_UNAVAILABLE,
            "'" + id + "' was not found, but not all shards answered")
        : new SolrException(
            ErrorCode.BAD_REQUEST,
            parameter
                + " names '"
                + id
                + "', but there is no such document with a "
                + (network ? "place in the network" : "picture's vector"));
  }

  static VectorSpace space(NamedList<?> shard) {
    return new VectorSpace(
        (String) shard.get(ShardHops.SPACE_ID),
        ((Number) shard.get(ShardHops.SPACE_DIMENSION)).intValue());
  }
}
