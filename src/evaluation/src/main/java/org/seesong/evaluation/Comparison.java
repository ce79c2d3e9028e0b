package org.seesong.evaluation;

/**
 * A paired test between two systems.
 *
 * @param measure name of the measure
 * @param difference mean of the system minus mean of the other
 * @param p how likely a difference as large as this comes by chance
 */
record Comparison(String system, String other, String measure, double difference, double p) {}
