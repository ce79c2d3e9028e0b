package org.seesong.solr;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.util.VectorUtil;
import org.apache.solr.common.params.ModifiableSolrParams;
import org.apache.solr.common.util.NamedList;
import org.seesong.index.IndexLayout;
import org.seesong.query.Centroid;
import org.seesong.query.SelectionOptions;
import org.seesong.query.SongSelector;
import org.seesong.query.SongSelector.Candidate;
import org.seesong.query.SongSelector.Pick;
import org.seesong.query.TwoHopOptions;
import org.seesong.solr.HopExchange.Answers;
import org.seesong.solr.HopsAnswer.Anchor;
import org.seesong.solr.HopsAnswer.PickedSong;
import org.seesong.vector.FloatVector;
import org.seesong.vector.VectorSpace;

/**
 * The two hops over all shards, as the node that got the request sees them: it asks, merges what
 * comes back by distance and id, and lets the core's {@link SongSelector} distribute the places.
 * For one request.
 */
final class TwoHops {
  private static final Comparator<Found> NEAREST =
      Comparator.<Found>comparingDouble(found -> found.squared).thenComparing(Found::id);
  private static final Comparator<FoundSong> NEAREST_SONG =
      Comparator.<FoundSong>comparingDouble(found -> found.squared)
          .thenComparing(found -> found.song.id());

  private final HopExchange exchange;
  private final ImageRequest image;
  private final Deadline deadline;
  private final HopsAnswer.Log log = new HopsAnswer.Log();
  private final Map<String, SongLists.Song> songs = new HashMap<>();
  private VectorSpace network;

  TwoHops(HopExchange exchange, ImageRequest image, Deadline deadline) {
    this.exchange = exchange;
    this.image = image;
    this.deadline = deadline;
  }

  /** A picture of some shard. */
  private record Found(String id, float squared, NamedList<?> document) {}

  /** A song of some shard. */
  private record FoundSong(SongLists.Song song, float squared) {}

  /** A point of visual space. */
  record Target(FloatVector vector, VectorSpace space) {}

  /** The vector of a picture of the index. */
  Target indexed(String id) throws IOException {
    return new IndexedVectors(exchange, image.collection(), deadline.part(1 / 2.))
        .get(ImageRequest.ID, List.of(id), false)
        .get(0);
  }

  HopsAnswer answer(Target target) throws IOException {
    long start = System.nanoTime();
    List<Anchor> anchors = pictures(target, false);
    if (!anchors.isEmpty() && anchors.stream().noneMatch(Anchor::isConnected)) {
      anchors = pictures(target, true);
    }
    long middle = System.nanoTime();
    List<Anchor> connected = anchors.stream().filter(Anchor::isConnected).toList();
    List<PickedSong> picked = connected.isEmpty() ? List.of() : songs(connected);
    log.time(middle - start, System.nanoTime() - middle);
    return new HopsAnswer(anchors, picked, log);
  }

  private List<Anchor> pictures(Target target, boolean onlyConnected) throws IOException {
    ModifiableSolrParams hop = nearest(HopParams.PICTURES, image.options().pictures());
    HopParams.setSpace(hop, target.space());
    hop.set(HopParams.TARGET, HopParams.encode(target.vector()));
    hop.set(HopParams.CONNECTED, onlyConnected);
    Answers answers = exchange.ask(image.collection(), hop, deadline.part(1 / 2.));
    log.pictures(answers);
    List<Found> found = new ArrayList<>();
    for (NamedList<Object> shard : answers.shards()) {
      network = IndexedVectors.space(shard);
      for (NamedList<?> document : documents(shard)) {
        float squared = ((Number) document.get(ShardHops.DISTANCE)).floatValue();
        found.add(new Found((String) document.get(ShardHops.ID), squared, document));
      }
    }
    found.sort(NEAREST);
    Set<String> seen = new HashSet<>();
    return found.stream()
        .filter(picture -> seen.add(picture.id()))
        .limit(image.options().pictures())
        .map(TwoHops::anchor)
        .toList();
  }

  private static Anchor anchor(Found picture) {
    return new Anchor(
        picture.id(),
        Math.sqrt(picture.squared()),
        HopParams.vector((byte[]) picture.document().get(ShardHops.VECTOR)),
        strings(picture.document().get(ShardHops.KEYWORDS)));
  }

  private ModifiableSolrParams nearest(String hop, int k) {
    TwoHopOptions options = image.options();
    ModifiableSolrParams params = new ModifiableSolrParams();
    params.set(HopParams.HOP, hop);
    params.set(HopParams.K, k);
    params.set(HopParams.MODE, options.mode().name());
    params.set(HopParams.CANDIDATES, options.candidates());
    return params;
  }

