/**
 * Songs by picture inside Solr.
 *
 * <p>Thin translators between Solr's requests and the core; nothing here computes.
 */
package org.seesong.solr;
