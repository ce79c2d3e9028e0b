package org.seesong.evaluation;

/** A figure with the bounds of its 95 % confidence interval. */
public record Interval(double value, double low, double high) {}
