package org.seesong.solr;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.solr.common.params.ModifiableSolrParams;
import org.apache.solr.common.util.NamedList;
import org.seesong.index.IndexLayout;
import org.seesong.query.TwoHopOptions;
import org.seesong.select.Centroid;
import org.seesong.select.Confidence;
import org.seesong.select.Confidence.Neighbour;
import org.seesong.select.SelectionOptions;
import org.seesong.select.SongSelector;
import org.seesong.select.SongSelector.Candidate;
import org.seesong.select.SongSelector.Pick;
import org.seesong.solr.ShardResponses.Merged;
import org.seesong.solr.TwoHopResponse.Anchor;
import org.seesong.solr.TwoHopResponse.PickedSong;
import org.seesong.vector.FloatVector;
import org.seesong.vector.VectorSpace;

/**
 * Runs the two hops over all shards for the node that got the request: merges shards' neighbours by
 * distance and id and selects songs by the core's {@link SongSelector}. For one request.
 */
final class TwoHopCoordinator {
  private static final Comparator<Found> NEAREST =
      Comparator.<Found>comparingDouble(found -> found.squared).thenComparing(Found::id);
  private static final Comparator<FoundSong> NEAREST_SONG =
      Comparator.<FoundSong>comparingDouble(found -> found.squared)
          .thenComparing(found -> found.song.id());

  private final ShardClient shards;
  private final ImageRequest image;
  private final Optional<Confidence> confidence;
  private final Deadline deadline;
  private final TwoHopResponse.Log log = new TwoHopResponse.Log();
  private final Map<String, SongLists.Song> songs = new HashMap<>();
  private VectorSpace graphSpace;

  TwoHopCoordinator(
      ShardClient shards, ImageRequest image, Optional<Confidence> confidence, Deadline deadline) {
    this.shards = shards;
    this.image = image;
    this.confidence = confidence;
    this.deadline = deadline;
  }

  /** A picture of some shard. */
  private record Found(String id, float squared, NamedList<?> document) {}

  /** A song of some shard. */
  private record FoundSong(SongLists.Song song, float squared) {}

  /** A query vector and its space. */
  record Target(FloatVector vector, VectorSpace space) {}

  /** The vector of a picture of the index. */
  Target indexed(String id) throws IOException {
    return new IndexedVectors(shards, image.collection(), deadline.part(1 / 2.))
        .get(ImageRequest.ID, List.of(id), false)
        .get(0);
  }

  TwoHopResponse answer(Target target) throws IOException {
    long start = System.nanoTime();
    List<Anchor> anchors = pictures(target, false);
    if (!anchors.isEmpty() && anchors.stream().noneMatch(Anchor::isConnected)) {
      anchors = pictures(target, true);
    }
    long between = System.nanoTime();
    List<Anchor> connected = anchors.stream().filter(Anchor::isConnected).toList();
    List<Neighbour> neighbours =
        anchors.stream()
            .map(each -> Neighbour.of(each.distance(), each.keywords(), each.weights()))
            .toList();
    List<PickedSong> picked = connected.isEmpty() ? List.of() : songs(connected, neighbours);
    log.time(between - start, System.nanoTime() - between);
    return new TwoHopResponse(anchors, picked, known(neighbours), log);
  }

  private OptionalDouble known(List<Neighbour> neighbours) {
    return confidence.map(each -> each.ofPicture(neighbours)).orElse(OptionalDouble.empty());
  }

  private OptionalDouble confidence(SongLists.Song song, List<Neighbour> neighbours) {
    return confidence.isEmpty() || song.weights().isEmpty()
        ? OptionalDouble.empty()
        : confidence
            .get()
            .ofSong(neighbours, Confidence.byKeyword(song.keywords(), song.weights().get()));
  }

  private List<Anchor> pictures(Target target, boolean onlyConnected) throws IOException {
    ModifiableSolrParams hop = nearest(HopParams.PICTURES, image.options().pictures());
    HopParams.setSpace(hop, target.space());
    hop.set(HopParams.TARGET, HopParams.encode(target.vector()));
    hop.set(HopParams.CONNECTED, onlyConnected);
    if (confidence.isPresent()) {
      hop.add(HopParams.WANT, HopParams.WEIGHTS);
    }
    Merged merged = shards.ask(image.collection(), hop, deadline.part(1 / 2.));
    log.pictures(merged);
    List<Found> found = new ArrayList<>();
    for (NamedList<Object> shard : merged.shards()) {
      graphSpace = IndexedVectors.space(shard);
      for (NamedList<?> document : documents(shard)) {
        float squared = ((Number) document.get(ShardSearch.DISTANCE)).floatValue();
        found.add(new Found((String) document.get(ShardSearch.ID), squared, document));
      }
    }
    found.sort(NEAREST);
    Set<String> seen = new HashSet<>();
    return found.stream()
        .filter(picture -> seen.add(picture.id()))
        .limit(image.options().pictures())
        .map(TwoHopCoordinator::anchor)
        .toList();
  }

