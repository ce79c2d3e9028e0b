/**
 * Vectors as plain memory and as files.
 *
 * <p>Start at {@link org.seesong.vector.FloatMatrix}. First in the data flow: depends on the JDK
 * only.
 */
package org.seesong.vector;
