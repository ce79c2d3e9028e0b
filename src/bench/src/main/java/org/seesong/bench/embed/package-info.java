/**
 * Learning network vectors: how fast, and how good their answers are. Makes graphs to learn from,
 * and exchanges graphs and vectors with other tools.
 *
 * <p>Start at {@link org.seesong.bench.embed.EmbedBenchmark}, {@link
 * org.seesong.bench.embed.NamedGraph} and {@link org.seesong.bench.embed.EmbeddingQuality}; {@link
 * org.seesong.bench.embed.HoldOut} trains, too.
 */
package org.seesong.bench.embed;
