package org.seesong.push;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.solr.common.SolrInputDocument;
import org.apache.solr.common.params.CommonParams;
import org.apache.solr.common.params.ModifiableSolrParams;
import org.seesong.index.CatalogueIndex;
import org.seesong.index.IndexLayout;
import org.seesong.vector.FloatVector;

/**
 * Gives the songs of a collection that is there already their places in the network, by updates of
 * one field. Songs are the same if the collection's unique key is the song's id in the catalogue;
 * those that the collection lacks stay absent, and those that have their place already are left
 * alone, so a push that is run again sends what is missing. For one thread.
 */
final class ExistingSongs {
  /** Songs whose places are compared by one request. */
  private static final int PAGE = 500;

  private final CatalogueIndex index;
  private final Cloud cloud;
  private final SongsInto into;
  private final String key;
  private long found;
  private long present;
  private long absent;

  ExistingSongs(CatalogueIndex index, Cloud cloud, SongsInto into, String key) {
    this.index = index;
    this.cloud = cloud;
    this.into = into;
    this.key = key;
  }

  /** Songs of the catalogue that the collection has. */
  long found() {
    return found;
  }

  /** Those of them that had their place before. */
  long present() {
    return present;
  }

  /** Songs of the catalogue that the collection lacks. */
  long absent() {
    return absent;
  }

  /** Sends the places of those of some songs that do not have them yet. */
  void send(List<Integer> documents, BatchSender sender) throws IOException {
    Map<String, Integer> songs = new LinkedHashMap<>();
    for (int document : documents) {
      songs.put(index.songAt(document).id(), document);
    }
    Map<String, float[]> there = there(List.copyOf(songs.keySet()));
    long same = 0;
    for (Map.Entry<String, Integer> song : songs.entrySet()) {
      FloatVector place = index.vectorAt(IndexLayout.SONG_GRAPH_EMBEDDING, song.getValue());
      float[] old = there.get(song.getKey());
      if (old == null) {
        absent++;
      } else {
        found++;
        if (Arrays.equals(old, place.values())) {
          same++;
        } else {
          sender.add(into.collection(), update(song.getKey(), place));
        }
      }
    }
    present += same;
    sender.skip(documents.size() - songs.size() + same + songs.size() - there.size());
  }

  private SolrDocuments.Outgoing update(String id, FloatVector place) {
    SolrInputDocument fields = new SolrInputDocument();
    fields.setField(key, id);
    // Without a place there is nothing to keep of an earlier one.
    Map<String, Object> change = new HashMap<>();
    change.put("set", place.isEmpty() ? null : new Floats(place.values()));
    fields.setField(into.field(), change);
    // Only a document that exists: nothing may be made of a song that was just deleted.
    fields.setField(CommonParams.VERSION_FIELD, 1L);
    return new SolrDocuments.Outgoing(
        id, IndexLayout.SONG, fields, 100 + Float.BYTES * place.dimension());
  }

  /** The places that songs have in the collection; empty ones for those without. */
  private Map<String, float[]> there(List<String> ids) throws IOException {
    ModifiableSolrParams params = new ModifiableSolrParams();
    params.set("id", ids.toArray(String[]::new));
    params.set("fl", key, into.field());
    JsonNode reply = cloud.nodes().post("/" + into.collection() + "/get", params);
    Map<String, float[]> there = new HashMap<>();
    for (JsonNode document : reply.path("response").path("docs")) {
      there.put(document.path(key).asText(), place(document));
    }
    // Solr answers a single id in another form.
    JsonNode one = reply.path("doc");
    if (one.has(key)) {
      there.put(one.path(key).asText(), place(one));
    }
    return there;
  }

  private float[] place(JsonNode document) {
    JsonNode values = document.path(into.field());
    float[] place = new float[values.size()];
    for (int i = 0; i < place.length; i++) {
      // Solr sends stored vectors as texts or as numbers.
      place[i] = Float.parseFloat(values.get(i).asText());
    }
    return place;
  }

  /** Makes what was sent visible. */
  void commit() throws IOException {
    ModifiableSolrParams params = new ModifiableSolrParams();
    params.set("commit", true);
    cloud.nodes().order("/" + into.collection() + "/update", params);
  }

  /** Compares the places of all songs that the collection has, bit by bit; returns how many. */
  int check() throws IOException {
    SolrDocuments documents = new SolrDocuments(index);
    LiveDocuments live = new LiveDocuments(index.reader());
    int size = index.reader().maxDoc();
    int compared = 0;
    Map<String, Integer> page = new LinkedHashMap<>();
    for (int document = 0; document < size; document++) {
      if (live.isLive(document)) {
        SolrDocuments.Head head = documents.head(document);
        if (head.kind().equals(IndexLayout.SONG)) {
          page.put(IndexLayout.ownerId(head.id()), document);
        }
      }
      if (page.size() == PAGE || document == size - 1) {
        compared += check(page);
        page.clear();
      }
    }
    return compared;
  }

  private int check(Map<String, Integer> songs) throws IOException {
    if (songs.isEmpty()) {
      return 0;
    }
    Map<String, float[]> there = there(List.copyOf(songs.keySet()));
    for (Map.Entry<String, float[]> song : there.entrySet()) {
      int document = songs.get(song.getKey());
      float[] expected = index.vectorAt(IndexLayout.SONG_GRAPH_EMBEDDING, document).values();
      if (!Arrays.equals(song.getValue(), expected)) {
        throw new PushException(
            String.format(
                Locale.ROOT,
                "%s of song '%s' in collection '%s' is not what %s has; does something else write"
                    + " this field? Push again",
                into.field(),
                song.getKey(),
                into.collection(),
                index.folder()));
      }
    }
    return there.size();
  }
}
