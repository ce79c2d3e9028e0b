package org.seesong.solr;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.solr.common.util.NamedList;
import org.apache.solr.common.util.SimpleOrderedMap;
import org.seesong.select.Confidence;
import org.seesong.solr.ShardResponses.Merged;
import org.seesong.vector.FloatVector;

/**
 * What the hops found.
 *
 * @param anchors pictures, nearest first
 * @param songs the songs of the answer, in its order
 * @param confidence how sure it is that the picture is known, if that can be told
 * @param log how it went
 */
record TwoHopResponse(
    List<Anchor> anchors, List<PickedSong> songs, OptionalDouble confidence, Log log) {
  TwoHopResponse {
    anchors = List.copyOf(anchors);
    songs = List.copyOf(songs);
  }

  /**
   * A picture, its distance from the query, its graph embedding (or none), its keywords and, if
   * wanted and there, their weights.
   */
  record Anchor(
      String id,
      double distance,
      FloatVector embedding,
      List<String> keywords,
      List<Double> weights) {
    boolean isConnected() {
      return !embedding.isEmpty();
    }

    /** The same picture at another graph embedding. */
    Anchor at(FloatVector other) {
      return new Anchor(id, distance, other, keywords, weights);
    }

    NamedList<Object> shown() {
      NamedList<Object> shown = new SimpleOrderedMap<>();
      shown.add("id", id);
      shown.add("distance", distance);
      shown.add("keywords", keywords);
      if (!isConnected()) {
        // No song is found from it.
        shown.add("connected", false);
      }
      return shown;
    }
  }

  /**
   * A song, the picture it was found from, the distance of its text embedding from the words if
   * there are any, ids of its versions if wanted, and how sure it is that it fits.
   */
  record PickedSong(
      String id,
      Optional<Origin> origin,
      OptionalDouble wordsDistance,
      List<String> versions,
      OptionalDouble confidence) {
    /**
     * The picture that a song was found from (for songs found from the centroid or by words, the
     * picture nearest to it), how far it is from that, and what keywords both carry.
     */
    record Origin(Anchor anchor, double distance, boolean centroid, List<String> keywords) {}

    List<String> keywords() {
      return origin.map(Origin::keywords).orElse(List.of());
    }

    NamedList<Object> shown(boolean withKeywords) {
      NamedList<Object> shown = new SimpleOrderedMap<>();
      origin.ifPresent(
          from -> {
            shown.add("picture", from.anchor().id());
            shown.add("pictureDistance", from.anchor().distance());
            shown.add("songDistance", from.distance());
            if (from.centroid()) {
              shown.add("centroid", true);
            }
          });
      wordsDistance.ifPresent(distance -> shown.add("wordsDistance", distance));
      confidence.ifPresent(sure -> shown.add(Confidence.OPTION, sure));
      if (withKeywords) {
        shown.add("keywords", keywords());
      }
      if (!versions.isEmpty()) {
        shown.add("versions", versions);
      }
      return shown;
    }
  }

  /** How the hops went. For one thread. */
  static final class Log {
    private boolean partialPictures;
    private boolean partialSongs;
    private final NamedList<Object> pictureShards = new SimpleOrderedMap<>();
    private final NamedList<Object> songShards = new SimpleOrderedMap<>();
    private final Set<String> warnings = new LinkedHashSet<>();
    private final Set<String> carriedByNothing = new LinkedHashSet<>();
    private List<String> answered = List.of();
    private long hopOneNanos;
    private long hopTwoNanos;

    void pictures(Merged answers) {
      partialPictures |= answers.partial();
      keep(pictureShards, answers);
    }

    void songs(Merged answers) {
      partialSongs |= answers.partial();
      answered = new ArrayList<>(answers.answered());
      keep(songShards, answers);
    }

    void versions(Merged answers) {
      partialSongs |= answers.partial();
    }

    void keywords(Merged answers, boolean ofSongs) {
      partialSongs |= ofSongs && answers.partial();
      partialPictures |= !ofSongs && answers.partial();
    }

    /** Keeps a keyword whose boost changes nothing. */
    void carriesNothing(String keyword) {
      carriedByNothing.add(keyword);
    }

    /** For each boost that changes nothing a sentence. */
    List<String> idleBoosts() {
      return carriedByNothing.stream()
          .map(
              keyword ->
                  "no picture and no song carries the keyword '"
                      + keyword
                      + "', so its boost changes nothing")
          .toList();
    }

    /** Keeps what a shard of songs says that it cannot tell. */
    void warn(NamedList<Object> shard) {
      if (shard.get(ShardSearch.NO_KEYWORDS) instanceof String warning) {
        warnings.add(warning);
      }
    }

    /** What the answer lacks and why, each once; empty if it lacks nothing. */
    Set<String> warnings() {
      return warnings;
    }

    private static void keep(NamedList<Object> shards, Merged answers) {
      shards.clear();
      shards.addAll(answers.info());
    }

    void time(long hopOne, long hopTwo) {
      hopOneNanos = hopOne;
      hopTwoNanos = hopTwo;
    }

    boolean partialPictures() {
      return partialPictures;
    }

    boolean partialSongs() {
      return partialSongs;
    }

    /** Addresses of the song shards that answered; empty if one core answered by itself. */
    List<String> answered() {
      return answered;
    }

    NamedList<Object> shards() {
      NamedList<Object> shards = new SimpleOrderedMap<>();
      shards.add("pictures", pictureShards);
      shards.add("songs", songShards);
      return shards;
    }

    NamedList<Object> times(long encodeNanos) {
      NamedList<Object> times = new SimpleOrderedMap<>();
      times.add("encode", millis(encodeNanos));
      times.add("pictures", millis(hopOneNanos));
      times.add("songs", millis(hopTwoNanos));
      return times;
    }

    private static double millis(long nanos) {
      return TimeUnit.NANOSECONDS.toMicros(nanos) / 1000.;
    }
  }
}
