/**
 * Relevance of a song to a keyword: the probability that a listener accepts the song for a picture
 * of the thing, from how the lyrics hold the keyword and what a text encoder makes of the lines.
 *
 * <p>Start at {@link org.seesong.relevance.RelevanceModel}. Depends on the text encoder's interface
 * alone; it knows neither catalogue nor keyword stage.
 */
package org.seesong.relevance;
