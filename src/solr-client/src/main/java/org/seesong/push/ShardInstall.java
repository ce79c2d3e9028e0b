package org.seesong.push;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.solr.client.solrj.SolrRequest;
import org.apache.solr.client.solrj.SolrServerException;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.params.ModifiableSolrParams;
import org.apache.solr.common.util.URLUtil;
import org.seesong.index.CatalogueIndex;
import org.seesong.index.IndexLayout;

/**
 * Fills collections by files: writes a Lucene folder for each shard and lets Solr's replicas copy
 * it, by the command INSTALLSHARDDATA. A shard's folder has the name of the shard and its range of
 * hashes below the collection's, whose name holds the catalogue's id; so a folder that an earlier
 * push finished is known by its name, and used again if its files are whole.
 *
 * <p>A collection is read-only while files are installed. None that an alias stands for is touched:
 * its readers would see it change shard by shard.
 */
final class ShardInstall {
  /** Times that a replica is asked for its count, some seconds in all. */
  private static final int RECOUNTS = 3;

  /** Ids that one request looks for. */
  private static final int PAGE = 1000;

  /** Ends the name of a folder by which nodes are asked whether they see it. */
  private static final String PROBE = ".probe";

  private final CatalogueIndex index;
  private final Cloud cloud;
  private final ShardFiles files;
  private final PushOptions.Load load;
  private final PushListener listener;
  private long songs;
  private long pictures;

  ShardInstall(
      CatalogueIndex index,
      Cloud cloud,
      ShardFiles files,
      PushOptions.Load load,
      PushListener listener) {
    this.index = index;
    this.cloud = cloud;
    this.files = files;
    this.load = load;
    this.listener = listener;
  }

  /**
   * A shard and its files.
   *
   * @param collection the shard's
   * @param shard the shard
   * @param folder where its files are once they are written
   */
  record Target(String collection, ShardRoutes.Shard shard, Path folder) {}

  long songs() {
    return songs;
  }

  long pictures() {
    return pictures;
  }

  /** Refuses a folder that Solr cannot read, before anything is made. */
  void requireFolder(String version, Generation generation) throws IOException {
    if (!version.startsWith("9.")) {
      throw new PushException(
          "--shards-from writes files of Lucene 9, but this Solr is of version "
              + version
              + "; push without --shards-from");
    }
    Path folder = files.folder();
    if (!Files.isDirectory(folder) || !Files.isWritable(folder)) {
      throw new PushException(
          "--shards-from "
              + folder
              + " is no folder that can be written; make one that all nodes of Solr see under the"
              + " same path, such as a network disk's");
    }
    Path probe = folder.resolve(generation.songs() + PROBE);
    try {
      Files.createDirectories(probe.resolve("probe"));
      requireVisible(probe.getFileName().toString());
    } finally {
      ShardWriter.delete(probe);
    }
  }

  private void requireVisible(String probe) throws IOException {
    ModifiableSolrParams params = new ModifiableSolrParams();
    params.set("action", "CLUSTERSTATUS");
    JsonNode cluster = cloud.nodes().get("/admin/collections", params).path("cluster");
    String scheme = cloud.nodes().urls().get(0).replaceFirst("://.*", "");
    boolean asked = false;
    for (JsonNode node : cluster.path("live_nodes")) {
      String url = URLUtil.getBaseUrlForNodeName(node.asText(), scheme);
      if (cloud.nodes().answers(url)) {
        requireVisible(url, probe);
        asked = true;
      }
    }
    if (!asked) {
      // Nodes call each other by names that we cannot resolve.
      requireVisible(cloud.nodes().urls().get(0), probe);
    }
  }

