package org.seesong.index;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How the graphs for approximate search are built.
 *
 * @param visual of the pictures' visual vectors
 * @param network of the network vectors of pictures and songs
 * @param sketch what stands for vectors while graphs are built and in searches
 */
public record HnswOptions(Graph visual, Graph network, Sketch sketch) {
  /**
   * 32 connections and 200 candidates for pictures; half of both for the network. Our own searches
   * use a graph only where a segment has no sketch, and the network's is most of what an index of
   * many songs costs to build. Plain Lucene finds .986 of the 10 nearest among 200,000 vectors of
   * 64 in 72 clusters with 100 candidates on the network's graph, and .997 with 200.
   */
  public static final HnswOptions DEFAULT =
      new HnswOptions(new Graph(32, 200), new Graph(16, 100), new Sketch(256, 16, 1000, 1024));

  /** Under which name an index's identity has them among its options. */
  public static final String OPTION = "vectors";

  private static final Pattern DESCRIBED =
      Pattern.compile(
          "graphs of (\\d{1,3}) connections \\((\\d{1,4}) candidates\\) and (\\d{1,3}) connections"
              + " \\((\\d{1,4}) candidates\\), (?:sketches of (\\d{1,4}) bytes|no sketches)");

  /**
   * Those that an index was built with. Lucene cannot merge a graph into one of fewer connections,
   * so whoever changes an index keeps to them.
   *
   * @param identity of the index
   * @return its options; the default where it does not say
   * @throws IllegalArgumentException if what it says cannot be read, or a number is beyond the
   *     range
   */
  public static HnswOptions of(IndexIdentity identity) {
    String text = identity.build().options().get(OPTION);
    if (text == null) {
      return DEFAULT;
    }
    Matcher described = DESCRIBED.matcher(text);
    if (!described.matches()) {
      throw new IllegalArgumentException(
          "the index was built with vectors in a way that this program does not know: '"
              + text
              + "'; build it again");
    }
    int[] numbers = new int[4];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = Integer.parseInt(described.group(i + 1));
    }
    return new HnswOptions(
        new Graph(numbers[0], numbers[1]),
        new Graph(numbers[2], numbers[3]),
        described.group(5) == null
            ? Sketch.NONE
            : DEFAULT.sketch().withWidth(Integer.parseInt(described.group(5))));
  }

  /**
   * All parameters, as an index's identity has them.
   *
   * @return one line
   */
  public String describe() {
    return "graphs of "
        + visual.describe()
        + " and "
        + network.describe()
        + (sketch.equals(Sketch.NONE)
            ? ", no sketches"
            : ", sketches of " + sketch.width() + " bytes");
  }

  /**
   * One graph's parameters.
   *
   * @param connections neighbours a node keeps (M), 2 to 512: recall against size
   * @param candidates neighbours looked at for a new node (beam width), 1 to 3200: recall against
   *     building time
   */
  public record Graph(int connections, int candidates) {
    public Graph {
      if (connections < 2 || connections > 512) {
        throw new IllegalArgumentException("connections must be 2 to 512; got: " + connections);
      }
      if (candidates < 1 || candidates > 3200) {
        throw new IllegalArgumentException("candidates must be 1 to 3200; got: " + candidates);
      }
    }

    private String describe() {
      return connections + " connections (" + candidates + " candidates)";
    }
  }

  /**
   * How vectors are made short, see {@link VectorSketch}.
   *
   * @param width directions that vectors are projected on, a byte each, 1 to 1024
   * @param minDimension vectors shorter than this have no sketch, at least 1
   * @param minVectors a segment with fewer vectors has none
   * @param samples vectors that directions are learnt from
   */
  public record Sketch(int width, int minDimension, int minVectors, int samples) {
    /** No sketches: Lucene's graph of full vectors and nothing else. */
    public static final Sketch NONE = new Sketch(1, Integer.MAX_VALUE, 1, 1);

    public Sketch {
      if (width < 1 || width > 1024) {
        throw new IllegalArgumentException("width must be 1 to 1024; got: " + width);
      }
      if (minDimension < 1 || minVectors < 1 || samples < 1) {
        throw new IllegalArgumentException(
            "minDimension, minVectors and samples must be at least 1; got: "
                + minDimension
                + ", "
                + minVectors
                + ", "
                + samples);
      }
    }

    private Sketch withWidth(int other) {
      return new Sketch(other, minDimension, minVectors, samples);
    }

    boolean applies(int dimension) {
      return dimension >= minDimension;
    }
  }
}
