package org.seesong.push;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.apache.solr.client.solrj.SolrRequest;
import org.apache.solr.client.solrj.SolrServerException;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.params.ModifiableSolrParams;
import org.seesong.index.CatalogueIndex;
import org.seesong.index.IndexLayout;
import org.seesong.vector.FloatVector;

/** Asks Solr whether what it holds is what the catalogue holds. */
final class PushCheck {
  /** Times that too few documents are counted again, some seconds in all. */
  private static final int RECOUNTS = 3;

  /** Vectors of each kind that are compared, bit by bit. */
  private static final int SAMPLE = 50;

  /** Ids that one request looks for. */
  private static final int PAGE = 1000;

  /** Missing documents that a message names. */
  private static final int NAMED = 5;

  private final CatalogueIndex index;
  private final Cloud cloud;
  private final Generation generation;

  PushCheck(CatalogueIndex index, Cloud cloud, Generation generation) {
    this.index = index;
    this.cloud = cloud;
    this.generation = generation;
  }

  /** Which of some ids a collection holds, committed or not. */
  static Set<String> present(SolrNodes nodes, String collection, List<String> ids)
      throws IOException {
    Set<String> present = new HashSet<>();
    if (ids.isEmpty()) {
      return present;
    }
    ModifiableSolrParams params = new ModifiableSolrParams();
    // Not "ids", which Solr splits at commas.
    params.set("id", ids.toArray(String[]::new));
    params.set("fl", IndexLayout.ID);
    JsonNode reply = nodes.post("/" + collection + "/get", params);
    reply
        .path("response")
        .path("docs")
        .forEach(found -> present.add(found.path(IndexLayout.ID).asText()));
    // Solr answers a single id in another form.
    JsonNode one = reply.path("doc").path(IndexLayout.ID);
    if (one.isTextual()) {
      present.add(one.asText());
    }
    return present;
  }

  /** Makes all that was sent visible. */
  void commit() throws IOException {
    for (String collection : generation.collections()) {
      ModifiableSolrParams params = new ModifiableSolrParams();
      params.set("commit", true);
      params.set("waitSearcher", true);
      params.set("openSearcher", true);
      cloud.nodes().order("/" + collection + "/update", params);
    }
  }

  /**
   * Looks for every document of the catalogue, and compares counts of the collections and of each
   * of their replicas. Documents that others added may stay; equal counts alone would hide that one
   * took the place of a lost one.
   */
  void documents(long songs, long pictures, PushListener listener) throws IOException {
    require(generation.songs(), IndexLayout.SONG, songs, listener);
    require(generation.pictures(), IndexLayout.PICTURE, pictures, listener);
    if (generation.twoCollections()) {
      long lost = count(generation.songs(), IndexLayout.PICTURE);
      if (lost > 0) {
        listener.message(
            String.format(
                Locale.ROOT,
                "no search looks for pictures in collection %s, which holds %,d; send pictures to"
                    + " %s",
                generation.songs(),
                lost,
                generation.picturesAlias()));
      }
    }
    for (String collection : generation.collections()) {
      Optional<ShardRoutes> routes = ShardRoutes.of(cloud.state(collection));
      if (routes.isPresent()) {
        for (ShardRoutes.Shard shard : routes.get().shards()) {
          replicas(collection, shard);
        }
      }
    }
  }

  private long count(String collection, String kind) throws IOException {
    ModifiableSolrParams params = new ModifiableSolrParams();
    params.set("q", "{!term f=" + IndexLayout.KIND + "}" + kind);
    params.set("rows", 0);
    return found(cloud.nodes().get("/" + collection + "/select", params));
  }

