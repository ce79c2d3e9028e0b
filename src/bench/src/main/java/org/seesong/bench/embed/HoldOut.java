package org.seesong.bench.embed;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.apache.lucene.util.VectorUtil;
import org.seesong.embedding.Embedding;
import org.seesong.embedding.EmbeddingOptions;
import org.seesong.embedding.FoldIn;
import org.seesong.graph.Graph;
import org.seesong.graph.GraphBuilder;
import org.seesong.vector.FloatMatrix;

/**
 * How well songs and pictures are placed that the training never saw: a tenth of both is held out,
 * the rest trained, and the tenth placed by its edges. Distances and answers of held-out pictures
 * are compared with those of a training of all; two trainings of all with different seeds show how
 * much of a difference is chance. Figures are means over trainings.
 *
 * @param trainings how many times this was done
 * @param heldOut songs and pictures held out, each time
 * @param spearman rank correlation of the distances from held-out pictures to all songs
 * @param spearmanOfSeeds the same between two trainings of all
 * @param spearmanHeldOut rank correlation of the distances to held-out songs only
 * @param spearmanHeldOutOfSeeds the same between two trainings of all
 * @param overlap share of the {@value EmbeddingQuality#ANSWERS} nearest songs in common
 * @param overlapOfSeeds the same between two trainings of all
 * @param keywordShare share of answers that hold the picture's strongest keyword, with all songs
 *     and pictures asked
 * @param rowsPerSecond songs and pictures placed in a second
 */
