package org.seesong.solr;

import java.io.IOException;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.SolrException.ErrorCode;
import org.apache.solr.common.params.ModifiableSolrParams;
import org.apache.solr.common.util.NamedList;
import org.seesong.solr.HopExchange.Answers;
import org.seesong.vector.VectorSpace;

/** Looks up vectors of documents, on whatever shard they are. For one request. */
record IndexedVectors(HopExchange exchange, String collection, Deadline deadline) {
  /**
   * A vector of a document.
   *
   * @param parameter where the id comes from, for messages
   * @param id of a document
   * @param network whether it is its place in the network, rather than what it looks like
   */
  TwoHops.Target get(String parameter, String id, boolean network) throws IOException {
    ModifiableSolrParams hop = new ModifiableSolrParams();
    hop.set(HopParams.HOP, HopParams.VECTOR);
    hop.set(HopParams.ID, id);
    hop.set(HopParams.NETWORK, network);
    Answers answers = exchange.ask(collection, hop, deadline);
    for (NamedList<Object> shard : answers.shards()) {
      if (shard.get(ShardHops.VECTOR) instanceof byte[] bytes && bytes.length > 0) {
        return new TwoHops.Target(HopParams.vector(bytes), space(shard));
      }
    }
    if (answers.partial()) {
      throw new SolrException(
          ErrorCode.SERVICE_UNAVAILABLE, "'" + id + "' was not found, but not all shards answered");
    }
    throw new SolrException(
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
