/** What encoding pictures costs: {@link org.seesong.bench.encode.EncodeBenchmark}. */
package org.seesong.bench.encode;