  private void require(String collection, String kind, long expected, PushListener listener)
      throws IOException {
    if (expected > 0) {
      requireAll(collection, kind, expected);
    }
    long counted = count(collection, kind);
    // A replica that became the leader a moment ago may not show yet what it holds.
    Backoff backoff = cloud.nodes().backoff().split();
    for (int retry = 1; counted < expected && retry <= RECOUNTS; retry++) {
      backoff.pause(retry);
      commit();
      counted = count(collection, kind);
    }
    if (counted > expected) {
      listener.message(
          String.format(
              Locale.ROOT,
              "collection %s holds more than the catalogue, added by others: %,d of kind %s; they"
                  + " stay there, but the next state of the catalogue comes without them",
              collection,
              counted - expected,
              kind));
    } else if (counted < expected) {
      throw new PushException(
          String.format(
              Locale.ROOT,
              "searches of collection '%s' find %d %ss, but %s has %d; readers still get what they"
                  + " had. Push again to add what is missing",
              collection,
              counted,
              kind,
              index.folder(),
              expected));
    }
  }

  /** Requires that a collection holds all of the catalogue's documents of a kind. */
  private void requireAll(String collection, String kind, long expected) throws IOException {
    SolrDocuments documents = new SolrDocuments(index);
    LiveDocuments live = new LiveDocuments(index.reader());
    int size = index.reader().maxDoc();
    long missing = 0;
    Set<String> named = new LinkedHashSet<>();
    Set<String> page = new LinkedHashSet<>();
    for (int document = 0; document < size; document++) {
      if (live.isLive(document)) {
        SolrDocuments.Head head = documents.head(document);
        if (head.kind().equals(kind)) {
          page.add(head.id());
        }
      }
      if (page.size() == PAGE || document == size - 1) {
        page.removeAll(present(cloud.nodes(), collection, List.copyOf(page)));
        missing += page.size();
        page.stream().limit(NAMED - named.size()).forEach(named::add);
        page.clear();
      }
    }
    if (missing > 0) {
      throw new PushException(
          String.format(
              Locale.ROOT,
              "collection '%s' lacks %d of the %d %ss of %s: %s%s; readers still get what they"
                  + " had. Push again to add what is missing",
              collection,
              missing,
              expected,
              kind,
              index.folder(),
              String.join(", ", named),
              missing > named.size() ? ", ..." : ""));
    }
  }

  private static long found(JsonNode reply) {
    return reply.path("response").path("numFound").asLong(-1);
  }

  /** Followers that copy segments come a little later, so they are asked a few times. */
  private void replicas(String collection, ShardRoutes.Shard shard) throws IOException {
    Backoff backoff = cloud.nodes().backoff().split();
    for (int retry = 0; ; retry++) {
      Set<Long> counts = new HashSet<>();
      for (ShardRoutes.Core core : shard.cores()) {
        count(core).ifPresent(counts::add);
      }
      if (counts.size() <= 1) {
        return;
      }
      if (retry >= backoff.retries()) {
        throw new PushException(
            String.format(
                Locale.ROOT,
                "replicas of %s of collection '%s' hold different numbers of documents: %s;"
                    + " readers still get what they had",
                shard.name(),
                collection,
                counts));
      }
      backoff.pause(retry + 1);
    }
  }

  /** Nothing if the node cannot be reached from here. */
  Optional<Long> count(ShardRoutes.Core core) throws PushException {
    ModifiableSolrParams params = new ModifiableSolrParams();
    params.set("q", "*:*");
    params.set("rows", 0);
    params.set("distrib", false);
    try {
      return Optional.of(
          found(
              cloud
                  .nodes()
                  .once(
                      core.node(),
                      SolrNodes.request(
                          SolrRequest.METHOD.GET, "/" + core.name() + "/select", params),
                      null)));
    } catch (SolrServerException | IOException | SolrException e) {
      if (SolrTrouble.isUnreachable(e)) {
        return Optional.empty();
      }
      throw SolrTrouble.toPushException(e, core.node(), cloud.nodes().target());
    }
  }

