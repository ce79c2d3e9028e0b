/**
 * Recall and speed of both hops, on generated or given vectors, and of other ways to find near
 * vectors: {@link org.seesong.bench.search.SearchBenchmark}.
 */
package org.seesong.bench.search;
