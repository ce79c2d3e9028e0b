/**
 * Vectors as plain memory and as files.
 *
 * <p>Start at {@link org.seesong.vector.FloatMatrix} for memory and {@link
 * org.seesong.vector.VectorFile} for vectors that outlive a crash. Depends on the JDK and on {@code
 * io}.
 */
package org.seesong.vector;
