package org.seesong.index;

/**
 * A keyword of the index and how many carry it.
 *
 * @param keyword the keyword
 * @param songs number of songs
 * @param pictures number of pictures
 */
public record KeywordCount(String keyword, int songs, int pictures) {}
