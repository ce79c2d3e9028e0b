package org.seesong.bench.embed;

import java.util.Arrays;
import java.util.BitSet;
import java.util.SplittableRandom;
import org.apache.lucene.util.VectorUtil;
import org.seesong.graph.Graph;
import org.seesong.vector.FloatMatrix;

/**
 * How good the answers of a network embedding are: pictures ask for the {@value #ANSWERS} songs
 * nearest to them, by comparing with all.
 *
 * @param ties mean number of songs that share the best distance to a picture, to within a millionth
 *     of it; 1 is best
 * @param mostTies the largest such number
 * @param distinctSongs number of songs that are an answer to any of the pictures
 * @param meanWeight mean weight, over all answers, of the edge between the song and the picture's
 *     strongest keyword, 0 where there is none
 * @param keywordShare share of answers that hold the picture's strongest keyword
 * @param answers songs for each picture asked, in the order asked
 */
public record EmbeddingQuality(
    double ties,
    int mostTies,
    int distinctSongs,
    double meanWeight,
    double keywordShare,
    int[][] answers) {
  /** Songs asked for. */
  public static final int ANSWERS = 10;

  /** Queries come from here, whatever the seed of the training, so that all are asked the same. */
  private static final long QUERY_SEED = 20_180_808;

  /**
   * Asks with pictures drawn at random, always the same for a graph.
   *
   * @param graph the network
   * @param vectors a row a vertex
   * @param queries how many pictures to ask with, at least 1
   * @return the judgement; over no pictures if none has an edge
   */
  public static EmbeddingQuality of(Graph graph, FloatMatrix vectors, int queries) {
    float[][] songs = new float[graph.songs()][];
    for (int song = 0; song < songs.length; song++) {
      songs[song] = graph.isIsolated(song) ? null : vectors.row(song);
    }
    Tally tally = new Tally();
    int[] pictures = pictures(graph, queries);
    int[][] answers = new int[pictures.length][];
    for (int q = 0; q < pictures.length; q++) {
      float[] distances = distances(vectors.row(pictures[q]), songs);
      answers[q] = nearest(distances);
      tally.add(graph, strongest(graph, pictures[q]), answers[q], distances);
    }
    double answered = Math.max(1, tally.answers);
    return new EmbeddingQuality(
        tally.ties / Math.max(1.0, pictures.length),
        tally.mostTies,
        tally.songs.cardinality(),
        tally.weights / answered,
        tally.carrying / answered,
        answers);
  }

  private static final class Tally {
    private final BitSet songs = new BitSet();
    private long ties;
    private int mostTies;
    private double weights;
    private long carrying;
    private long answers;

    void add(Graph graph, int keyword, int[] nearest, float[] distances) {
      for (int song : nearest) {
        float weight = weight(graph, song, keyword);
        weights += weight;
        carrying += weight > 0 ? 1 : 0;
        answers++;
        songs.set(song);
      }
      if (nearest.length == 0) {
        return;
      }
      float bound = distances[nearest[0]] * (1 + 1e-6f) + 1e-12f;
      int tied = 0;
      for (float distance : distances) {
        tied += distance <= bound ? 1 : 0;
      }
      ties += tied;
      mostTies = Math.max(mostTies, tied);
    }
  }

  /**
   * The share of answers that two trainings have in common.
   *
   * @param other answers to the same pictures
   * @return 0 to 1
   */
  public double overlap(EmbeddingQuality other) {
    long common = 0;
    long all = 0;
    for (int q = 0; q < answers.length; q++) {
      BitSet first = new BitSet();
      Arrays.stream(answers[q]).forEach(first::set);
      common += Arrays.stream(other.answers[q]).filter(first::get).count();
      all += answers[q].length;
    }
    return all == 0 ? 0 : (double) common / all;
  }

  private static int[] pictures(Graph graph, int queries) {
    SplittableRandom random = new SplittableRandom(QUERY_SEED);
    int[] asking = new int[graph.pictures()];
    int size = 0;
    for (int picture = 0; picture < graph.pictures(); picture++) {
      if (!graph.isIsolated(graph.pictureVertex(picture))) {
        asking[size++] = graph.pictureVertex(picture);
      }
    }
    int wanted = Math.min(queries, size);
    for (int i = 0; i < wanted; i++) {
      int other = i + random.nextInt(size - i);
      int swapped = asking[i];
      asking[i] = asking[other];
      asking[other] = swapped;
    }
    return Arrays.copyOf(asking, wanted);
  }

  private static float[] distances(float[] query, float[][] songs) {
    float[] distances = new float[songs.length];
    for (int song = 0; song < songs.length; song++) {
      distances[song] =
          songs[song] == null
              ? Float.POSITIVE_INFINITY
              : VectorUtil.squareDistance(query, songs[song]);
    }
    return distances;
  }

  /** The nearest songs, nearest first, the earlier song first among equals. */
  private static int[] nearest(float[] distances) {
    int[] best = new int[ANSWERS];
    int size = 0;
    for (int song = 0; song < distances.length; song++) {
      float distance = distances[song];
      if (distance == Float.POSITIVE_INFINITY
          || (size == ANSWERS && distance >= distances[best[size - 1]])) {
        continue;
      }
      int at = size < ANSWERS ? size++ : size - 1;
      for (; at > 0 && distances[best[at - 1]] > distance; at--) {
        best[at] = best[at - 1];
      }
      best[at] = song;
    }
    return Arrays.copyOf(best, size);
  }

  private static int strongest(Graph graph, int vertex) {
    int best = graph.rowStart(vertex);
    for (int i = best; i < graph.rowStart(vertex + 1); i++) {
      best = graph.weight(i) > graph.weight(best) ? i : best;
    }
    return graph.target(best);
  }

  private static float weight(Graph graph, int song, int keyword) {
    for (int i = graph.rowStart(song); i < graph.rowStart(song + 1); i++) {
      if (graph.target(i) == keyword) {
        return graph.weight(i);
      }
    }
    return 0;
  }
}