public record HoldOut(
    int trainings,
    int heldOut,
    double spearman,
    double spearmanOfSeeds,
    double spearmanHeldOut,
    double spearmanHeldOutOfSeeds,
    double overlap,
    double overlapOfSeeds,
    double keywordShare,
    double rowsPerSecond) {
  /** What is held out does not depend on the seed of the training. */
  private static final long SPLIT_SEED = 20_181_002;

  private static final int ONE_IN = 10;

  /** Speed is that of at least so many rows. */
  private static final int TIMED_ROWS = 500_000;

  /**
   * Trains three times and compares.
   *
   * @param graph the network
   * @param options how to learn; the second training of all has the next seed but 999
   * @param queries how many held-out pictures to ask with, at most
   * @return the figures of one time
   * @throws InterruptedException if the thread is interrupted
   */
  public static HoldOut of(Graph graph, EmbeddingOptions options, int queries)
      throws InterruptedException {
    boolean[] out = split(graph);
    Graph seen = part(graph, out, false);
    Graph unseen = part(graph, out, true);
    FloatMatrix all = Embedding.train(graph, options, done -> {});
    FloatMatrix again = Embedding.train(graph, options.withSeed(options.seed() + 1000), done -> {});
    FloatMatrix placed = Embedding.train(seen, options.withSeed(options.seed() + 2000), done -> {});
    FoldIn foldIn = FoldIn.of(seen, options, placed, "held out");
    FloatMatrix songs = foldIn.songs(unseen);
    FloatMatrix pictures = foldIn.pictures(unseen);
    int held = 0;
    for (int v = 0; v < graph.vertices(); v++) {
      if (out[v]) {
        held++;
        boolean song = v < graph.songs();
        float[] row = song ? songs.row(v) : pictures.row(v - graph.pictureVertex(0));
        System.arraycopy(row, 0, placed.block(v), placed.at(v), row.length);
      }
    }
    double[] figures = compare(graph, out, queries, new FloatMatrix[] {all, placed, again});
    return new HoldOut(
        1,
        held,
        figures[0],
        figures[3],
        figures[1],
        figures[4],
        figures[2],
        figures[5],
        EmbeddingQuality.of(graph, placed, queries).keywordShare(),
        speed(foldIn, unseen, held));
  }

  private static boolean[] split(Graph graph) {
    SplittableRandom random = new SplittableRandom(SPLIT_SEED);
    boolean[] out = new boolean[graph.vertices()];
    for (int v = 0; v < out.length; v++) {
      boolean keyword = v >= graph.songs() && v < graph.songs() + graph.keywords();
      out[v] = !keyword && !graph.isIsolated(v) && random.nextInt(ONE_IN) == 0;
    }
    return out;
  }

  /** The same vertices with the edges of some songs and pictures only. */
  private static Graph part(Graph graph, boolean[] out, boolean wanted) {
    GraphBuilder builder = new GraphBuilder(graph.songs(), graph.keywords(), graph.pictures());
    int firstPicture = graph.songs() + graph.keywords();
    for (int k = 0; k < graph.keywords(); k++) {
      int keyword = graph.keywordVertex(k);
      for (int i = graph.rowStart(keyword); i < graph.rowStart(keyword + 1); i++) {
        int v = graph.target(i);
        if (out[v] == wanted && v < firstPicture) {
          builder.addSongEdge(v, k, graph.weight(i));
        } else if (out[v] == wanted) {
          builder.addPictureEdge(v - firstPicture, k, graph.weight(i));
        }
      }
    }
    return builder.build();
  }

  /** Three figures of the second matrix against the first, then of the third against the first. */
  private static double[] compare(Graph graph, boolean[] out, int queries, FloatMatrix[] matrices) {
    int[] songs = songs(graph, out, false);
    int[] heldSongs = songs(graph, out, true);
    double[] sums = new double[6];
    int asked = 0;
    for (int v = graph.songs() + graph.keywords(); v < out.length && asked < queries; v++) {
      if (!out[v]) {
        continue;
      }
      asked++;
      float[] distances = distances(matrices[0], v, songs);
      float[] heldDistances = distances(matrices[0], v, heldSongs);
      for (int other = 1; other < matrices.length; other++) {
        float[] others = distances(matrices[other], v, songs);
        int at = 3 * (other - 1);
        sums[at] += spearman(distances, others);
        sums[at + 1] += spearman(heldDistances, distances(matrices[other], v, heldSongs));
        sums[at + 2] += overlap(distances, others);
      }
    }
    for (int i = 0; i < sums.length; i++) {
      sums[i] /= Math.max(1, asked);
    }
    return sums;
  }

  private static int[] songs(Graph graph, boolean[] out, boolean heldOnly) {
    int[] songs = new int[graph.songs()];
    int size = 0;
    for (int song = 0; song < songs.length; song++) {
      if (heldOnly ? out[song] : !graph.isIsolated(song)) {
        songs[size++] = song;
      }
    }
    return Arrays.copyOf(songs, size);
  }

  private static float[] distances(FloatMatrix matrix, int vertex, int[] songs) {
    float[] query = matrix.row(vertex);
    float[] distances = new float[songs.length];
    for (int i = 0; i < songs.length; i++) {
      distances[i] = VectorUtil.squareDistance(query, matrix.row(songs[i]));
    }
    return distances;
  }

  /** Rank correlation; equal numbers have the mean of their ranks. 0 if one side has one rank. */
  static double spearman(float[] x, float[] y) {
    double[] a = ranks(x);
    double[] b = ranks(y);
    double mean = (x.length - 1) / 2.0;
    double ab = 0;
    double aa = 0;
    double bb = 0;
    for (int i = 0; i < a.length; i++) {
      ab += (a[i] - mean) * (b[i] - mean);
      aa += (a[i] - mean) * (a[i] - mean);
      bb += (b[i] - mean) * (b[i] - mean);
    }
    return aa > 0 && bb > 0 ? ab / Math.sqrt(aa * bb) : 0;
  }

  private static double[] ranks(float[] numbers) {
    long[] order = order(numbers);
    double[] ranks = new double[numbers.length];
    int from = 0;
    while (from < order.length) {
      int to = from + 1;
      while (to < order.length && order[to] >>> 32 == order[from] >>> 32) {
        to++;
      }
      for (int i = from; i < to; i++) {
        ranks[(int) order[i]] = (from + to - 1) / 2.0;
      }
      from = to;
    }
    return ranks;
  }

  /** Numbers that are not negative sort as their bits; their places stand in the lower half. */
  private static long[] order(float[] numbers) {
    long[] order = new long[numbers.length];
    for (int i = 0; i < order.length; i++) {
      order[i] = (long) Float.floatToIntBits(numbers[i]) << 32 | i;
    }
    Arrays.sort(order);
    return order;
  }

  private static double overlap(float[] x, float[] y) {
    int answers = Math.min(EmbeddingQuality.ANSWERS, x.length);
    long[] a = order(x);
    long[] b = order(y);
    int common = 0;
    for (int i = 0; i < answers; i++) {
      for (int j = 0; j < answers; j++) {
        common += (int) a[i] == (int) b[j] ? 1 : 0;
      }
    }
    return answers == 0 ? 0 : (double) common / answers;
  }

  private static double speed(FoldIn foldIn, Graph graph, int rows) {
    if (rows == 0) {
      return 0;
    }
    long best = Long.MAX_VALUE;
    for (int done = 0; done < TIMED_ROWS; done += rows) {
      long start = System.nanoTime();
      foldIn.songs(graph);
      foldIn.pictures(graph);
      best = Math.min(best, System.nanoTime() - start);
    }
    return rows * 1e9 / Math.max(1, best);
  }

  /**
   * The means of this and others.
   *
   * @param other another time or several, or null for none
   * @return the figures of all
   */
  public HoldOut plus(HoldOut other) {
    if (other == null) {
      return this;
    }
    int all = trainings + other.trainings;
    double share = (double) other.trainings / all;
    return new HoldOut(
        all,
        heldOut,
        mean(spearman, other.spearman, share),
        mean(spearmanOfSeeds, other.spearmanOfSeeds, share),
        mean(spearmanHeldOut, other.spearmanHeldOut, share),
        mean(spearmanHeldOutOfSeeds, other.spearmanHeldOutOfSeeds, share),
        mean(overlap, other.overlap, share),
        mean(overlapOfSeeds, other.overlapOfSeeds, share),
        mean(keywordShare, other.keywordShare, share),
        Math.max(rowsPerSecond, other.rowsPerSecond));
  }

  private static double mean(double mine, double others, double share) {
    return mine + share * (others - mine);
  }
}
