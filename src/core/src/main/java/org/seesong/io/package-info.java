/**
 * What all parts need to read and name bytes.
 *
 * <p>Start at {@link org.seesong.io.Digests}. Depends on the JDK alone.
 */
package org.seesong.io;
