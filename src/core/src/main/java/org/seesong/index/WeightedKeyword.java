package org.seesong.index;

import java.util.Objects;

/**
 * A keyword and how strongly something carries it.
 *
 * @param keyword the keyword, not blank
 * @param weight its weight, finite and above 0
 */
public record WeightedKeyword(String keyword, double weight) {
  public WeightedKeyword {
    Objects.requireNonNull(keyword, "keyword");
    if (keyword.isBlank()) {
      throw new IllegalArgumentException("keyword must not be blank");
    }
    if (!(weight > 0) || Double.isInfinite(weight)) {
      throw new IllegalArgumentException(
          "weight of keyword '" + keyword + "' must be a finite number above 0; got: " + weight);
    }
  }
}
