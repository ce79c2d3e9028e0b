package org.seesong.query;

import java.io.IOException;
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
import org.seesong.select.RankFusion;
import org.seesong.select.SelectionOptions;
import org.seesong.select.SongSelector.Pick;
import org.seesong.vector.FloatVector;

/**
 * Finds songs near words and near pictures, and selects an answer by {@link RankFusion}. Safe for
 * any number of threads.
 */
record WordsHop(HopTwo graphs, KnnSearcher texts) {
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
    int maxPerArtist = options.selection().maxPerArtist();
    SelectionOptions wanted = new SelectionOptions(WITH_EMBEDDINGS, 0, maxPerArtist);
    return new RankFusion(options.songs(), maxPerArtist, words.weight(), centroid)
            .select(
                origins.size(),
                depth ->
                    graphs
                        .lists(
                            List.of(candidates(words, origins, depth, options, filter)),
                            wanted,
                            documents)
                        .get(0))
            .stream()
            .map(song -> new Found(new Pick(Pick.CENTROID, song), documents.get(song.songId())))
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
          .nearest(List.of(target), RankFusion.wordsDepth(depth), compared, filter)
          .get(0)
          .forEach(song -> found.put(song.document(), song));
    }
    if (!origins.isEmpty()) {
      KnnSearcher songs = graphs.songs();
      int compared = options.candidatesFor(songs.numbers() * origins.size());
      for (List<Neighbour> list :
          songs.nearest(origins, RankFusion.pictureDepth(depth), compared, filter)) {
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
      float squared = text == null ? RankFusion.FARTHEST : text.squaredDistance(target);
      found.put(song.document(), new Neighbour(song.document(), song.documentId(), squared));
    }
  }
}
