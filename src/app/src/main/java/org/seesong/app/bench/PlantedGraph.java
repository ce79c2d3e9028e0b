package org.seesong.app.bench;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.seesong.graph.Graph;
import org.seesong.graph.GraphBuilder;

/**
 * Makes graphs like a music catalogue's, with planted topics, from a seed.
 *
 * <p>Keywords have popularities 1 / (rank + 5); each belongs to one of {@value #TOPICS} topics. A
 * song has a topic, a skewed number of keywords, four of five of them from its topic, and weights
 * that fall off exponentially as TF-IDF weights do, twice as large within the topic. A picture has
 * one keyword, all keywords equally often, with the mean weight of a song's edge.
 */
public final class PlantedGraph {
  /** Mean weight of an edge. */
  public static final double MEAN_WEIGHT = 4.16;

  private static final int TOPICS = 12;

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
    SplittableRandom random = new SplittableRandom(seed);
    double[] popularity = popularity(keywords);
    int topics = Math.min(TOPICS, keywords);
    GraphBuilder builder = new GraphBuilder(songs, keywords, pictures);
    double within = 0.8;
    // Of the weights below, four of five have the mean 2 and the others 1.
    double scale = MEAN_WEIGHT / (2 * within + 1 - within);
    int[] chosen = new int[keywords];
    for (int song = 0; song < songs; song++) {
      int topic = (int) (topics * random.nextDouble() * random.nextDouble());
      int wanted = number(keywordsPerSong, keywords, random);
      int size = 0;
      for (int tries = 0; size < wanted && tries < 20 * wanted; tries++) {
        boolean own = random.nextDouble() < within;
        int keyword = draw(popularity, random);
        if (own) {
          keyword = Math.min(keyword / topics * topics + topic, keywords - 1);
        }
        if (!contains(chosen, size, keyword)) {
          chosen[size++] = keyword;
          double weight = -Math.log1p(-random.nextDouble()) * (own ? 2 : 1);
          builder.addSongEdge(song, keyword, (float) (scale * (0.05 + 0.95 * weight)));
        }
      }
    }
    for (int picture = 0; picture < pictures; picture++) {
      builder.addPictureEdge(picture, random.nextInt(keywords), (float) MEAN_WEIGHT);
    }
    return builder.build();
  }

  /** At least 1, geometric, with a mean a little above the wanted one since repeats are dropped. */
  private static int number(double mean, int most, SplittableRandom random) {
    double more = Math.log1p(-random.nextDouble()) / Math.log1p(-1 / mean);
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
