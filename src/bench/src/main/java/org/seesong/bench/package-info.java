/** Benchmarks, run by hand. */
package org.seesong.bench;
