/**
 * Search: from a query picture's vector to songs, in two hops over an index.
 *
 * <p>Start at {@link org.seesong.query.TwoHopSearcher}. {@link org.seesong.query.SongSelector}
 * holds the rule by which pictures distribute the places, without Lucene, so that answers put
 * together from several indexes follow it too. Last in the core's data flow, after {@code index};
 * never sees how vectors were made, and knows no Solr.
 */
package org.seesong.query;
