/**
 * Load over HTTP: {@link org.seesong.bench.serve.ServeLoadBenchmark} runs {@code seesong serve},
 * {@link org.seesong.bench.serve.SolrLoadBenchmark} a Solr with the plugin, as a process of its
 * own, and both ask it from many clients.
 */
package org.seesong.bench.serve;
