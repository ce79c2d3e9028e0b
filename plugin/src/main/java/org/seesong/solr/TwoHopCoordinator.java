package org.seesong.solr;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.solr.common.params.ModifiableSolrParams;
import org.apache.solr.common.util.NamedList;
import org.seesong.index.IndexLayout;
import org.seesong.query.BoostedEmbeddings;
import org.seesong.query.TwoHopOptions;
import org.seesong.query.TwoHopQuery;
import org.seesong.select.Centroid;
import org.seesong.select.Confidence;
import org.seesong.select.Confidence.Neighbour;
import org.seesong.select.RankFusion;
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

  /** What confidence compares songs with: pictures as they are, and as boosts weigh them. */
  private List<Neighbour> neighbours = List.of();

  private List<Neighbour> weighed = List.of();

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

  /**
   * Runs the hops.
   *
   * @param picture its point of visual space, if there is one
   * @param words of the songs' text space, if there are any
   */
  TwoHopResponse answer(Optional<Target> picture, Optional<TwoHopQuery.Words> words)
      throws IOException {
    long start = System.nanoTime();
    List<Anchor> anchors = picture.isPresent() ? anchors(picture.get()) : List.of();
    long between = System.nanoTime();
    List<Anchor> connected = anchors.stream().filter(Anchor::isConnected).toList();
    BoostedEmbeddings boosted = BoostedEmbeddings.NONE;
    if (!connected.isEmpty()) {
      boosted =
          new Boosts(shards, image.collection(), deadline, log)
              .of(image.options().boosts(), graphSpace);
      connected = moved(connected, boosted);
    }
    if (words.isPresent()) {
      List<PickedSong> picked = songs(words.get(), connected);
      log.time(between - start, System.nanoTime() - between);
      return new TwoHopResponse(anchors, picked, OptionalDouble.empty(), log);
    }
    neighbours =
        anchors.stream()
            .map(each -> Neighbour.of(each.distance(), each.keywords(), each.weights()))
            .toList();
    weighed = boosted.weigh(neighbours);
    List<PickedSong> picked = connected.isEmpty() ? List.of() : songs(connected);
    log.time(between - start, System.nanoTime() - between);
    return new TwoHopResponse(anchors, picked, known(), log);
  }

  private List<Anchor> anchors(Target target) throws IOException {
    List<Anchor> anchors = pictures(target, false);
    return anchors.isEmpty() || anchors.stream().anyMatch(Anchor::isConnected)
        ? anchors
        : pictures(target, true);
  }

  /** The pictures with embeddings moved; without those of which boosts leave no direction. */
  private static List<Anchor> moved(List<Anchor> connected, BoostedEmbeddings boosted) {
    return connected.stream()
        .map(each -> each.at(new FloatVector(boosted.move(each.embedding().values()))))
        .filter(Anchor::isConnected)
        .toList();
  }

  private OptionalDouble known() {
    return confidence.map(each -> each.ofPicture(neighbours)).orElse(OptionalDouble.empty());
  }

  private OptionalDouble confidence(SongLists.Song song) {
    return confidence.isEmpty() || song.weights().isEmpty()
        ? OptionalDouble.empty()
        : confidence
            .get()
            .ofSong(
                neighbours, weighed, Confidence.byKeyword(song.keywords(), song.weights().get()));
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

  private static Centroid centroid(List<Anchor> connected) {
    return Centroid.of(
        connected.stream()
            .map(
                anchor ->
                    new Centroid.Member(
                        IndexLayout.ownerId(anchor.id()), anchor.embedding(), anchor.distance()))
            .toList());
  }

  private List<PickedSong> songs(List<Anchor> connected) throws IOException {
    List<FloatVector> targets = connected.stream().map(Anchor::embedding).toList();
    OptionalDouble known = known();
    List<Pick> picks =
        new SongSelector(
                image.options().songs(),
                image.options().selection(),
                song ->
                    image.options().fill()
                        || Confidence.deservesPlace(known, confidence(songs.get(song.songId()))))
            .select(centroid(connected), targets.size(), depth -> lists(targets, depth));
    Map<Long, SortedSet<String>> versions = versions(picks.stream().map(Pick::song).toList());
    return picks.stream().map(pick -> song(pick, connected, versions)).toList();
  }

  /** Songs near words and near pictures, which may be none. */
  private List<PickedSong> songs(TwoHopQuery.Words words, List<Anchor> connected)
      throws IOException {
    if (!words.findsSongs() && connected.isEmpty()) {
      return List.of();
    }
    TwoHopOptions options = image.options();
    List<FloatVector> targets = connected.stream().map(Anchor::embedding).toList();
    List<Candidate> picks =
        new RankFusion(
                options.songs(),
                options.selection().maxPerArtist(),
                image.words().weight(),
                centroid(connected))
            .select(targets.size(), depth -> candidates(words, targets, depth));
    Map<Long, SortedSet<String>> versions = versions(picks);
    return picks.stream().map(pick -> song(pick, connected, versions)).toList();
  }

  /** For each key of songs the ids of its songs, if the request wants versions. */
  private Map<Long, SortedSet<String>> versions(List<Candidate> picks) throws IOException {
    ModifiableSolrParams hop = new ModifiableSolrParams();
    hop.set(HopParams.HOP, HopParams.VERSIONS);
    picks.stream()
        .map(Candidate::contentKey)
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
    ModifiableSolrParams hop = near(HopParams.SONGS, targets, depth);
    if (confidence.isPresent()) {
      hop.add(HopParams.WANT, HopParams.WEIGHTS);
    }
    if (image.options().selection().coverage() > 0) {
      hop.add(HopParams.WANT, HopParams.EMBEDDING);
    }
    return songs(hop, targets.size()).stream()
        .map(list -> nearest(list, depth).map(TwoHopCoordinator::candidate).toList())
        .toList();
  }

  /** The nearest songs of words and of each picture, with their distances from the words. */
  private List<Candidate> candidates(TwoHopQuery.Words words, List<FloatVector> targets, int depth)
      throws IOException {
    int wordsDepth = words.findsSongs() ? RankFusion.wordsDepth(depth) : 0;
    int pictureDepth = RankFusion.pictureDepth(depth);
    ModifiableSolrParams hop = near(HopParams.WORDS, targets, pictureDepth);
    hop.set(HopParams.TEXT, HopParams.encode(new Target(words.target(), words.space())));
    hop.set(HopParams.TEXT_K, wordsDepth);
    if (!targets.isEmpty()) {
      hop.add(HopParams.WANT, HopParams.EMBEDDING);
    }
    List<List<FoundSong>> found = songs(hop, targets.size() + 1);
    Map<String, Candidate> candidates = new LinkedHashMap<>();
    nearest(found.get(targets.size()), wordsDepth)
        .forEach(song -> candidates.put(song.song().id(), candidate(song)));
    for (List<FoundSong> list : found.subList(0, targets.size())) {
      nearest(list, pictureDepth)
          .map(FoundSong::song)
          .forEach(
              song ->
                  candidates.computeIfAbsent(
                      song.id(), id -> candidate(new FoundSong(song, song.text()))));
    }
    return List.copyOf(candidates.values());
  }

  /** Parameters of a hop to songs near graph embeddings, if any. */
  private ModifiableSolrParams near(String name, List<FloatVector> targets, int k) {
    ModifiableSolrParams hop = nearest(name, k);
    if (!targets.isEmpty()) {
      HopParams.setSpace(hop, graphSpace);
    }
    targets.forEach(target -> hop.add(HopParams.TARGET, HopParams.encode(target)));
    if (image.options().selection().maxPerArtist() > 0) {
      hop.add(HopParams.WANT, HopParams.ARTIST);
    }
    return hop;
  }

  /** What all shards have in each of some lists. */
  private List<List<FoundSong>> songs(ModifiableSolrParams hop, int lists) throws IOException {
    Merged merged = shards.ask("", hop, deadline.part(2 / 3.));
    log.songs(merged);
    List<List<FoundSong>> found = new ArrayList<>();
    for (int i = 0; i < lists; i++) {
      found.add(new ArrayList<>());
    }
    for (NamedList<Object> shard : merged.shards()) {
      log.warn(shard);
      addLists(SongLists.decoded(shard), found);
    }
    return found;
  }

  private void addLists(SongLists shard, List<List<FoundSong>> found) {
    shard.songs().forEach(song -> songs.put(song.id(), song));
    for (int i = 0; i < found.size(); i++) {
      for (SongLists.Near near : shard.lists().get(i)) {
        found.get(i).add(new FoundSong(shard.songs().get(near.song()), near.squared()));
      }
    }
  }

  private static Stream<FoundSong> nearest(List<FoundSong> found, int depth) {
    return found.stream().sorted(NEAREST_SONG).limit(depth);
  }

  private static Candidate candidate(FoundSong found) {
    SongLists.Song song = found.song();
    return new Candidate(
        song.id(), Math.sqrt(found.squared()), song.artist(), song.embedding(), song.contentKey());
  }

  private PickedSong song(
      Pick pick, List<Anchor> connected, Map<Long, SortedSet<String>> versions) {
    SongLists.Song song = songs.get(pick.song().songId());
    Anchor anchor;
    double distance = pick.song().distance();
    if (pick.isFromCentroid()) {
      float[] embedding = song.embedding().values();
      anchor = nearest(connected, embedding);
      distance = Math.sqrt(anchor.embedding().squaredDistance(embedding));
    } else {
      anchor = connected.get(pick.picture());
    }
    return new PickedSong(
        song.id(),
        Optional.of(
            new PickedSong.Origin(anchor, distance, pick.isFromCentroid(), shared(anchor, song))),
        OptionalDouble.empty(),
        others(song, versions),
        confidence(song));
  }

  /** A song found by words, and the picture nearest to it if there is one. */
  private PickedSong song(
      Candidate pick, List<Anchor> connected, Map<Long, SortedSet<String>> versions) {
    SongLists.Song song = songs.get(pick.songId());
    Optional<PickedSong.Origin> origin = Optional.empty();
    if (!connected.isEmpty() && !song.embedding().isEmpty()) {
      float[] embedding = song.embedding().values();
      Anchor anchor = nearest(connected, embedding);
      double distance = Math.sqrt(anchor.embedding().squaredDistance(embedding));
      origin = Optional.of(new PickedSong.Origin(anchor, distance, false, shared(anchor, song)));
    }
    return new PickedSong(
        song.id(),
        origin,
        OptionalDouble.of(pick.distance()),
        others(song, versions),
        OptionalDouble.empty());
  }

  private static Anchor nearest(List<Anchor> connected, float[] song) {
    return connected.stream()
        .min(Comparator.comparingDouble(each -> each.embedding().squaredDistance(song)))
        .orElseThrow();
  }

  /** Keywords of a song that its picture shows too, or a boost asks for. */
  private List<String> shared(Anchor anchor, SongLists.Song song) {
    Set<String> asked = new LinkedHashSet<>(anchor.keywords());
    image.options().boosts().stream()
        .filter(boost -> boost.weight() > 0)
        .forEach(boost -> asked.add(boost.keyword()));
    List<String> shared = new ArrayList<>(asked);
    shared.retainAll(new HashSet<>(song.keywords()));
    return shared;
  }

  /** Other versions of a song. */
  private static List<String> others(SongLists.Song song, Map<Long, SortedSet<String>> versions) {
    return versions.getOrDefault(song.contentKey(), Collections.emptySortedSet()).stream()
        .filter(id -> !id.equals(song.id()))
        .toList();
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
