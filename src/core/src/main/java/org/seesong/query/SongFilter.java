package org.seesong.query;

import java.util.Objects;

/**
 * A condition on songs, such as {@code language=zh}, {@code artist!=Anonymous} or {@code
 * year=1990..1999}.
 *
 * <p>Fields are {@code title}, {@code artist}, {@code language}, {@code keyword}, {@code year},
 * {@code popularity} and the owner's attributes by name, in upper or lower case. Text is compared
 * whole and letter by letter, of longer texts the first 1,000 characters; an attribute of several
 * values joined with {@code |} is met by each of them. Year and popularity take a number or a range
 * with both ends included, {@code 1990..1999}, {@code 1990..} or {@code ..1999}; a range of an
 * attribute is refused. A song of which the field is unknown does not meet a condition but meets
 * every negated one.
 *
 * @param field name of the field
 * @param negated whether songs must not have the value
 * @param value the value, or a range
 */
public record SongFilter(String field, boolean negated, String value) {
  public SongFilter {
    Objects.requireNonNull(field, "field");
    Objects.requireNonNull(value, "value");
    if (field.isBlank() || value.isBlank()) {
      throw new QueryException(
          "a filter needs a field and a value; got field '"
              + field
              + "' and value '"
              + value
              + "'");
    }
  }

  /**
   * Reads a filter.
   *
   * @param text {@code field=value} or {@code field!=value}
   * @throws QueryException if the text is neither
   */
  public static SongFilter parse(String text) {
    FilterText read = FilterText.parse(text, "filter", "language=zh or year=1990..1999");
    return new SongFilter(read.field(), read.negated(), read.value());
  }

  /**
   * The filter as {@link #parse} reads it.
   *
   * @return such as {@code artist!=Anonymous}
   */
  @Override
  public String toString() {
    return new FilterText(field, negated, value).toString();
  }
}
