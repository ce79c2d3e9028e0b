/**
 * Search: from an image, a picture, a keyword or a song to songs with explanations.
 *
 * <p>Start at {@link org.seesong.query.SongFinder}, which opens an index with its encoder; {@link
 * org.seesong.query.TwoHopSearcher} is the search below it. Last in the core's data flow, after
 * {@code index}, {@code select} and {@code encoder}; never sees how graph embeddings were made, and
 * knows no Solr.
 */
package org.seesong.query;
