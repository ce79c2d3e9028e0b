/**
 * What of a song's lyrics is sung: lyrics files carry time tags, credits, markup, notes of lyric
 * pages and stage directions beside the words. The entry is {@link org.seesong.text.LyricsCleaner}.
 *
 * <p>After {@code catalogue}, before {@code keyword}. Pure functions of texts, each linear in the
 * text's length; must not know keywords, segmenters or indexes. The word lists are resources of
 * this package.
 */
package org.seesong.text;
