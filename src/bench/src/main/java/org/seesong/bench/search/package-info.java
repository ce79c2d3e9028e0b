/**
 * Other libraries of near vectors, for {@code seesong bench search} to measure beside ours. Only
 * where this module is on the class path, so that the program does not carry them.
 */
package org.seesong.bench.search;
