package org.seesong.evaluation;

/**
 * A test between two methods over the same queries.
 *
 * @param method the one
 * @param other the other
 * @param measure what was compared
 * @param difference mean of the one minus mean of the other
 * @param p how likely a difference as large as this comes by chance
 */
record Comparison(String method, String other, Measure measure, double difference, double p) {}
