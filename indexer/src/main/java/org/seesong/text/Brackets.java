package org.seesong.text;

/** Brackets of all kinds; owners mix them, so any closing one ends any opening one. */
final class Brackets {
  private static final String OPENING = "([（［〔【{｛";
  private static final String CLOSING = ")]）］〕】}｝";

  private Brackets() {}

  static boolean isOpening(char c) {
    return OPENING.indexOf(c) >= 0;
  }

  static boolean isClosing(char c) {
    return CLOSING.indexOf(c) >= 0;
  }

  static boolean isSquare(char c) {
    return c == '[' || c == '［' || c == '【' || c == '〔';
  }
}
