package org.seesong.index;

/**
 * How the graphs for approximate search are built.
 *
 * @param visual of the pictures' visual vectors
 * @param network of the network vectors of pictures and songs
 */
public record HnswOptions(Graph visual, Graph network) {
  /**
   * 32 connections and 200 candidates for both. Network vectors lie in tight clusters, one for each
   * mix of keywords, where a thinner graph misses more: of 33,000 in 72 clusters, 16 connections
   * and 100 candidates found .80 of the true songs of two hops, these find .91.
   */
  public static final HnswOptions DEFAULT = new HnswOptions(new Graph(32, 200), new Graph(32, 200));

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
  }
}