  private static Anchor anchor(Found picture) {
    return new Anchor(
        picture.id(),
        Math.sqrt(picture.squared()),
        HopParams.vector((byte[]) picture.document().get(ShardSearch.VECTOR)),
        strings(picture.document().get(ShardSearch.KEYWORDS)),
        picture.document().get(ShardSearch.WEIGHTS) instanceof List<?> weights
            ? HopParams.doubles(weights)
            : List.of());
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

  private List<PickedSong> songs(List<Anchor> connected, List<Neighbour> neighbours)
      throws IOException {
    Centroid centroid =
        Centroid.of(
            connected.stream()
                .map(
                    anchor ->
                        new Centroid.Member(
                            IndexLayout.ownerId(anchor.id()),
                            anchor.embedding(),
                            anchor.distance()))
                .toList());
    List<FloatVector> targets = connected.stream().map(Anchor::embedding).toList();
    OptionalDouble known = known(neighbours);
    List<Pick> picks =
        new SongSelector(
                image.options().songs(),
                image.options().selection(),
                song ->
                    image.options().fill()
                        || Confidence.deservesPlace(
                            known, confidence(songs.get(song.songId()), neighbours)))
            .select(centroid, targets.size(), depth -> lists(targets, depth));
    Map<Long, SortedSet<String>> versions = versions(picks);
    return picks.stream().map(pick -> song(pick, connected, neighbours, versions)).toList();
  }

  /** For each key of songs the ids of its songs, if the request wants versions. */
  private Map<Long, SortedSet<String>> versions(List<Pick> picks) throws IOException {
    ModifiableSolrParams hop = new ModifiableSolrParams();
    hop.set(HopParams.HOP, HopParams.VERSIONS);
    picks.stream()
        .map(pick -> pick.song().contentKey())
        .filter(key -> key != 0)
        .forEach(key -> hop.add(HopParams.KEY, Long.toString(key)));
    if (!image.options().versions() || hop.get(HopParams.KEY) == null) {
      return Map.of();
    }
    Merged merged = shards.ask("", hop, deadline.part(2 / 3.));
    log.versions(merged);
    Map<Long, SortedSet<String>> versions = new HashMap<>();
    for (NamedList<Object> shard : merged.shards()) {
      for (String key : hop.getParams(HopParams.KEY)) {
        if (shard.get(key) instanceof List<?> ids) {
          versions.computeIfAbsent(Long.valueOf(key), each -> new TreeSet<>()).addAll(strings(ids));
        }
      }
    }
    return versions;
  }

  private List<List<Candidate>> lists(List<FloatVector> targets, int depth) throws IOException {
    SelectionOptions selection = image.options().selection();
    ModifiableSolrParams hop = nearest(HopParams.SONGS, depth);
    HopParams.setSpace(hop, graphSpace);
    targets.forEach(target -> hop.add(HopParams.TARGET, HopParams.encode(target)));
    if (confidence.isPresent()) {
      hop.add(HopParams.WANT, HopParams.WEIGHTS);
    }
    if (selection.maxPerArtist() > 0) {
      hop.add(HopParams.WANT, HopParams.ARTIST);
    }
    if (selection.coverage() > 0) {
      hop.add(HopParams.WANT, HopParams.EMBEDDING);
    }
    Merged merged = shards.ask("", hop, deadline.part(2 / 3.));
    log.songs(merged);
    List<List<FoundSong>> found = new ArrayList<>();
    targets.forEach(target -> found.add(new ArrayList<>()));
    for (NamedList<Object> shard : merged.shards()) {
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
    return found.stream()
        .sorted(NEAREST_SONG)
        .limit(depth)
        .map(TwoHopCoordinator::candidate)
        .toList();
  }

  private static Candidate candidate(FoundSong found) {
    SongLists.Song song = found.song();
    return new Candidate(
        song.id(), Math.sqrt(found.squared()), song.artist(), song.embedding(), song.contentKey());
  }

  private PickedSong song(
      Pick pick,
      List<Anchor> connected,
      List<Neighbour> neighbours,
      Map<Long, SortedSet<String>> versions) {
    SongLists.Song song = songs.get(pick.song().songId());
    Anchor anchor;
    double distance = pick.song().distance();
    if (pick.isFromCentroid()) {
      float[] embedding = song.embedding().values();
      anchor =
          connected.stream()
              .min(Comparator.comparingDouble(each -> each.embedding().squaredDistance(embedding)))
              .orElseThrow();
      distance = Math.sqrt(anchor.embedding().squaredDistance(embedding));
    } else {
      anchor = connected.get(pick.picture());
    }
    List<String> shared = new ArrayList<>(anchor.keywords());
    shared.retainAll(new HashSet<>(song.keywords()));
    List<String> others =
        versions.getOrDefault(song.contentKey(), Collections.emptySortedSet()).stream()
            .filter(id -> !id.equals(song.id()))
            .toList();
    return new PickedSong(
        song.id(),
        anchor,
        distance,
        pick.isFromCentroid(),
        shared,
        others,
        confidence(song, neighbours));
  }

  private static List<NamedList<?>> documents(NamedList<?> shard) {
    List<NamedList<?>> documents = new ArrayList<>();
    for (Object document : (List<?>) shard.get(ShardSearch.DOCUMENTS)) {
      documents.add((NamedList<?>) document);
    }
    return documents;
  }

  private static List<String> strings(Object list) {
    return ((List<?>) list).stream().map(Object::toString).toList();
  }
}
