/**
 * Vectors for the vertices of the graph, learned from its edges.
 *
 * <p>Start at {@link org.seesong.embedding.Embedding}. After {@code graph}, before the index; knows
 * the JDK, {@code vector} and {@code graph} only.
 */
package org.seesong.embedding;
