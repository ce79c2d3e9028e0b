package org.seesong.app;

import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A picture as the command line names it: {@code beach.jpg}, {@code beach.jpg:2} or {@code
 * crowd.jpg:-0.5}.
 *
 * @param name the file or id
 * @param weight how much it counts
 */
record WeightedName(String name, double weight) {
  private static final Pattern WEIGHTED = Pattern.compile("(.+):([+-]?[0-9]*\\.?[0-9]+)");

  WeightedName {
    Objects.requireNonNull(name, "name");
  }

  /** What follows the last colon is a weight if it is a number and not part of a known name. */
  static WeightedName parse(String text, boolean known) {
    Matcher matcher = WEIGHTED.matcher(text);
    return !known && matcher.matches()
        ? new WeightedName(matcher.group(1), Double.parseDouble(matcher.group(2)))
        : new WeightedName(text, 1);
  }
}
