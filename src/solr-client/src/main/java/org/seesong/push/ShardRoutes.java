package org.seesong.push;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.solr.common.cloud.CompositeIdRouter;
import org.apache.solr.common.cloud.DocRouter;

/**
 * Which shard a document belongs to, and the core of that shard's leader: sent there, a document
 * travels once. Sent to any other node it arrives all the same.
 */
final class ShardRoutes {
  private final CompositeIdRouter router = new CompositeIdRouter();
  private final List<Shard> shards;

  /**
   * A shard.
   *
   * @param name as Solr calls it
   * @param range hashes of the ids that are its own
   * @param cores all that are active
   */
  record Shard(String name, DocRouter.Range range, List<Core> cores) {
    Shard {
      cores = List.copyOf(cores);
    }

    /** The leader's, if there is one just now. */
    Optional<Core> leader() {
      return cores.stream().filter(Core::leads).findFirst();
    }
  }

  /**
   * A replica on a node.
   *
   * @param node the node's address
   * @param name the core's
   * @param leads whether it takes updates for its shard
   */
  record Core(String node, String name, boolean leads) {}

  private ShardRoutes(List<Shard> shards) {
    this.shards = List.copyOf(shards);
  }

  /** Reads a collection of CLUSTERSTATUS; nothing if its router is another than Solr's usual. */
  static Optional<ShardRoutes> of(JsonNode collection) {
    if (!collection.path("router").path("name").asText().equals(CompositeIdRouter.NAME)) {
      return Optional.empty();
    }
    List<Shard> shards = new ArrayList<>();
    for (Map.Entry<String, JsonNode> entry : collection.path("shards").properties()) {
      JsonNode shard = entry.getValue();
      // A shard that was split stays in the list for a while.
      if (shard.path("state").asText().equals("active") && shard.path("range").isTextual()) {
        shards.add(shard(entry.getKey(), shard));
      }
    }
    return shards.isEmpty() ? Optional.empty() : Optional.of(new ShardRoutes(shards));
  }

  private static Shard shard(String name, JsonNode shard) {
    List<Core> cores = new ArrayList<>();
    for (JsonNode replica : shard.path("replicas")) {
      if (replica.path("state").asText().equals("active")) {
        cores.add(
            new Core(
                replica.path("base_url").asText(),
                replica.path("core").asText(),
                replica.path("leader").asText().equals("true")));
      }
    }
    DocRouter.Range range = DocRouter.DEFAULT.fromString(shard.path("range").asText());
    return new Shard(name, range, cores);
  }

  List<Shard> shards() {
    return shards;
  }

  /** The position of a document's shard among {@link #shards}. */
  int shard(String id) {
    int hash = router.sliceHash(id, null, null, null);
    for (int i = 0; i < shards.size(); i++) {
      if (shards.get(i).range().includes(hash)) {
        return i;
      }
    }
    return 0;
  }
}
