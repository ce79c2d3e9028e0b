package org.seesong.evaluation;

/**
 * A figure with the bounds of its 95 % interval.
 *
 * @param value the figure
 * @param low lower bound
 * @param high upper bound
 */
public record Interval(double value, double low, double high) {}
