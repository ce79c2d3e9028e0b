package org.seesong.query;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.lucene.index.IndexableField;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.search.Query;
import org.seesong.index.CatalogueIndex;
import org.seesong.index.IndexLayout;
import org.seesong.knn.NearestVectors;
import org.seesong.knn.Neighbour;
import org.seesong.query.SongSelector.Agreement;
import org.seesong.query.SongSelector.Candidate;
import org.seesong.query.SongSelector.Pick;
import org.seesong.vector.FloatVector;

/**
 * Finds songs near places of the network and shares out the answer's places among these. Safe for
 * any number of threads.
 */
final class HopTwo {
  private final CatalogueIndex index;
  private final NearestVectors songs;

  HopTwo(CatalogueIndex index, NearestVectors songs) {
    this.index = index;
    this.songs = songs;
  }

  /** What places agree on: their weighted mean; and who is nearest of them. */
  record Middle(float[] vector, String nearestPicture) {}

  /**
   * A song of the answer, and the number of the place that brought it or the consensus; its network
   * vector is empty where the sharing did not need it.
   */
  record Found(int place, int document, double distance, FloatVector vector) {}

  /** Asks for deeper lists until the answer is full or there is hardly a song left to ask for. */
  List<Found> songs(
      List<float[]> places,
      Optional<Middle> consensus,
      TwoHopOptions options,
      Optional<Query> filter)
      throws IOException {
    SongSelector merger = new SongSelector(options.songs(), options.sharing());
    if (places.isEmpty()) {
      return List.of();
    }
    Agreement agreement =
        consensus
            .map(middle -> new Agreement(new FloatVector(middle.vector()), middle.nearestPicture()))
            .orElse(Agreement.NONE);
    Optional<Middle> leader = merger.asksConsensus() ? consensus : Optional.empty();
    Map<String, Integer> documents = new HashMap<>();
    List<Found> found = new ArrayList<>();
    for (Pick pick :
        merger.answer(
            agreement,
            places.size() + (leader.isPresent() ? 1 : 0),
            depth ->
                lists(
                    nearest(places, leader, depth, options, filter),
                    places.size(),
                    options.sharing(),
                    documents))) {
      Candidate song = pick.song();
      int document = documents.get(song.songId());
      found.add(new Found(pick.picture(), document, song.distance(), song.networkVector()));
    }
    return found;
  }

  /** The nearest of each place and then of the consensus. */
  private List<List<Neighbour>> nearest(
      List<float[]> places,
      Optional<Middle> consensus,
      int depth,
      TwoHopOptions options,
      Optional<Query> filter)
      throws IOException {
    List<float[]> targets = new ArrayList<>(places);
    consensus.ifPresent(middle -> targets.add(middle.vector()));
    int candidates = options.candidatesFor(songs.numbers() * targets.size());
    return songs.nearest(targets, depth, candidates, filter);
  }

  /** Candidates, and by the way the documents they are in. */
  private SongSelector.Lists lists(
      List<List<Neighbour>> nearest,
      int places,
      SelectionOptions sharing,
      Map<String, Integer> documents)
      throws IOException {
    Map<Integer, FloatVector> vectors = sharing.looksAtVectors() ? vectors(nearest) : Map.of();
    Map<Integer, Long> contentKeys =
        sharing.allVersions()
            ? Map.of()
            : Versions.keys(
                index.reader(),
                nearest.stream().flatMap(List::stream).map(Neighbour::document).toList());
    Map<Integer, String> artists = new HashMap<>();
    StoredFields stored = index.reader().storedFields();
    List<List<Candidate>> lists = new ArrayList<>(nearest.size());
    for (List<Neighbour> list : nearest) {
      List<Candidate> candidates = new ArrayList<>(list.size());
      for (Neighbour song : list) {
        documents.put(song.documentId(), song.document());
        String artist = artists.get(song.document());
        if (artist == null) {
          artist = sharing.maxPerArtist() > 0 ? artist(stored, song.document()) : "";
          artists.put(song.document(), artist);
        }
        FloatVector vector = vectors.getOrDefault(song.document(), FloatVector.empty());
        long contentKey = contentKeys.getOrDefault(song.document(), 0L);
        candidates.add(
            new Candidate(song.documentId(), song.distance(), artist, vector, contentKey));
      }
      lists.add(candidates);
    }
    return new SongSelector.Lists(
        lists.size() > places ? lists.get(places) : List.of(), lists.subList(0, places));
  }

  private Map<Integer, FloatVector> vectors(List<List<Neighbour>> nearest) throws IOException {
    List<Integer> documents =
        nearest.stream().flatMap(List::stream).map(Neighbour::document).toList();
    return CatalogueIndex.vectorsAt(index.reader(), IndexLayout.SONG_NETWORK_VECTOR, documents);
  }

  private static String artist(StoredFields stored, int document) throws IOException {
    IndexableField field =
        stored
            .document(document, Set.of(IndexLayout.SONG_ARTIST))
            .getField(IndexLayout.SONG_ARTIST);
    return field == null ? "" : field.stringValue();
  }
}
