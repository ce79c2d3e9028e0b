package org.seesong.push;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.solr.client.solrj.SolrRequest;
import org.apache.solr.client.solrj.SolrServerException;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.params.ModifiableSolrParams;
import org.seesong.index.IndexLayout;
import org.seesong.index.VectorFormat;
import org.seesong.select.Confidence;
import org.seesong.vector.VectorSpace;

/**
 * What a collection of somebody else must be like to take the places of songs: a key that the hops
 * can read, and every field kept by Solr, since an update of one field writes the document anew
 * from what is kept. Adds the vector field and the request handler where they are missing.
 */
final class ExistingSchema {
  private static final String LUKE = "/admin/luke";
  private static final String HANDLER = "/songs-by-image";
  private static final String HANDLER_CLASS = "org.seesong.solr.SongsByImageHandler";
  private static final String FIELD_CLASS = "org.seesong.solr.VectorSpaceField";

  /** What Solr keeps by itself. */
  private static final Set<String> SOLRS_OWN = Set.of("_version_", "_root_", "_nest_path_");

  private final Cloud cloud;
  private final SongsInto into;

  ExistingSchema(Cloud cloud, SongsInto into) {
    this.cloud = cloud;
    this.into = into;
  }

  /** Refuses what cannot take updates of one field; returns the name of the unique key. */
  String require() throws IOException {
    if (!cloud.collections().contains(into.collection())) {
      throw new PushException(
          "there is no collection '"
              + into.collection()
              + "' to push songs into (an alias will not do: name what it stands for)");
    }
    JsonNode state = cloud.state(into.collection());
    String key = get("/schema/uniquekey").path("uniqueKey").asText();
    JsonNode field = field(key);
    if (!field.path("docValues").asBoolean() && !field.path("uninvertible").asBoolean()) {
      throw new PushException(
          "field '"
              + key
              + "' of collection '"
              + into.collection()
              + "' needs docValues=\"true\" or uninvertible=\"true\", for the search reads ids");
    }
    Set<String> lost = lost(state);
    if (!lost.isEmpty()) {
      throw new PushException(
          "collection '"
              + into.collection()
              + "' does not keep the values of "
              + lost
              + " (neither stored nor in docValues), so adding a field to its documents would lose"
              + " them; store them and index again, or send '"
              + into.field()
              + "' with the documents from where they come");
    }
    return key;
  }

  private JsonNode get(String path) throws IOException {
    ModifiableSolrParams params = new ModifiableSolrParams();
    params.set("showDefaults", true);
    params.set("includeDynamic", true);
    return cloud.nodes().get("/" + into.collection() + path, params);
  }

  private JsonNode field(String name) throws IOException {
    return get("/schema/fields/" + name).path("field");
  }

  /** Fields in use whose values Solr cannot give back. */
  private Set<String> lost(JsonNode state) throws IOException {
    Set<String> copies = new TreeSet<>();
    get("/schema/copyfields")
        .path("copyFields")
        .forEach(copy -> copies.add(copy.path("dest").asText()));
    Set<String> lost = new TreeSet<>();
    for (String name : used(state)) {
      if (!SOLRS_OWN.contains(name) && copies.stream().noneMatch(copy -> matches(copy, name))) {
        JsonNode field = field(name);
        boolean inDocValues =
            field.path("docValues").asBoolean()
                && field.path("useDocValuesAsStored").asBoolean(true);
        if (!inDocValues) {
          lost.add(name);
        }
      }
    }
    return lost;
  }

  /** Whether a name is that of a field or of a dynamic field, such as {@code attribute_*}. */
  static boolean matches(String pattern, String name) {
    return pattern.startsWith("*")
        ? name.endsWith(pattern.substring(1))
        : pattern.endsWith("*")
            ? name.startsWith(pattern.substring(0, pattern.length() - 1))
            : name.equals(pattern);
  }

  /** Names of fields that documents of any shard have and that are not stored. */
  private Set<String> used(JsonNode state) throws IOException {
    List<ShardRoutes.Core> leaders = new ArrayList<>();
    ShardRoutes.of(state)
        .ifPresent(
            routes -> routes.shards().forEach(shard -> shard.leader().ifPresent(leaders::add)));
    ModifiableSolrParams params = new ModifiableSolrParams();
    params.set("numTerms", 0);
    Set<String> names = new TreeSet<>();
    for (ShardRoutes.Core leader : leaders) {
      add(luke(leader, params), names);
    }
    // Some shard, where leaders cannot be reached from here.
    add(cloud.nodes().get("/" + into.collection() + LUKE, params), names);
    return names;
  }

