package org.seesong.query;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.lucene.search.Query;
import org.seesong.index.DocumentValues;
import org.seesong.index.IndexLayout;
import org.seesong.knn.KnnSearcher;
import org.seesong.knn.Neighbour;
import org.seesong.query.HopTwo.Found;
import org.seesong.select.Centroid;
import org.seesong.select.SelectionOptions;
import org.seesong.select.SongSelector;
import org.seesong.select.SongSelector.Candidate;
import org.seesong.select.SongSelector.Pick;
import org.seesong.vector.FloatVector;

/**
 * Ranks songs by words and by the centroid of pictures, as late fusion of two searches: both give
 * candidates, every candidate is compared with both, and squared distances, standardised over the
 * candidates, are added by weight. Safe for any number of threads.
 */
record WordsHop(HopTwo graphs, KnnSearcher texts) {
  /** Nearest songs of the words that are candidates, at least. */
  private static final int WORDS_DEPTH = 200;

  /** Nearest songs of each picture that are candidates, at least. */
  private static final int PICTURE_DEPTH = 50;

  /** Squared distance of vectors of length 1 that are opposite: that of a song without one. */
  private static final float FARTHEST = 4;

  /** Lets candidates have graph embeddings. */
  private static final double WITH_EMBEDDINGS = 1;

  /**
   * Selects songs.
   *
   * @param target the words' vector, of length 1
   * @param weight of the words against the pictures, 0 to 1; without pictures words alone count
   * @param origins graph embeddings of the pictures; may be empty
   * @return songs with their Euclidean distance of text embeddings from the target
   */
  List<Found> select(
      float[] target,
      double weight,
      List<float[]> origins,
      Centroid centroid,
      TwoHopOptions options,
      Optional<Query> filter)
      throws IOException {
    Map<String, Integer> documents = new HashMap<>();
    Map<String, Candidate> byText = new HashMap<>();
    SelectionOptions inOrder = new SelectionOptions(0, options.selection().maxPerArtist());
    List<Pick> picks =
        new SongSelector(options.songs(), inOrder)
            .select(
                Centroid.NONE,
                origins.size() + 1,
                depth -> {
                  List<Neighbour> found = candidates(target, origins, depth, options, filter);
                  List<Candidate> songs =
                      graphs
                          .lists(
                              List.of(found),
                              new SelectionOptions(WITH_EMBEDDINGS, inOrder.maxPerArtist()),
                              documents)
                          .get(0);
                  songs.forEach(song -> byText.put(song.songId(), song));
                  return List.of(ranked(songs, origins.isEmpty() ? 1 : weight, centroid));
                });
    return picks.stream()
        .map(pick -> pick.song().songId())
        .map(id -> new Found(new Pick(Pick.CENTROID, byText.get(id)), documents.get(id)))
        .toList();
  }

  /** The nearest songs of the words and of each picture, with their distances from the words. */
  private List<Neighbour> candidates(
      float[] target,
      List<float[]> origins,
      int depth,
      TwoHopOptions options,
      Optional<Query> filter)
      throws IOException {
    Map<Integer, Neighbour> found = new HashMap<>();
    int compared = options.candidatesFor(texts.numbers());
    texts
        .nearest(List.of(target), Math.max(WORDS_DEPTH, depth), compared, filter)
        .get(0)
        .forEach(song -> found.put(song.document(), song));
    if (origins.isEmpty()) {
      return List.copyOf(found.values());
    }
    Map<Integer, Neighbour> more = new HashMap<>();
    KnnSearcher songs = graphs.songs();
    songs
        .nearest(
            origins,
            Math.max(PICTURE_DEPTH, depth),
            options.candidatesFor(songs.numbers() * origins.size()),
            filter)
        .forEach(list -> list.forEach(song -> more.put(song.document(), song)));
    more.keySet().removeAll(found.keySet());
    Map<Integer, FloatVector> vectors =
        DocumentValues.vectors(graphs.reader(), IndexLayout.SONG_TEXT_EMBEDDING, more.keySet());
    more.forEach(
        (document, song) -> {
          FloatVector text = vectors.get(document);
          float squared = text == null ? FARTHEST : text.squaredDistance(target);
          found.put(document, new Neighbour(document, song.documentId(), squared));
        });
    return List.copyOf(found.values());
  }

  /** The songs at distances that order them by both. */
  private static List<Candidate> ranked(List<Candidate> songs, double weight, Centroid centroid) {
    double[] texts =
        songs.stream().mapToDouble(song -> song.distance() * song.distance()).toArray();
    double[] graphs = new double[songs.size()];
    if (!centroid.vector().isEmpty()) {
      double farthest = 0;
      for (int i = 0; i < graphs.length; i++) {
        FloatVector embedding = songs.get(i).embedding();
        graphs[i] =
            embedding.isEmpty()
                ? Double.NaN
                : embedding.squaredDistance(centroid.vector().values());
        farthest = Math.max(farthest, embedding.isEmpty() ? 0 : graphs[i]);
      }
      for (int i = 0; i < graphs.length; i++) {
        graphs[i] = Double.isNaN(graphs[i]) ? farthest : graphs[i];
      }
    }
    standardise(texts);
    standardise(graphs);
    List<Candidate> ranked = new ArrayList<>(graphs.length);
    for (int i = 0; i < graphs.length; i++) {
      Candidate song = songs.get(i);
      double distance = weight * texts[i] + (1 - weight) * graphs[i];
      ranked.add(
          new Candidate(
              song.songId(), distance, song.artist(), FloatVector.empty(), song.contentKey()));
    }
    return ranked;
  }

  /** To mean 0 and variance 1; equal numbers to 0. */
  private static void standardise(double[] values) {
    double mean = Arrays.stream(values).average().orElse(0);
    double variance =
        Arrays.stream(values).map(value -> (value - mean) * (value - mean)).average().orElse(0);
    for (int i = 0; i < values.length; i++) {
      values[i] = variance == 0 ? 0 : (values[i] - mean) / Math.sqrt(variance);
    }
  }
}
