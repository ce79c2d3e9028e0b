package org.seesong.query;

/**
 * A filter as people write it: {@code field=value} or {@code field!=value}.
 *
 * @param field without blanks around it, not empty
 * @param negated whether it was {@code !=}
 * @param value likewise
 */
record FilterText(String field, boolean negated, String value) {
  /**
   * Reads one.
   *
   * @param sort what the filter is called, for the message
   * @param example of such filters
   * @throws QueryException if the text is none
   */
  static FilterText parse(String text, String sort, String example) {
    int equals = text.indexOf('=');
    boolean negated = equals > 0 && text.charAt(equals - 1) == '!';
    String field = text.substring(0, Math.max(0, negated ? equals - 1 : equals)).strip();
    String value = text.substring(equals + 1).strip();
    if (field.isEmpty() || value.isEmpty()) {
      throw new QueryException(
          sort + " '" + text + "' must read field=value or field!=value, such as " + example);
    }
    return new FilterText(field, negated, value);
  }

  @Override
  public String toString() {
    return field + (negated ? "!=" : "=") + value;
  }
}
