package org.seesong.query;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.IndexableField;
import org.apache.lucene.search.Query;
import org.seesong.index.DocumentValues;
import org.seesong.index.IndexLayout;
import org.seesong.knn.KnnSearcher;
import org.seesong.knn.Neighbour;
import org.seesong.select.Centroid;
import org.seesong.select.SelectionOptions;
import org.seesong.select.SongSelector;
import org.seesong.select.SongSelector.Candidate;
import org.seesong.select.SongSelector.Pick;
import org.seesong.vector.FloatVector;

/** Finds songs near graph embeddings and selects an answer. Safe for any number of threads. */
record HopTwo(IndexReader reader, KnnSearcher songs) {
  /** A song of the answer and its document. */
  record Found(Pick pick, int document) {}

  /** Which songs may have a place, by document. */
  @FunctionalInterface
  interface Deserving {
    /** All songs. */
    Deserving ALL = document -> true;

    boolean test(int document) throws IOException;

    private boolean testUnchecked(int document) {
      try {
        return test(document);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /**
   * Selects songs.
   *
   * @param origins graph embeddings that songs are near to, such as the pictures'
   * @param deserving which documents of songs may have a place
   */
  List<Found> select(
      List<float[]> origins,
      Centroid centroid,
      TwoHopOptions options,
      Optional<Query> filter,
      Deserving deserving)
      throws IOException {
    if (origins.isEmpty()) {
      return List.of();
    }
    int candidates = options.candidatesFor(songs.numbers() * origins.size());
    Map<String, Integer> documents = new HashMap<>();
    SongSelector selector =
        new SongSelector(
            options.songs(),
            options.selection(),
            song -> deserving.testUnchecked(documents.get(song.songId())));
    List<Pick> picks;
    try {
      picks =
          selector.select(
              centroid,
              origins.size(),
              depth ->
                  lists(
                      songs.nearest(origins, depth, candidates, filter),
                      options.selection(),
                      documents));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return picks.stream()
        .map(pick -> new Found(pick, documents.get(pick.song().songId())))
        .toList();
  }

  /** Candidates with what their selection needs; notes the document of each. */
  List<List<Candidate>> lists(
      List<List<Neighbour>> nearest, SelectionOptions selection, Map<String, Integer> documents)
      throws IOException {
    nearest.forEach(
        list -> list.forEach(song -> documents.put(song.documentId(), song.document())));
    Map<Integer, FloatVector> vectors =
        selection.coverage() > 0
            ? DocumentValues.vectors(reader, IndexLayout.SONG_GRAPH_EMBEDDING, documents.values())
            : Map.of();
    Map<Integer, Long> contentKeys = DocumentValues.contentKeys(reader, documents.values());
    Map<Integer, String> artists = artists(selection, documents);
    List<List<Candidate>> lists = new ArrayList<>(nearest.size());
    for (List<Neighbour> list : nearest) {
      lists.add(
          list.stream()
              .map(
                  song ->
                      new Candidate(
                          song.documentId(),
                          song.distance(),
                          artists.getOrDefault(song.document(), ""),
                          vectors.getOrDefault(song.document(), FloatVector.empty()),
                          contentKeys.getOrDefault(song.document(), 0L)))
              .toList());
    }
    return lists;
  }

  private Map<Integer, String> artists(SelectionOptions selection, Map<String, Integer> documents)
      throws IOException {
    Map<Integer, String> artists = new HashMap<>();
    if (selection.maxPerArtist() > 0) {
      for (int document : documents.values()) {
        IndexableField field =
            reader
                .storedFields()
                .document(document, Set.of(IndexLayout.SONG_ARTIST))
                .getField(IndexLayout.SONG_ARTIST);
        artists.put(document, field == null ? "" : field.stringValue());
      }
    }
    return artists;
  }
}
