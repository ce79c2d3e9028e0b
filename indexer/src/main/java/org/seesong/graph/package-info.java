/**
 * The graph of songs, keywords and pictures that the embedding is learned from.
 *
 * <p>Start at {@link org.seesong.graph.GraphBuilder}. After {@code keyword}, before {@code
 * embedding}; knows the JDK and {@code vector} only: it takes vertex numbers and weights, not
 * words.
 */
package org.seesong.graph;
