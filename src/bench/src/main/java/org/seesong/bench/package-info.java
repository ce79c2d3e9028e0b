/**
 * Measurements of speed and quality, with generated data and beside other libraries; never part of
 * a release. {@link org.seesong.bench.Bench} is the command, {@code src/bench/run} starts it.
 */
package org.seesong.bench;
