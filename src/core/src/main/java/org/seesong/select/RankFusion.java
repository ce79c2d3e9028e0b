package org.seesong.select;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.seesong.select.SongSelector.Candidate;
import org.seesong.vector.FloatVector;

/**
 * Selects songs by words and by the centroid of pictures, as late fusion by ranks (a weighted Borda
 * count): the nearest songs of both are candidates, every candidate is compared with both, and its
 * two ranks among the candidates are added by weight. The same candidates give the same answer
 * wherever they come from. Immutable.
 *
 * @param songs songs in an answer, at least 1
 * @param maxPerArtist most songs of one artist; 0 for any number
 * @param weight of the words against the pictures, 0 to 1; read only with a centroid
 * @param centroid of the pictures; {@link Centroid#NONE} for words alone
 */
public record RankFusion(int songs, int maxPerArtist, double weight, Centroid centroid) {
  /** Squared distance of vectors of length 1 that are opposite: that of a song without one. */
  public static final float FARTHEST = 4;

  /** Nearest songs of the words that are candidates, at least. */
  private static final int WORDS_DEPTH = 1000;

  /** Nearest songs of each picture that are candidates, at least. */
  private static final int PICTURE_DEPTH = 200;

  /** Finds candidates, wherever they are. */
  @FunctionalInterface
  public interface Source {
    /**
     * The {@link #wordsDepth} nearest songs of the words and the {@link #pictureDepth} nearest ones
     * of each picture.
     *
     * @return each once, with the distance of its text embedding from the words
     */
    List<Candidate> candidates(int depth) throws IOException;
  }

  /** Songs that a source gives of the words. */
  public static int wordsDepth(int depth) {
    return Math.max(WORDS_DEPTH, depth);
  }

  /** Songs that a source gives of each picture. */
  public static int pictureDepth(int depth) {
    return Math.max(PICTURE_DEPTH, depth);
  }

  /**
   * Selects songs.
   *
   * @param pictures how many pictures gave the centroid
   * @return songs in the order of the answer, as the source gave them
   * @throws IOException if the source cannot read
   */
  public List<Candidate> select(int pictures, Source source) throws IOException {
    Map<String, Candidate> byText = new HashMap<>();
    SelectionOptions inOrder = new SelectionOptions(0, 0, maxPerArtist);
    return new SongSelector(songs, inOrder)
            .select(
                Centroid.NONE,
                pictures + 1,
                depth -> {
                  List<Candidate> candidates = source.candidates(depth);
                  byText.putAll(
                      candidates.stream()
                          .collect(Collectors.toMap(Candidate::songId, Function.identity())));
                  return List.of(ranked(candidates));
                })
            .stream()
            .map(pick -> byText.get(pick.song().songId()))
            .toList();
  }

  /** The songs at distances that order them by both. */
  private List<Candidate> ranked(List<Candidate> candidates) {
    boolean pictured = !centroid.vector().isEmpty();
    double ofWords = pictured ? weight : 1;
    double[] texts = ranks(candidates.stream().mapToDouble(Candidate::distance).toArray());
    double[] graphs = new double[texts.length];
    if (pictured) {
      for (int i = 0; i < graphs.length; i++) {
        FloatVector embedding = candidates.get(i).embedding();
        graphs[i] =
            embedding.isEmpty()
                ? Double.POSITIVE_INFINITY
                : embedding.squaredDistance(centroid.vector().values());
      }
    }
    graphs = ranks(graphs);
    List<Candidate> ranked = new ArrayList<>(graphs.length);
    for (int i = 0; i < graphs.length; i++) {
      Candidate song = candidates.get(i);
      double distance = ofWords * texts[i] + (1 - ofWords) * graphs[i];
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
