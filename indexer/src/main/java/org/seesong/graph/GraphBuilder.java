package org.seesong.graph;

import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;

/**
 * Collects the edges of a {@link Graph}.
 *
 * <p>An edge added twice has the sum of both weights. For one thread.
 */
public final class GraphBuilder {
  /** Both ends of an edge stand in the rows, and a Java array holds less than 2^31 numbers. */
  private static final int MAX_EDGES = (Integer.MAX_VALUE - 8) / 2;

  private final int songs;
  private final int keywords;
  private final int pictures;
  private int[] others = new int[16]; // graphs of one song are made by the thousand
  private int[] keywordVertices = new int[16];
  private float[] weights = new float[16];
  private int size;

  /**
   * Begins a graph without edges.
   *
   * @param songs number of songs, at least 0
   * @param keywords number of keywords, at least 0
   * @param pictures number of pictures, at least 0
   * @throws IllegalArgumentException if a number is negative or there are 2^31 vertices or more
   */
  public GraphBuilder(int songs, int keywords, int pictures) {
    if (songs < 0
        || keywords < 0
        || pictures < 0
        || (long) songs + keywords + pictures >= Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "numbers of vertices must be at least 0 and less than 2^31-9 together; got: songs=%d,"
                  + " keywords=%d, pictures=%d",
              songs,
              keywords,
              pictures));
    }
    this.songs = songs;
    this.keywords = keywords;
    this.pictures = pictures;
  }

  /**
   * Adds an edge between a song and a keyword.
   *
   * @param song number of the song, from 0
   * @param keyword number of the keyword, from 0
   * @param weight finite number above 0
   * @throws IndexOutOfBoundsException if there is no such song or keyword
   * @throws IllegalArgumentException if the weight is not a finite number above 0
   */
  public void addSongEdge(int song, int keyword, float weight) {
    add(Objects.checkIndex(song, songs), keyword, weight);
  }

  /**
   * Adds an edge between a picture and a keyword.
   *
   * @param picture number of the picture, from 0
   * @param keyword number of the keyword, from 0
   * @param weight finite number above 0
   * @throws IndexOutOfBoundsException if there is no such picture or keyword
   * @throws IllegalArgumentException if the weight is not a finite number above 0
   */
  public void addPictureEdge(int picture, int keyword, float weight) {
    add(songs + keywords + Objects.checkIndex(picture, pictures), keyword, weight);
  }

  /**
   * A weight on another scale. What a float cannot hold, or only less exactly, is brought to the
   * nearest number that it can, so that a weight above 0 stays one that an edge may have.
   *
   * @param weight a number above 0
   * @param scale a number above 0
   * @return their product, finite and above 0
   */
  public static float scaled(double weight, double scale) {
    return (float) Math.min(Float.MAX_VALUE, Math.max(Float.MIN_NORMAL, weight * scale));
  }

  private void add(int other, int keyword, float weight) {
    Objects.checkIndex(keyword, keywords);
    if (!(weight > 0) || Float.isInfinite(weight)) {
      throw new IllegalArgumentException(
          "weight of an edge must be a finite number above 0; got: " + weight);
    }
    if (size == others.length) {
      grow();
    }
    others[size] = other;
    keywordVertices[size] = songs + keyword;
    weights[size++] = weight;
  }

  private void grow() {
    if (size == MAX_EDGES) {
      throw new IllegalArgumentException("a graph holds at most " + MAX_EDGES + " edges");
    }
    int capacity = (int) Math.min(MAX_EDGES, size * 2L);
    others = Arrays.copyOf(others, capacity);
    keywordVertices = Arrays.copyOf(keywordVertices, capacity);
    weights = Arrays.copyOf(weights, capacity);
  }

  /**
   * The graph of the edges added so far.
   *
   * <p>Two counting passes put every edge into the rows of both ends in ascending order: time and
   * memory linear in vertices and edges.
   */
  public Graph build() {
    int vertices = songs + keywords + pictures;
    int[] offsets = new int[vertices + 1];
    for (int i = 0; i < size; i++) {
      offsets[others[i] + 1]++;
      offsets[keywordVertices[i] + 1]++;
    }
    for (int v = 0; v < vertices; v++) {
      offsets[v + 1] += offsets[v];
    }
    int[] fill = Arrays.copyOf(offsets, vertices);
    int[] unsorted = new int[2 * size];
    float[] unsortedWeights = new float[2 * size];
    for (int i = 0; i < size; i++) {
      put(unsorted, unsortedWeights, fill[others[i]]++, keywordVertices[i], weights[i]);
      put(unsorted, unsortedWeights, fill[keywordVertices[i]]++, others[i], weights[i]);
    }
    // Walking the rows in order and writing each edge into its target's row sorts all rows.
    int[] targets = new int[2 * size];
    float[] sorted = new float[2 * size];
    System.arraycopy(offsets, 0, fill, 0, vertices);
    for (int v = 0; v < vertices; v++) {
      for (int i = offsets[v]; i < offsets[v + 1]; i++) {
        put(targets, sorted, fill[unsorted[i]]++, v, unsortedWeights[i]);
      }
    }
    return merged(offsets, targets, sorted);
  }

  private static void put(int[] targets, float[] weights, int at, int target, float weight) {
    targets[at] = target;
    weights[at] = weight;
  }

  /** Sums repeated edges in place and closes the gaps. */
  private Graph merged(int[] offsets, int[] targets, float[] weights) {
    int out = 0;
    int begin = 0;
    for (int v = 0; v + 1 < offsets.length; v++) {
      int rowStart = out;
      int end = offsets[v + 1];
      for (int i = begin; i < end; i++) {
        if (out > rowStart && targets[out - 1] == targets[i]) {
          weights[out - 1] = Math.min(Float.MAX_VALUE, weights[out - 1] + weights[i]);
        } else {
          put(targets, weights, out++, targets[i], weights[i]);
        }
      }
      begin = end;
      offsets[v + 1] = out;
    }
    boolean repeats = out < targets.length;
    return new Graph(
        songs,
        keywords,
        pictures,
        offsets,
        repeats ? Arrays.copyOf(targets, out) : targets,
        repeats ? Arrays.copyOf(weights, out) : weights);
  }
}
