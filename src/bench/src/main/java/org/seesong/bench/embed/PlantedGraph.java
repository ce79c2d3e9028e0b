package org.seesong.bench.embed;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.seesong.graph.Graph;
import org.seesong.graph.GraphBuilder;

/**
 * Makes graphs like a music catalogue's, with planted topics, from a seed.
 *
 * <p>Keywords have popularities 1 / (rank + 5); each belongs to one of {@value #TOPICS} topics. A
 * song has a topic, a skewed number of keywords, most of them from its topic, and weights that fall
 * off exponentially as TF-IDF weights do, twice as large within the topic. A picture has one
 * keyword, all keywords equally often, with the mean weight of a song's edge.
 */
public final class PlantedGraph {
  /** Mean weight of an edge. */
  public static final double MEAN_WEIGHT = 4.16;

  private static final int TOPICS = 12;

  /** Share of keywords drawn from the song's topic; repeats are then dropped. */
  private static final double WITHIN = 0.8;

  private PlantedGraph() {}

  /**
   * A graph of the size of the paper's: 62,316 songs, 72 keywords, 33,459 pictures and about
   * 313,000 edges.
   *
   * @param seed start of everything random
   * @return the graph
   */
  public static Graph paperSized(long seed) {
    return of(62_316, 72, 33_459, 4.486, seed);
  }

  /**
   * A graph of any size.
   *
   * @param songs number of songs
   * @param keywords number of keywords, at least 1
   * @param pictures number of pictures
   * @param keywordsPerSong mean number of keywords of a song, 1 to a third of {@code keywords}
   * @param seed start of everything random
   * @return the graph
   */
  public static Graph of(int songs, int keywords, int pictures, double keywordsPerSong, long seed) {
    GraphBuilder builder = new GraphBuilder(songs, keywords, pictures);
    double[] popularity = popularity(keywords);
    // The same edges twice: once for the mean of their weights, once to add them.
    double[] sum = {0, 0};
    SplittableRandom random = new SplittableRandom(seed);
    drawSongs(
        songs,
        popularity,
        keywordsPerSong,
        random,
        (song, keyword, weight) -> {
          sum[0] += weight;
          sum[1]++;
        });
    double scale = MEAN_WEIGHT * sum[1] / sum[0];
    drawSongs(
        songs,
        popularity,
        keywordsPerSong,
        new SplittableRandom(seed),
        (song, keyword, weight) -> builder.addSongEdge(song, keyword, (float) (scale * weight)));
    for (int picture = 0; picture < pictures; picture++) {
      builder.addPictureEdge(picture, random.nextInt(keywords), (float) MEAN_WEIGHT);
    }
    return builder.build();
  }

  private interface EdgeSink {
    void add(int song, int keyword, double weight);
  }

  private static void drawSongs(
      int songs, double[] popularity, double perSong, SplittableRandom random, EdgeSink sink) {
    int keywords = popularity.length;
    int topics = Math.min(TOPICS, keywords);
    int[] chosen = new int[keywords];
    for (int song = 0; song < songs; song++) {
      int topic = (int) (topics * random.nextDouble() * random.nextDouble());
      int wanted = number(perSong, keywords, random);
      int size = 0;
      for (int tries = 0; size < wanted && tries < 20 * wanted; tries++) {
        boolean own = random.nextDouble() < WITHIN;
        int keyword = draw(popularity, random);
        if (own) {
          keyword = Math.min(keyword / topics * topics + topic, keywords - 1);
        }
        if (!contains(chosen, size, keyword)) {
          chosen[size++] = keyword;
          double weight = -StrictMath.log1p(-random.nextDouble()) * (own ? 2 : 1);
          sink.add(song, keyword, 0.05 + 0.95 * weight);
        }
      }
    }
  }

  /** At least 1, geometric. */
  private static int number(double mean, int most, SplittableRandom random) {
    double more = StrictMath.log1p(-random.nextDouble()) / StrictMath.log1p(-1 / mean);
    return (int) Math.min(Math.max(1, most / 3), 1 + Math.floor(more));
  }

  private static double[] popularity(int keywords) {
    double[] upTo = new double[keywords];
    double sum = 0;
    for (int k = 0; k < keywords; k++) {
      sum += 1.0 / (k + 5);
      upTo[k] = sum;
    }
    return upTo;
  }

  private static int draw(double[] upTo, SplittableRandom random) {
    double at = random.nextDouble() * upTo[upTo.length - 1];
    int keyword = Arrays.binarySearch(upTo, at);
    return Math.min(keyword < 0 ? -keyword - 1 : keyword, upTo.length - 1);
  }

  private static boolean contains(int[] numbers, int size, int number) {
    for (int i = 0; i < size; i++) {
      if (numbers[i] == number) {
        return true;
      }
    }
    return false;
  }
}
