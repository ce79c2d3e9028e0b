package org.seesong.query;

import java.util.Locale;
import java.util.Objects;

/**
 * A condition on pictures, such as {@code keyword=snow}, {@code path=flowers/} or {@code id!=p7}.
 *
 * <p>{@code keyword} and {@code id} are compared whole, {@code path} by how it begins, all letter
 * by letter and as the owner wrote them.
 *
 * @param field {@code keyword}, {@code path} or {@code id}
 * @param negated whether pictures must not have the value
 * @param value the value, or the start of the path
 */
public record PictureFilter(String field, boolean negated, String value) {
  public PictureFilter {
    Objects.requireNonNull(field, "field");
    Objects.requireNonNull(value, "value");
    field = field.toLowerCase(Locale.ROOT);
    if (value.isBlank()) {
      throw new QueryException("a picture filter needs a value for '" + field + "'");
    }
    if (!field.equals("keyword") && !field.equals("path") && !field.equals("id")) {
      throw new QueryException(
          "a picture filter's field must be keyword, path or id; got: '" + field + "'");
    }
  }

  /**
   * Reads a filter.
   *
   * @param text {@code field=value} or {@code field!=value}
   * @throws QueryException if the text is neither
   */
  public static PictureFilter parse(String text) {
    FilterText read = FilterText.parse(text, "picture filter", "keyword=snow or path=flowers/");
    return new PictureFilter(read.field(), read.negated(), read.value());
  }

  /**
   * The filter as {@link #parse} reads it.
   *
   * @return such as {@code path=flowers/}
   */
  @Override
  public String toString() {
    return new FilterText(field, negated, value).toString();
  }
}
