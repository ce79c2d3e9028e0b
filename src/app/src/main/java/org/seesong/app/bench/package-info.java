/**
 * What benchmarks need: graphs to learn from, files to share them with other tools, and a judgement
 * of vectors.
 *
 * <p>Start at {@link org.seesong.app.bench.NamedGraph} and {@link
 * org.seesong.app.bench.EmbeddingQuality}; {@link org.seesong.app.bench.HoldOut} trains, too.
 */
package org.seesong.app.bench;
