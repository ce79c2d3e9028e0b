/**
 * Decoding of untrusted picture files, and the one resize that indexing and querying share.
 *
 * <p>Start at {@link org.seesong.image.ImageDecoder}. Depends on the JDK and ImageIO plug-ins
 * alone.
 */
package org.seesong.image;
