package org.seesong.query;

import java.math.BigDecimal;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Asks for songs that have more, or less, of a keyword than what is asked by: relevance feedback on
 * a keyword, as Rocchio's (1971).
 *
 * <p>What songs are found from, a picture's or a song's graph embedding v, becomes |v| times the
 * direction of v / |v| + the sum over boosts of weight * d. The direction d of a keyword is that
 * from the mean embedding of all pictures to the mean of those that carry it; of songs where no
 * picture does. So with weight 1 the keyword counts as much as all that the picture shows, with
 * much more the answer is that to the keyword alone, and a negative weight leads away from it.
 * Pictures are found as without. A song's confidence is the greater of two: that it fits the
 * pictures as they are, or with the weight added to the keyword's share of each one's keywords.
 *
 * @param keyword a keyword of the index, as it is listed there; one that nothing carries changes
 *     nothing, and {@link TwoHopSearcher#unmetFilters} tells of it
 * @param weight -10 to 10, not 0
 */
public record KeywordBoost(String keyword, double weight) {
  /** Largest weight, and largest amount of a negative one. */
  public static final double MAX_WEIGHT = 10;

  private static final Pattern WEIGHTED = Pattern.compile("(.+):([+-]?[0-9]*\\.?[0-9]+)");

  public KeywordBoost {
    Objects.requireNonNull(keyword, "keyword");
    if (keyword.isBlank()) {
      throw new QueryException("a boost needs a keyword; got: '" + keyword + "'");
    }
    if (weight == 0 || !(Math.abs(weight) <= MAX_WEIGHT)) {
      throw new QueryException(
          "boost of keyword '"
              + keyword
              + "' must be -"
              + MAX_WEIGHT
              + " to "
              + MAX_WEIGHT
              + ", not 0; got: "
              + weight);
    }
  }

  /**
   * Reads a boost.
   *
   * @param text {@code keyword}, which has weight 1, or {@code keyword:weight}; a keyword with a
   *     colon in it needs a weight
   * @throws QueryException if the text is neither, or the weight out of range
   */
  public static KeywordBoost parse(String text) {
    Matcher weighted = WEIGHTED.matcher(text);
    if (weighted.matches()) {
      return new KeywordBoost(weighted.group(1).strip(), Double.parseDouble(weighted.group(2)));
    }
    if (text.indexOf(':') >= 0) {
      throw new QueryException(
          "boost '" + text + "' must read keyword or keyword:weight, such as snow or snow:-0.5");
    }
    return new KeywordBoost(text.strip(), 1);
  }

  /**
   * The boost as {@link #parse} reads it.
   *
   * @return such as {@code snow:-0.5}
   */
  @Override
  public String toString() {
    return keyword + ":" + BigDecimal.valueOf(weight).toPlainString();
  }
}