  private JsonNode luke(ShardRoutes.Core leader, ModifiableSolrParams params) throws PushException {
    try {
      return cloud
          .nodes()
          .once(
              leader.node(),
              SolrNodes.request(SolrRequest.METHOD.GET, "/" + leader.name() + LUKE, params),
              null);
    } catch (SolrServerException | IOException | SolrException e) {
      if (SolrTrouble.isUnreachable(e)) {
        return MissingNode.getInstance();
      }
      throw SolrTrouble.toPushException(e, leader.node(), cloud.nodes().target());
    }
  }

  private static void add(JsonNode luke, Set<String> names) {
    for (Map.Entry<String, JsonNode> field : luke.path("fields").properties()) {
      if (field.getValue().path("schema").asText().indexOf('S') < 0) {
        names.add(field.getKey());
      }
    }
  }

  /** Makes the vector field unless it is there; refuses one of another space. */
  void requireField(VectorSpace network, String catalogue, PushListener listener)
      throws IOException {
    JsonNode fields = get("/schema/fields").path("fields");
    boolean known = false;
    for (JsonNode field : fields) {
      known |= field.path("name").asText().equals(into.field());
    }
    if (!known) {
      addField(network);
      listener.message("added field " + into.field() + " to collection " + into.collection());
    }
    Optional<VectorSpace> there = cloud.space(into.collection(), into.field());
    if (there.isEmpty() || !there.get().equals(network)) {
      throw new PushException(
          String.format(
              Locale.ROOT,
              "field '%s' of collection '%s' holds %s, but %s has places of %s; give another field"
                  + " with --song-field",
              into.field(),
              into.collection(),
              there.map(space -> "vectors of " + space).orElse("no vectors of a named space"),
              catalogue,
              network));
    }
  }

  private void addField(VectorSpace network) throws IOException {
    String type = into.field() + "_space";
    ObjectNode order = JsonNodeFactory.instance.objectNode();
    order
        .putObject("add-field-type")
        .put("name", type)
        .put("class", FIELD_CLASS)
        .put("space", network.id())
        .put("vectorDimension", Integer.toString(network.dimension()))
        .put("similarityFunction", "euclidean")
        .put("hnswMaxConnections", Integer.toString(VectorFormat.CONNECTIONS))
        .put("hnswBeamWidth", Integer.toString(VectorFormat.CANDIDATES));
    // Stored, so that other updates of the documents keep it.
    order
        .putObject("add-field")
        .put("name", into.field())
        .put("type", type)
        .put("indexed", true)
        .put("stored", true);
    cloud.nodes().postJson("/" + into.collection() + "/schema", order);
  }

  /** Makes the request handler unless it is there; says what to do if it is another's. */
  void requireHandler(String pictures, String encoder, String confidence, PushListener listener)
      throws IOException {
    // All of them: asked for one that is not there, Solr fails.
    JsonNode known =
        get("/config/requestHandler").path("config").path("requestHandler").path(HANDLER);
    if (known.isObject()) {
      String collection = known.path("defaults").path("image.collection").asText();
      String field =
          known.path("fields").path("songNetworkVector").asText(IndexLayout.SONG_GRAPH_EMBEDDING);
      String told = known.path(Confidence.OPTION).asText();
      if (!collection.equals(pictures) || !field.equals(into.field()) || !told.equals(confidence)) {
        listener.message(
            String.format(
                Locale.ROOT,
                "handler %s of collection %s was left as it is: it asks pictures of '%s' and songs"
                    + " by '%s' with confidence '%s'; this catalogue is image.collection=%s,"
                    + " songNetworkVector=%s and confidence=%s",
                HANDLER,
                into.collection(),
                collection,
                field,
                told,
                pictures,
                into.field(),
                confidence));
      }
      return;
    }
    ObjectNode order = JsonNodeFactory.instance.objectNode();
    ObjectNode handler =
        order
            .putObject("add-requesthandler")
            .put("name", HANDLER)
            .put("class", HANDLER_CLASS)
            .put("encoder", encoder)
            .put(Confidence.OPTION, confidence);
    handler.putObject("fields").put("songNetworkVector", into.field());
    handler
        .putObject("defaults")
        .put("image.collection", pictures)
        .put("shards.preference", "replica.location:local");
    cloud.nodes().postJson("/" + into.collection() + "/config", order);
    listener.message("added handler " + HANDLER + " to collection " + into.collection());
  }
}
