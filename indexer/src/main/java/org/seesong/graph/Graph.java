package org.seesong.graph;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Objects;
import org.seesong.io.Digests;

/**
 * An undirected weighted graph of songs, keywords and pictures in compressed sparse rows.
 *
 * <p>Vertices are numbered songs first, then keywords, then pictures. Every edge joins a keyword
 * with a song or a picture and stands in the rows of both its ends, so a row is a vertex' whole
 * neighbourhood:
 *
 * <pre>
 * row of vertex v: targets[offsets[v] .. offsets[v + 1])  ascending, without repeats
 *                  weights[offsets[v] .. offsets[v + 1])  finite, above 0
 * </pre>
 *
 * <p>The sum of a row's weights is the vertex' degree. Immutable, so safe for any number of
 * threads; 8 bytes an undirected edge end and 4 bytes a vertex.
 */
public final class Graph {
  private final int songs;
  private final int keywords;
  private final int pictures;
  private final int[] offsets;
  private final int[] targets;
  private final float[] weights;

  Graph(int songs, int keywords, int pictures, int[] offsets, int[] targets, float[] weights) {
    this.songs = songs;
    this.keywords = keywords;
    this.pictures = pictures;
    this.offsets = offsets;
    this.targets = targets;
    this.weights = weights;
  }

  /** Number of songs, the vertices from 0. */
  public int songs() {
    return songs;
  }

  /** Number of keywords, the vertices after the songs. */
  public int keywords() {
    return keywords;
  }

  /** Number of pictures, the vertices after the keywords. */
  public int pictures() {
    return pictures;
  }

  /** Number of vertices of all kinds. */
  public int vertices() {
    return songs + keywords + pictures;
  }

  /** Number of undirected edges. */
  public int edges() {
    return targets.length / 2;
  }

  /**
   * The vertex of a song.
   *
   * @param song number of the song, from 0
   */
  public int songVertex(int song) {
    return Objects.checkIndex(song, songs);
  }

  /**
   * The vertex of a keyword.
   *
   * @param keyword number of the keyword, from 0
   */
  public int keywordVertex(int keyword) {
    return songs + Objects.checkIndex(keyword, keywords);
  }

  /**
   * The vertex of a picture.
   *
   * @param picture number of the picture, from 0
   */
  public int pictureVertex(int picture) {
    return songs + keywords + Objects.checkIndex(picture, pictures);
  }

  /**
   * Where the row of a vertex begins in {@link #target} and {@link #weight}.
   *
   * @param vertex a vertex, or {@link #vertices()} for the end of the last row
   */
  public int rowStart(int vertex) {
    return offsets[vertex];
  }

  /**
   * The neighbour at an index of the rows.
   *
   * @param index from 0 to twice {@link #edges()}
   */
  public int target(int index) {
    return targets[index];
  }

  /**
   * The weight at an index of the rows.
   *
   * @param index from 0 to twice {@link #edges()}
   * @return a finite number above 0
   */
  public float weight(int index) {
    return weights[index];
  }

  /** Sum of the weights of a vertex' edges; 0 for an isolated vertex. */
  public double degree(int vertex) {
    double sum = 0;
    for (int i = offsets[vertex]; i < offsets[vertex + 1]; i++) {
      sum += weights[i];
    }
    return sum;
  }

  /**
   * Whether a vertex has no edge, and so no vector in an embedding.
   *
   * @return whether its row is empty
   */
  public boolean isIsolated(int vertex) {
    return offsets[vertex] == offsets[vertex + 1];
  }

  /** A digest of the whole graph: equal for graphs with the same vertices, edges and weights. */
  public String hash() {
    MessageDigest digest = Digests.sha256();
    ByteBuffer buffer = ByteBuffer.allocate(1 << 13);
    buffer.putInt(songs).putInt(keywords).putInt(pictures);
    for (int offset : offsets) {
      put(buffer, digest, offset);
    }
    for (int i = 0; i < targets.length; i++) {
      put(buffer, digest, targets[i]);
      put(buffer, digest, Float.floatToIntBits(weights[i]));
    }
    digest.update(buffer.flip());
    return Digests.hex(digest);
  }

  private static void put(ByteBuffer buffer, MessageDigest digest, int value) {
    if (buffer.remaining() < Integer.BYTES) {
      digest.update(buffer.flip());
      buffer.clear();
    }
    buffer.putInt(value);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "Graph[songs=%d, keywords=%d, pictures=%d, edges=%d]",
        songs,
        keywords,
        pictures,
        edges());
  }
}
