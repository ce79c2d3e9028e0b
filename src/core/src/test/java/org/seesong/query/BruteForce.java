package org.seesong.query;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.lucene.util.VectorUtil;
import org.seesong.index.PictureDocument;
import org.seesong.index.SongDocument;
import org.seesong.index.TestCatalogue;

/** The two hops as one would write them without thinking of speed. */
final class BruteForce {
  private BruteForce() {}

  /** An answer as {@code picture>song} in order. */
  static List<String> search(
      TestCatalogue catalogue,
      float[] query,
      TwoHopOptions options,
      Predicate<SongDocument> passes) {
    List<PictureDocument> pictures =
        nearest(
            catalogue.pictures(),
            picture -> distance(query, picture.imageEmbedding().values()),
            PictureDocument::id);
    List<PictureDocument> anchors = head(pictures, options.pictures());
    if (anchors.stream().allMatch(picture -> picture.graphEmbedding().isEmpty())) {
      pictures.removeIf(picture -> picture.graphEmbedding().isEmpty());
      anchors = head(pictures, options.pictures());
    }
    List<SongDocument> songs =
        catalogue.songs().stream()
            .filter(song -> !song.graphEmbedding().isEmpty())
            .filter(passes)
            .toList();
    List<String> answer = new ArrayList<>();
    Set<String> taken = new HashSet<>();
    int promised = anchors.isEmpty() ? 0 : Math.min(options.songs(), songs.size());
    while (answer.size() < promised) {
      for (PictureDocument picture : anchors) {
        if (picture.graphEmbedding().isEmpty()) {
          continue;
        }
        nearest(
                songs,
                s -> distance(picture.graphEmbedding().values(), s.graphEmbedding().values()),
                SongDocument::id)
            .stream()
            .filter(song -> answer.size() < options.songs() && !taken.contains(song.id()))
            .findFirst()
            .ifPresent(
                song -> {
                  taken.add(song.id());
                  answer.add(picture.id() + ">" + song.id());
                });
      }
    }
    return answer;
  }

  static double distance(float[] a, float[] b) {
    return Math.sqrt(VectorUtil.squareDistance(a, b));
  }

  static <T> List<T> nearest(List<T> all, Function<T, Double> distance, Function<T, String> id) {
    List<T> sorted = new ArrayList<>(all);
    sorted.sort(Comparator.comparing(distance).thenComparing(id));
    return sorted;
  }

  private static <T> List<T> head(List<T> list, int count) {
    return List.copyOf(list.subList(0, Math.min(count, list.size())));
  }
}
