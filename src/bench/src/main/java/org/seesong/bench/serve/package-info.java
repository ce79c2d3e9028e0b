/**
 * Load on a server over HTTP: {@link org.seesong.bench.serve.ServeLoadBenchmark} runs {@code
 * seesong serve} as a process of its own and asks it from many clients.
 */
package org.seesong.bench.serve;