  /**
   * Whether a node has the repository and sees what we write. Solr has no command for it, but the
   * list of backups below a folder wants both, and a folder in that folder.
   */
  private void requireVisible(String url, String probe) throws IOException {
    ModifiableSolrParams params = new ModifiableSolrParams();
    params.set("action", "LISTBACKUP");
    params.set("name", probe);
    params.set("location", files.folder().toString());
    if (!files.repository().isEmpty()) {
      params.set("repository", files.repository());
    }
    try {
      cloud
          .nodes()
          .once(url, SolrNodes.request(SolrRequest.METHOD.GET, "/admin/collections", params), null);
    } catch (SolrException e) {
      int status = SolrTrouble.status(e);
      if (status == 401 || status == 403) {
        throw SolrTrouble.toPushException(e, url, cloud.nodes().target());
      }
      throw new PushException(
          "Solr at "
              + url
              + " cannot read "
              + files.folder()
              + (files.repository().isEmpty()
                  ? " by its default backup repository: "
                  : " by the backup repository '" + files.repository() + "': ")
              + SolrTrouble.reason(e)
              + ". Every node must see the folder under the same path, be started with"
              + " -Dsolr.allowPaths="
              + files.folder()
              + " if it has a security manager, and have the repository in its solr.xml",
          e);
    } catch (SolrServerException e) {
      throw SolrTrouble.toPushException(e, url, cloud.nodes().target());
    }
  }

  /**
   * Writes and installs what is missing.
   *
   * @param resumes whether the collections may hold documents already
   */
  PushReport.Sent run(Generation generation, boolean resumes) throws IOException {
    long start = System.nanoTime();
    Map<String, ShardRoutes> routes = new LinkedHashMap<>();
    for (String collection : generation.collections()) {
      routes.put(collection, routes(collection));
    }
    if (resumes && isWhole(generation, routes)) {
      return new PushReport.Sent(
          0, songs + pictures, 0, 0, 0, Duration.ZERO, Duration.ofNanos(System.nanoTime() - start));
    }
    requireOutOfService(generation);
    List<Target> targets = targets(routes);
    ShardPass pass = new ShardPass(index, generation, routes, targets, load, listener);
    long bytes = pass.write();
    songs = pass.songs();
    pictures = pass.pictures();
    long written = System.nanoTime();
    install(generation, targets, pass.documents(), bytes);
    return new PushReport.Sent(
        songs + pictures,
        0,
        0,
        bytes,
        0,
        Duration.ofNanos(written - start),
        Duration.ofNanos(System.nanoTime() - written));
  }

  /** Refuses a collection in which Solr would write other documents than stand in the files. */
  void requireSchema(Generation generation, String collection) throws IOException {
    SolrFields.requireSchema(
        cloud, collection, new SolrDocuments(index).fields(collection.equals(generation.songs())));
  }

  /** Where a collection's documents go; refuses one whose replicas cannot all take files. */
  private ShardRoutes routes(String collection) throws IOException {
    JsonNode state = cloud.state(collection);
    Set<String> inactive = new TreeSet<>();
    for (JsonNode shard : state.path("shards")) {
      for (JsonNode replica : shard.path("replicas")) {
        if (!replica.path("state").asText().equals("active")) {
          inactive.add(replica.path("core").asText());
        }
      }
    }
    if (!inactive.isEmpty()) {
      throw new PushException(
          "replicas of collection '"
              + collection
              + "' are not active and would miss the files: "
              + String.join(", ", inactive)
              + "; push again when they are");
    }
    return ShardRoutes.of(state)
        .orElseThrow(
            () ->
                new PushException(
                    "collection '"
                        + collection
                        + "' has another router than compositeId, so nobody but Solr knows which"
                        + " shard a document belongs to; push without --shards-from"));
  }

  private void requireOutOfService(Generation generation) throws IOException {
    for (String collection : generation.collections()) {
      Optional<String> alias = cloud.reader(collection);
      if (alias.isPresent()) {
        throw new PushException(
            "collection '"
                + collection
                + "', which lacks documents of the catalogue, is what the alias '"
                + alias.get()
                + "' stands for, and files replace all that is in it; push without --shards-from to"
                + " add what is missing");
      }
    }
  }

  private List<Target> targets(Map<String, ShardRoutes> routes) {
    List<Target> targets = new ArrayList<>();
    routes.forEach(
        (collection, all) ->
            all.shards()
                .forEach(
                    shard ->
                        targets.add(
                            new Target(
                                collection,
                                shard,
                                files
                                    .folder()
                                    .resolve(collection)
                                    .resolve(shard.name() + '_' + shard.range())))));
    return targets;
  }

