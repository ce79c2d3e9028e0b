/**
 * Files that survive a crash: atomic writes, checksummed files, record files; digests and thread
 * pools.
 *
 * <p>Start at {@link org.seesong.io.AtomicFiles} and {@link org.seesong.io.RecordFile}. Depends on
 * the JDK and on Lucene's store package (memory-mapped input, file locks).
 */
package org.seesong.io;
