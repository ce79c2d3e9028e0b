/**
 * Relevance of a song to a keyword: how well a listener finds that the song fits a picture of the
 * thing, from how the lyrics hold the keyword.
 *
 * <p>Start at {@link org.seesong.relevance.RelevanceModel}. A model of numbers, which depends on
 * the JDK and Jackson and knows neither songs nor how words are read.
 */
package org.seesong.relevance;