  private List<PickedSong> songs(List<Anchor> connected) throws IOException {
    SelectionOptions sharing = image.options().sharing();
    List<FloatVector> targets = new ArrayList<>();
    connected.forEach(anchor -> targets.add(anchor.place()));
    SongSelector.Agreement agreement =
        new SongSelector.Agreement(
            Centroid.of(
                connected.stream()
                    .map(anchor -> new Centroid.Vote(anchor.place(), anchor.distance()))
                    .toList()),
            IndexLayout.ownerId(connected.get(0).id()));
    SongSelector merger = new SongSelector(image.options().songs(), sharing);
    if (merger.asksConsensus()) {
      targets.add(agreement.place());
    }
    List<Pick> picks =
        merger.answer(
            agreement,
            targets.size(),
            depth -> {
              List<List<Candidate>> lists = lists(targets, depth, merger);
              return new SongSelector.Lists(
                  lists.size() > connected.size() ? lists.get(connected.size()) : List.of(),
                  lists.subList(0, connected.size()));
            });
    return picks.stream().map(pick -> song(pick, connected)).toList();
  }

  private List<List<Candidate>> lists(List<FloatVector> targets, int depth, SongSelector merger)
      throws IOException {
    SelectionOptions sharing = image.options().sharing();
    ModifiableSolrParams hop = nearest(HopParams.SONGS, depth);
    HopParams.setSpace(hop, network);
    targets.forEach(target -> hop.add(HopParams.TARGET, HopParams.encode(target)));
    if (sharing.maxPerArtist() > 0) {
      hop.add(HopParams.WANT, HopParams.ARTIST);
    }
    if (!sharing.allVersions()) {
      hop.add(HopParams.WANT, HopParams.CONTENT_KEY);
    }
    if (merger.looksAtVectors() || merger.asksConsensus()) {
      hop.add(HopParams.WANT, HopParams.PLACE);
    }
    Answers answers = exchange.ask("", hop, deadline.part(2 / 3.));
    log.songs(answers);
    List<List<FoundSong>> found = new ArrayList<>();
    targets.forEach(target -> found.add(new ArrayList<>()));
    for (NamedList<Object> shard : answers.shards()) {
      log.warn(shard);
      addLists(SongLists.decoded(shard), found);
    }
    return found.stream().map(list -> candidates(list, depth)).toList();
  }

  private void addLists(SongLists shard, List<List<FoundSong>> found) {
    shard.songs().forEach(song -> songs.put(song.id(), song));
    for (int i = 0; i < found.size(); i++) {
      for (SongLists.Near near : shard.lists().get(i)) {
        found.get(i).add(new FoundSong(shard.songs().get(near.song()), near.squared()));
      }
    }
  }

  private static List<Candidate> candidates(List<FoundSong> found, int depth) {
    return found.stream().sorted(NEAREST_SONG).limit(depth).map(TwoHops::candidate).toList();
  }

  private static Candidate candidate(FoundSong found) {
    SongLists.Song song = found.song();
    return new Candidate(
        song.id(), Math.sqrt(found.squared()), song.artist(), song.place(), song.contentKey());
  }

  private PickedSong song(Pick pick, List<Anchor> connected) {
    SongLists.Song song = songs.get(pick.song().songId());
    Anchor anchor;
    double distance = pick.song().distance();
    boolean consensus = pick.picture() == Pick.CONSENSUS;
    if (consensus) {
      // The picture nearest to the song speaks for all.
      float[] place = song.place().values();
      anchor =
          connected.stream()
              .min(Comparator.comparingDouble(each -> squared(each, place)))
              .orElseThrow();
      distance = Math.sqrt(squared(anchor, place));
    } else {
      anchor = connected.get(pick.picture());
    }
    List<String> shared = new ArrayList<>(anchor.keywords());
    shared.retainAll(new HashSet<>(song.keywords()));
    return new PickedSong(song.id(), anchor, distance, consensus, shared);
  }

  private static double squared(Anchor anchor, float[] place) {
    return VectorUtil.squareDistance(anchor.place().values(), place);
  }

  private static List<NamedList<?>> documents(NamedList<?> shard) {
    List<NamedList<?>> documents = new ArrayList<>();
    for (Object document : (List<?>) shard.get(ShardHops.DOCUMENTS)) {
      documents.add((NamedList<?>) document);
    }
    return documents;
  }

  private static List<String> strings(Object list) {
    return ((List<?>) list).stream().map(Object::toString).toList();
  }
}