  /** Whether all replicas hold all documents, as after a push that was stopped at its end. */
  private boolean isWhole(Generation generation, Map<String, ShardRoutes> routes)
      throws IOException {
    for (ShardRoutes all : routes.values()) {
      for (ShardRoutes.Shard shard : all.shards()) {
        Set<Long> counts = new HashSet<>();
        for (ShardRoutes.Core core : shard.cores()) {
          new PushCheck(index, cloud, generation).count(core).ifPresent(counts::add);
        }
        if (counts.size() > 1) {
          return false;
        }
      }
    }
    return holdsAll(IndexLayout.SONG, generation.songs())
        && holdsAll(IndexLayout.PICTURE, generation.pictures());
  }

  /** Counts the documents of a kind while a collection holds them. */
  private boolean holdsAll(String kind, String collection) throws IOException {
    SolrDocuments documents = new SolrDocuments(index);
    LiveDocuments live = new LiveDocuments(index.reader());
    int size = index.reader().maxDoc();
    long held = 0;
    List<String> page = new ArrayList<>();
    for (int document = 0; document < size; document++) {
      if (live.isLive(document)) {
        SolrDocuments.Head head = documents.head(document);
        if (head.kind().equals(kind)) {
          page.add(head.id());
        }
      }
      if (page.size() == PAGE || document == size - 1) {
        if (PushCheck.present(cloud.nodes(), collection, page).size() < page.size()) {
          return false;
        }
        held += page.size();
        page.clear();
      }
    }
    songs = kind.equals(IndexLayout.SONG) ? held : songs;
    pictures = kind.equals(IndexLayout.PICTURE) ? held : pictures;
    return true;
  }

  private void install(
      Generation generation, List<Target> targets, Map<Path, Integer> documents, long bytes)
      throws IOException {
    listener.message(
        String.format(
            Locale.ROOT,
            "installing %,d bytes into %d shards of %s ...",
            bytes,
            targets.size(),
            String.join(" and ", generation.collections())));
    for (String collection : generation.collections()) {
      cloud.setReadOnly(collection, true);
    }
    Map<Target, String> tasks = new LinkedHashMap<>();
    for (Target target : targets) {
      tasks.put(
          target,
          cloud.install(
              target.collection(),
              target.shard().name(),
              target.folder().toString(),
              files.repository()));
    }
    for (Map.Entry<Target, String> task : tasks.entrySet()) {
      Target target = task.getKey();
      cloud.awaitInstalled(target.collection(), target.shard().name(), task.getValue());
      requireCount(generation, target, documents.get(target.folder()));
      listener.message("installed " + target.shard().name() + " of " + target.collection());
    }
    for (String collection : generation.collections()) {
      routes(collection);
      cloud.setReadOnly(collection, false);
    }
  }

  /** A node that does not see the folder installs an index of nothing, and calls it a success. */
  private void requireCount(Generation generation, Target target, int expected) throws IOException {
    PushCheck check = new PushCheck(index, cloud, generation);
    Backoff backoff = cloud.nodes().backoff().split();
    for (ShardRoutes.Core core : target.shard().cores()) {
      Optional<Long> counted = check.count(core);
      for (int retry = 1;
          counted.isPresent() && counted.get() != expected && retry <= RECOUNTS;
          retry++) {
        backoff.pause(retry);
        counted = check.count(core);
      }
      if (counted.isPresent() && counted.get() != expected) {
        throw new PushException(
            String.format(
                Locale.ROOT,
                "core '%s' at %s holds %d documents after it was told to copy %s, which has %d;"
                    + " does this node see the folder? Readers still get what they had; push again",
                core.name(),
                core.node(),
                counted.get(),
                target.folder(),
                expected));
      }
    }
  }

  /** Deletes the files of this generation, and what stopped pushes to the same alias left. */
  void sweep(Generation generation) throws IOException {
    List<Path> folders = new ArrayList<>();
    try (Stream<Path> all = Files.list(files.folder())) {
      all.filter(
              folder ->
                  generation.isOfThisAlias(
                      folder.getFileName().toString().replaceFirst("\\.probe$", "")))
          .filter(Files::isDirectory)
          .forEach(folders::add);
    }
    for (Path folder : folders) {
      ShardWriter.delete(folder);
    }
  }
}
