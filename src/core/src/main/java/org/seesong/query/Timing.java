package org.seesong.query;

/**
 * How long a search took.
 *
 * @param hopOneNanos from the query to its nearest pictures
 * @param hopTwoNanos from these to the songs, without loading what is shown
 */
public record Timing(long hopOneNanos, long hopTwoNanos) {}
