/**
 * Vectors as plain memory and as files.
 *
 * <p>Start at {@link org.seesong.vector.FloatMatrix} for memory and {@link
 * org.seesong.vector.VectorFile} for vectors that outlive a crash. First in the data flow: depends
 * on the JDK, on Lucene's store package (memory-mapped input, file locks) and on {@code io}.
 */
package org.seesong.vector;
