/**
 * Which candidate songs fill an answer: greedy coverage of the pictures' centroid, turns of single
 * pictures, limits for artists and versions.
 *
 * <p>Start at {@link org.seesong.select.SongSelector}. The library and Solr use it alike: it works
 * on plain values after {@code vector} and knows neither Lucene nor the index.
 */
package org.seesong.select;
