package org.seesong.push;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.solr.common.params.ModifiableSolrParams;
import org.seesong.vector.VectorSpace;

/** Orders to a SolrCloud about collections, configsets and aliases. */
final class Cloud {
  private static final String COLLECTIONS = "/admin/collections";
  private static final String CONFIGS = "/admin/configs";

  /** Property of an alias: the catalogues it stood for, newest first. */
  private static final String GENERATIONS = "seesong.generations";

  private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+).*");

  /** What Solr says of a collection that was there when it began to make it. */
  private static final String EXISTS = "collection already exists";

  private static final Duration CREATION = Duration.ofMinutes(15);

  /** Longest copy of a shard's files that is waited for. */
  private static final Duration INSTALLATION = Duration.ofHours(12);

  private final SolrNodes nodes;

  Cloud(SolrNodes nodes) {
    this.nodes = nodes;
  }

  SolrNodes nodes() {
    return nodes;
  }

  /** Refuses what is no SolrCloud of a version that we know; returns its version. */
  String requireSolrCloud() throws IOException {
    JsonNode system = nodes.get("/admin/info/system", new ModifiableSolrParams());
    String version = system.path("lucene").path("solr-spec-version").asText();
    String url = nodes.urls().get(0);
    Matcher matcher = VERSION.matcher(version);
    if (!matcher.matches()) {
      throw new PushException("what answers at " + url + " does not say which Solr it is");
    }
    if (!system.path("mode").asText().equals("solrcloud")) {
      throw new PushException(
          "Solr at "
              + url
              + " runs on its own, without ZooKeeper; a push needs SolrCloud, which"
              + " 'bin/solr start' starts unless --user-managed is given");
    }
    requireVersion(version, url);
    return version;
  }

  static void requireVersion(String version, String url) throws PushException {
    Matcher matcher = VERSION.matcher(version);
    int major = matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
    int minor = matcher.matches() ? Integer.parseInt(matcher.group(2)) : 0;
    if (major < 9 || (major == 9 && minor < 10) || major > 10) {
      throw new PushException(
          "Solr at "
              + url
              + " is of version "
              + version
              + "; Seesong's plugin and configset are for 9.10 and later of 9, and for 10");
    }
  }

  /** Names of collections, aliases apart. */
  List<String> collections() throws IOException {
    List<String> names = new ArrayList<>();
    nodes.get(COLLECTIONS, action("LIST")).path("collections").forEach(n -> names.add(n.asText()));
    return names;
  }

  /** What an alias stands for, if there is one. */
  Optional<String> alias(String alias) throws IOException {
    JsonNode target = aliases().path("aliases").path(alias);
    return target.isMissingNode() ? Optional.empty() : Optional.of(target.asText());
  }

  /** The catalogues that an alias stood for, newest first. */
  List<String> generations(String alias) throws IOException {
    String list = aliases().path("properties").path(alias).path(GENERATIONS).asText("");
    return list.isEmpty() ? List.of() : List.of(list.split(",", -1));
  }

  /** What each alias stands for; several collections are separated by commas. */
  Map<String, String> aliasTargets() throws IOException {
    Map<String, String> targets = new TreeMap<>();
    for (Map.Entry<String, JsonNode> alias : aliases().path("aliases").properties()) {
      targets.put(alias.getKey(), alias.getValue().asText());
    }
    return targets;
  }

  /** An alias that stands for a collection. */
  Optional<String> reader(String collection) throws IOException {
    return aliasTargets().entrySet().stream()
        .filter(alias -> List.of(alias.getValue().split(",", -1)).contains(collection))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private JsonNode aliases() throws IOException {
    return nodes.get(COLLECTIONS, action("LISTALIASES"));
  }

  void setAlias(Generation.Switch change) throws IOException {
    ModifiableSolrParams params = action("CREATEALIAS");
    params.set("name", change.alias());
    params.set("collections", change.collection());
    nodes.order(COLLECTIONS, params);
  }

  void setGenerations(String alias, List<String> generations) throws IOException {
    ModifiableSolrParams params = action("ALIASPROP");
    params.set("name", alias);
    params.set("property." + GENERATIONS, String.join(",", generations));
    nodes.order(COLLECTIONS, params);
  }

  /** Stores a configset; one of the same name is replaced. */
  void uploadConfigset(String name, Map<String, byte[]> files) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        zip.putNextEntry(new ZipEntry(file.getKey()));
        zip.write(file.getValue());
        zip.closeEntry();
      }
    }
    ModifiableSolrParams params = action("UPLOAD");
    params.set("name", name);
    params.set("overwrite", true);
    params.set("cleanup", true);
    nodes.upload(CONFIGS, params, bytes.toByteArray());
  }

  void deleteConfigset(String name) throws IOException {
    ModifiableSolrParams params = action("DELETE");
    params.set("name", name);
    try {
      nodes.order(CONFIGS, params);
    } catch (PushException e) {
      if (hasConfigset(name)) {
        throw e;
      }
    }
  }

  boolean hasConfigset(String name) throws IOException {
    for (JsonNode known : nodes.get(CONFIGS, action("LIST")).path("configSets")) {
      if (known.asText().equals(name)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Makes a collection. If Solr says that it failed, what there is of it is deleted; one that may
   * still be under way, or that somebody else makes, is left alone.
   */
  void create(String collection, String configset, PushOptions.Layout layout) throws IOException {
    ModifiableSolrParams params = action("CREATE");
    params.set("name", collection);
    params.set("collection.configName", configset);
    params.set("numShards", layout.shards());
    params.set("replicationFactor", layout.replicas());
    params.set("waitForFinalState", true);
    // In the background: only so Solr hands on what its nodes say when it fails.
    String task = collection + '-' + Long.toHexString(System.nanoTime());
    params.set("async", task);
    try {
      nodes.order(COLLECTIONS, params);
    } catch (PushException e) {
      // The answer may be lost while Solr is at work; asked again, it refuses a task it knows.
      if (!isKnown(task, e)) {
        throw e;
      }
    }
    JsonNode reply = await(task, CREATION, "made collection '" + collection + "'");
    if (!reply.path("status").path("state").asText().equals("completed")) {
      PushException failure = new PushException(creationFailure(collection, reply));
      if (!reply.toString().contains(EXISTS)) {
        removeFailed(collection, configset, layout, failure);
      }
      throw failure;
    }
  }

  private boolean isKnown(String task, PushException refusal) {
    try {
      String state = status(task).path("status").path("state").asText();
      return !state.isEmpty() && !state.equals("notfound");
    } catch (IOException e) {
      refusal.addSuppressed(e);
      return false;
    }
  }

  private JsonNode status(String task) throws IOException {
    ModifiableSolrParams params = action("REQUESTSTATUS");
    params.set("requestid", task);
    return nodes.get(COLLECTIONS, params);
  }

  /** What became of a task that has ended. */
  private JsonNode await(String task, Duration limit, String what) throws IOException {
    long start = System.nanoTime();
    while (true) {
      JsonNode reply = status(task);
      String state = reply.path("status").path("state").asText();
      if (!state.equals("submitted") && !state.equals("running")) {
        return reply;
      }
      if (System.nanoTime() - start > limit.toNanos()) {
        throw new PushException(
            "Solr has not "
                + what
                + " within "
                + limit.toMinutes()
                + " minutes; look at its log, and push again");
      }
      nodes.backoff().pause(1);
    }
  }

  private static String creationFailure(String collection, JsonNode reply) {
    JsonNode failure = reply.path("failure");
    String text = (failure.isMissingNode() ? reply : failure).toString();
    if (reply.toString().contains(EXISTS)) {
      return "somebody else made collection '"
          + collection
          + "' a moment ago, such as another push of this catalogue; wait for it to end and push"
          + " again";
    }
    return SolrTrouble.isMissingPlugin(text)
        ? "a node of this SolrCloud lacks the Seesong plugin ("
            + text
            + "); unzip seesong-solr into Solr's folder on every node, start the nodes with"
            + " SOLR_MODULES=seesong and push again"
        : "Solr cannot make collection '" + collection + "': " + text;
  }

  private void removeFailed(
      String collection, String configset, PushOptions.Layout layout, PushException reason) {
    try {
      if (collections().contains(collection)) {
        delete(collection);
      }
      if (layout.configset().isEmpty()) {
        deleteConfigset(configset);
      }
    } catch (IOException e) {
      reason.addSuppressed(e);
    }
  }

  /** Lets a collection take updates or not; its cores are loaded again by it. */
  void setReadOnly(String collection, boolean readOnly) throws IOException {
    ModifiableSolrParams params = action("MODIFYCOLLECTION");
    params.set("collection", collection);
    params.set("readOnly", readOnly);
    nodes.order(COLLECTIONS, params);
  }

  /** Begins to copy files into all replicas of a shard; returns the task's name. */
  String install(String collection, String shard, String location, String repository)
      throws IOException {
    ModifiableSolrParams params = action("INSTALLSHARDDATA");
    params.set("collection", collection);
    params.set("shard", shard);
    params.set("location", location);
    if (!repository.isEmpty()) {
      params.set("repository", repository);
    }
    String task = collection + '-' + shard + '-' + Long.toHexString(System.nanoTime());
    params.set("async", task);
    try {
      nodes.order(COLLECTIONS, params);
    } catch (PushException e) {
      if (!isKnown(task, e)) {
        throw e;
      }
    }
    return task;
  }

  /** Waits until all replicas of a shard have copied their files. */
  void awaitInstalled(String collection, String shard, String task) throws IOException {
    String what = "files into " + shard + " of collection '" + collection + "'";
    JsonNode reply = await(task, INSTALLATION, "copied " + what);
    if (!reply.path("status").path("state").asText().equals("completed")) {
      JsonNode failure = reply.path("failure");
      throw new PushException(
          "Solr cannot copy "
              + what
              + ": "
              + (failure.isMissingNode() ? reply : failure)
              + "; readers still get what they had. Push again to go on");
    }
  }

  void delete(String collection) throws IOException {
    ModifiableSolrParams params = action("DELETE");
    params.set("name", collection);
    try {
      nodes.order(COLLECTIONS, params);
    } catch (PushException e) {
      // Asked again because an answer was lost, Solr does not find it any more.
      if (collections().contains(collection)) {
        throw e;
      }
    }
  }

  /** Shards, replicas and router of a collection as CLUSTERSTATUS tells them. */
  JsonNode state(String collection) throws IOException {
    ModifiableSolrParams params = action("CLUSTERSTATUS");
    params.set("collection", collection);
    JsonNode cluster = nodes.get(COLLECTIONS, params).path("cluster");
    return cluster.path("collections").path(collection);
  }

  /** Refuses a collection whose vectors are of other spaces than the catalogue's, naming both. */
  void requireSpaces(String collection, Map<String, VectorSpace> fields, String catalogue)
      throws IOException {
    for (Map.Entry<String, VectorSpace> field : fields.entrySet()) {
      Optional<VectorSpace> there = space(collection, field.getKey());
      if (there.isEmpty()) {
        throw new PushException(
            String.format(
                Locale.ROOT,
                "field '%s' of collection '%s' names no vector space; make the collection from"
                    + " Seesong's configset",
                field.getKey(),
                collection));
      }
      if (!there.get().equals(field.getValue())) {
        throw new PushException(
            String.format(
                Locale.ROOT,
                "field '%s' of collection '%s' holds vectors of %s, but %s has vectors of %s; push"
                    + " into a collection of its own",
                field.getKey(),
                collection,
                there.get(),
                catalogue,
                field.getValue()));
      }
    }
  }

  /** Refuses a collection whose schema lacks fields that documents have. */
  void requireFields(String collection, Collection<String> fields) throws IOException {
    String schema = "/" + collection + "/schema";
    Set<String> patterns = new TreeSet<>();
    ModifiableSolrParams none = new ModifiableSolrParams();
    nodes
        .get(schema + "/fields", none)
        .path("fields")
        .forEach(field -> patterns.add(field.path("name").asText()));
    nodes
        .get(schema + "/dynamicfields", none)
        .path("dynamicFields")
        .forEach(field -> patterns.add(field.path("name").asText()));
    Set<String> absent = new TreeSet<>(fields);
    absent.removeIf(
        field -> patterns.stream().anyMatch(pattern -> ExistingSchema.matches(pattern, field)));
    if (!absent.isEmpty()) {
      throw new PushException(
          "the configset of collection '"
              + collection
              + "' lacks the fields "
              + absent
              + "; add them as the managed-schema.xml of Seesong's plugin has them, and push"
              + " again");
    }
  }

  /** The space that a field's type names. */
  Optional<VectorSpace> space(String collection, String field) throws IOException {
    JsonNode type =
        nodes
            .get("/" + collection + "/schema/fields/" + field, new ModifiableSolrParams())
            .path("field")
            .path("type");
    JsonNode known =
        nodes
            .get(
                "/" + collection + "/schema/fieldtypes/" + type.asText(),
                new ModifiableSolrParams())
            .path("fieldType");
    return known.path("space").isMissingNode()
        ? Optional.empty()
        : Optional.of(
            new VectorSpace(known.path("space").asText(), known.path("vectorDimension").asInt()));
  }

  private static ModifiableSolrParams action(String name) {
    ModifiableSolrParams params = new ModifiableSolrParams();
    params.set("action", name);
    return params;
  }

  /** For messages: what there is of a catalogue and where. */
  static Map<String, String> describe(Generation generation) {
    Map<String, String> names = new LinkedHashMap<>();
    generation.switches().forEach(change -> names.put(change.alias(), change.collection()));
    return names;
  }
}
