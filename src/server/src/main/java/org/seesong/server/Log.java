package org.seesong.server;

/** Text for logs. */
final class Log {
  private static final int LONGEST = 500;

  private Log() {}

  /**
   * One line whatever the text holds: control and format characters become spaces, long ends go.
   */
  static String clean(String text) {
    StringBuilder clean = new StringBuilder();
    text.codePoints()
        .limit(LONGEST)
        .map(
            c ->
                Character.isISOControl(c)
                        || Character.getType(c) == Character.FORMAT
                        || Character.getType(c) == Character.LINE_SEPARATOR
                        || Character.getType(c) == Character.PARAGRAPH_SEPARATOR
                    ? ' '
                    : c)
        .forEach(clean::appendCodePoint);
    return clean.toString();
  }
}
