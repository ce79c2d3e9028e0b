/** Benchmarks, run by hand. */
package org.seesong.jmh;
