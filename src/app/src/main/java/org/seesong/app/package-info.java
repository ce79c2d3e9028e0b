/**
 * The {@code seesong} command.
 *
 * <p>Translates arguments to calls of the library and results to text or JSON; the only package
 * that writes to standard output.
 */
package org.seesong.app;
