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
 * Ranks songs by words and by the centroid of pictures, as late fusion by ranks (a weighted Borda
 * count): the nearest songs of both are candidates, every candidate is compared with both, and its
 * two ranks among the candidates are added by weight. Safe for any number of threads.
 */
record WordsHop(HopTwo graphs, KnnSearcher texts) {
  /** Nearest songs of the words that are candidates, at least. */
  private static final int WORDS_DEPTH = 1000;

  /** Nearest songs of each picture that are candidates, at least. */
  private static final int PICTURE_DEPTH = 200;

  /** Squared distance of vectors of length 1 that are opposite: that of a song without one. */
  private static final float FARTHEST = 4;

  /** Lets candidates have graph embeddings. */
  private static final double WITH_EMBEDDINGS = 1;

  /**
   * Selects songs.
   *
   * @param words of the index's text space
   * @param origins graph embeddings of the pictures; may be empty
   * @return songs with their Euclidean distance of text embeddings from the target
   */
  List<Found> select(
      TwoHopQuery.Words words,
      List<float[]> origins,
      Centroid centroid,
      TwoHopOptions options,
      Optional<Query> filter)
      throws IOException {
    Map<String, Integer> documents = new HashMap<>();
    Map<String, Candidate> byText = new HashMap<>();
    SelectionOptions inOrder = new SelectionOptions(0, 0, options.selection().maxPerArtist());
    List<Pick> picks =
        new SongSelector(options.songs(), inOrder)
            .select(
                Centroid.NONE,
                origins.size() + 1,
                depth -> {
                  List<Neighbour> found = candidates(words, origins, depth, options, filter);
                  List<Candidate> songs =
                      graphs
                          .lists(
                              List.of(found),
                              new SelectionOptions(WITH_EMBEDDINGS, 0, inOrder.maxPerArtist()),
                              documents)
                          .get(0);
                  songs.forEach(song -> byText.put(song.songId(), song));
                  return List.of(ranked(songs, origins.isEmpty() ? 1 : words.weight(), centroid));
                });
    return picks.stream()
        .map(pick -> pick.song().songId())
        .map(id -> new Found(new Pick(Pick.CENTROID, byText.get(id)), documents.get(id)))
        .toList();
  }

  /** The nearest songs of the words and of each picture, with their distances from the words. */
  private List<Neighbour> candidates(
      TwoHopQuery.Words words,
      List<float[]> origins,
      int depth,
      TwoHopOptions options,
      Optional<Query> filter)
      throws IOException {
    Map<Integer, Neighbour> found = new HashMap<>();
    float[] target = words.target().values();
    if (words.findsSongs()) {
      int compared = options.candidatesFor(texts.numbers());
      texts
          .nearest(List.of(target), Math.max(WORDS_DEPTH, depth), compared, filter)
          .get(0)
          .forEach(song -> found.put(song.document(), song));
    }
    if (!origins.isEmpty()) {
      KnnSearcher songs = graphs.songs();
      int compared = options.candidatesFor(songs.numbers() * origins.size());
      for (List<Neighbour> list :
          songs.nearest(origins, Math.max(PICTURE_DEPTH, depth), compared, filter)) {
        addByText(list, target, found);
      }
    }
    return List.copyOf(found.values());
  }

  /** Adds a list's songs with their distances from the words; one list, as vectors are long. */
  private void addByText(List<Neighbour> songs, float[] target, Map<Integer, Neighbour> found)
      throws IOException {
    List<Neighbour> more =
        songs.stream().filter(song -> !found.containsKey(song.document())).toList();
    Map<Integer, FloatVector> vectors =
        DocumentValues.vectors(
            graphs.reader(),
            IndexLayout.SONG_TEXT_EMBEDDING,
            more.stream().map(Neighbour::document).toList());
    for (Neighbour song : more) {
      FloatVector text = vectors.get(song.document());
      float squared = text == null ? FARTHEST : text.squaredDistance(target);
      found.put(song.document(), new Neighbour(song.document(), song.documentId(), squared));
    }
  }

  /** The songs at distances that order them by both. */
  private static List<Candidate> ranked(List<Candidate> songs, double weight, Centroid centroid) {
    double[] texts = ranks(songs.stream().mapToDouble(Candidate::distance).toArray());
    double[] graphs = new double[songs.size()];
    if (!centroid.vector().isEmpty()) {
      for (int i = 0; i < graphs.length; i++) {
        FloatVector embedding = songs.get(i).embedding();
        graphs[i] =
            embedding.isEmpty()
                ? Double.POSITIVE_INFINITY
                : embedding.squaredDistance(centroid.vector().values());
      }
    }
    graphs = ranks(graphs);
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

  /** For each distance how many are less. */
  private static double[] ranks(double[] distances) {
    double[] sorted = distances.clone();
    Arrays.sort(sorted);
    Map<Double, Integer> firsts = new HashMap<>();
    for (int i = 0; i < sorted.length; i++) {
      firsts.putIfAbsent(sorted[i], i);
    }
    return Arrays.stream(distances).map(firsts::get).toArray();
  }
}
