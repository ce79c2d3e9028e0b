/**
 * What benchmarks need: graphs to learn from, files to share them with other tools, and a judgement
 * of vectors.
 *
 * <p>Start at {@link org.seesong.app.bench.NamedGraph} and {@link
 * org.seesong.app.bench.EmbeddingQuality}. Knows {@code graph} and {@code vector}, not how vectors
 * are made.
 */
package org.seesong.app.bench;
