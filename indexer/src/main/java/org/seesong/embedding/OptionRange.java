package org.seesong.embedding;

import java.util.Locale;

/** Refuses values of options that are out of range. */
final class OptionRange {
  private OptionRange() {}

  /** NaN is out of every range. */
  static void check(String name, double value, double min, double max) {
    if (!(value >= min && value <= max)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s must be from %s to %s; got: %s",
              name,
              shortest(min),
              shortest(max),
              shortest(value)));
    }
  }

  private static String shortest(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