  /** Compares vectors of documents of some kinds; the catalogue's id chooses. Returns how many. */
  int vectors(Set<String> kinds) throws IOException {
    SplittableRandom random = new SplittableRandom(Long.parseLong(generation.id(), 16));
    int compared = 0;
    for (int document : sample(random)) {
      SolrDocuments.Head head = new SolrDocuments(index).head(document);
      if (!kinds.contains(head.kind())) {
        continue;
      }
      if (head.kind().equals(IndexLayout.PICTURE)) {
        visual(head, document);
        stored(generation.pictures(), head, IndexLayout.PICTURE_GRAPH_EMBEDDING, document);
      } else {
        stored(generation.songs(), head, IndexLayout.SONG_GRAPH_EMBEDDING, document);
        if (index.metadata().textSpace().isPresent()) {
          stored(generation.songs(), head, IndexLayout.SONG_TEXT_EMBEDDING, document);
        }
      }
      compared++;
    }
    return compared;
  }

  private List<Integer> sample(SplittableRandom random) throws IOException {
    List<Integer> songs = new ArrayList<>();
    List<Integer> pictures = new ArrayList<>();
    LiveDocuments live = new LiveDocuments(index.reader());
    int size = index.reader().maxDoc();
    SolrDocuments documents = new SolrDocuments(index);
    // Twenty tries for each are plenty unless a kind is rare, and then its count was compared.
    for (int i = 0; i < 20 * SAMPLE && size > 0; i++) {
      int document = random.nextInt(size);
      if (live.isLive(document)) {
        List<Integer> list =
            documents.head(document).kind().equals(IndexLayout.SONG) ? songs : pictures;
        if (list.size() < SAMPLE && !list.contains(document)) {
          list.add(document);
        }
      }
    }
    songs.addAll(pictures);
    return songs;
  }

  /** Stored, so Solr can hand it back. */
  private void stored(String collection, SolrDocuments.Head head, String field, int document)
      throws IOException {
    FloatVector expected = index.vectorAt(field, document);
    ModifiableSolrParams params = new ModifiableSolrParams();
    params.set("q", "{!term f=" + IndexLayout.ID + " v=$one}");
    params.set("one", head.id());
    params.set("fl", field);
    JsonNode found = cloud.nodes().post("/" + collection + "/select", params).path("response");
    JsonNode values = found.path("docs").path(0).path(field);
    float[] vector = new float[values.size()];
    for (int i = 0; i < vector.length; i++) {
      // Solr sends stored vectors as texts or as numbers.
      vector[i] = Float.parseFloat(values.get(i).asText());
    }
    if (!Arrays.equals(vector, expected.values())) {
      throw differs(collection, head, field);
    }
  }

  /** Not stored, so the nearest picture to it, among itself alone, must be at distance 0. */
  private void visual(SolrDocuments.Head head, int document) throws IOException {
    FloatVector expected = index.vectorAt(IndexLayout.PICTURE_IMAGE_EMBEDDING, document);
    if (expected.isEmpty()) {
      return;
    }
    ModifiableSolrParams params = new ModifiableSolrParams();
    params.set(
        "q",
        "{!knn f=" + IndexLayout.PICTURE_IMAGE_EMBEDDING + " topK=1 preFilter=$only v=$vector}");
    params.set("only", "{!term f=" + IndexLayout.ID + " v=$one}");
    params.set("one", head.id());
    params.set("vector", Arrays.toString(expected.values()));
    params.set("fl", "id,score");
    params.set("rows", 1);
    String collection = generation.pictures();
    JsonNode found = cloud.nodes().post("/" + collection + "/select", params).path("response");
    // Euclidean similarity is 1 / (1 + squared distance).
    if (found.path("docs").path(0).path("score").floatValue() != 1f) {
      throw differs(collection, head, IndexLayout.PICTURE_IMAGE_EMBEDDING);
    }
  }

  private PushException differs(String collection, SolrDocuments.Head head, String field) {
    return new PushException(
        String.format(
            Locale.ROOT,
            "%s of %s in collection '%s' is not what %s has; readers still get what they had."
                + " Delete the collection and push again",
            field,
            head.id(),
            collection,
            index.folder()));
  }
}
