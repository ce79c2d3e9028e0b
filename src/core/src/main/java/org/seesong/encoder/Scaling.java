package org.seesong.encoder;

import java.util.Arrays;
import java.util.Locale;

/**
 * What a network wants done to a pixel's value p (0 to 255) before it is fed: an expression such as
 * {@code (p-128)/128}, {@code p/127.5-1}, {@code p-[103.939,116.779,123.68]} or {@code
 * (p/255-[.485,.456,.406])/[.229,.224,.225]}. A bracket holds one number per channel, in the order
 * the channels are fed. Whatever is written must come to {@code factor * p + offset}.
 */
final class Scaling {
  private static final int CHANNELS = 3;
  private static final int MAX_LENGTH = 200;

  private final double[] factor;
  private final double[] offset;

  private Scaling(double[] factor, double[] offset) {
    this.factor = factor;
    this.offset = offset;
  }

  /**
   * Reads an expression.
   *
   * @param expression text
   * @return what it comes to
   * @throws IllegalArgumentException if it is malformed or not linear in p, with the position
   */
  static Scaling parse(String expression) {
    if (expression.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "scaling expression is longer than " + MAX_LENGTH + " characters");
    }
    return new Parser(expression).parse();
  }

  /**
   * The fed values of one channel.
   *
   * @param channel 0 to 2, in the order the channels are fed
   * @return 256 numbers, by pixel value
   */
  float[] table(int channel) {
    float[] table = new float[256];
    for (int p = 0; p < table.length; p++) {
      table[p] = (float) (factor[channel] * p + offset[channel]);
    }
    return table;
  }

  private boolean isConstant() {
    return Arrays.stream(factor).allMatch(f -> f == 0);
  }

  private Scaling plus(Scaling other, int sign) {
    double[] f = new double[CHANNELS];
    double[] o = new double[CHANNELS];
    for (int c = 0; c < CHANNELS; c++) {
      f[c] = factor[c] + sign * other.factor[c];
      o[c] = offset[c] + sign * other.offset[c];
    }
    return new Scaling(f, o);
  }

  private Scaling times(double[] by) {
    double[] f = new double[CHANNELS];
    double[] o = new double[CHANNELS];
    for (int c = 0; c < CHANNELS; c++) {
      f[c] = factor[c] * by[c];
      o[c] = offset[c] * by[c];
    }
    return new Scaling(f, o);
  }

  /** Recursive descent; an expression is short, so is the stack. */
  private static final class Parser {
    private final String text;
    private int at;

    Parser(String text) {
      this.text = text;
    }

    Scaling parse() {
      Scaling result = sum();
      if (peek() != 0) {
        throw problem("unexpected '" + peek() + "'");
      }
      for (int c = 0; c < CHANNELS; c++) {
        double size = Math.abs(result.factor[c]) * 255 + Math.abs(result.offset[c]);
        if (result.factor[c] == 0 || !(size <= Float.MAX_VALUE)) {
          throw problem(
              String.format(
                  Locale.ROOT,
                  "channel %d comes to %s * p + %s, which a picture cannot be fed with",
                  c + 1,
                  result.factor[c],
                  result.offset[c]));
        }
      }
      return result;
    }

    private Scaling sum() {
      Scaling result = product();
      while (peek() == '+' || peek() == '-') {
        int sign = text.charAt(at++) == '+' ? 1 : -1;
        result = result.plus(product(), sign);
      }
      return result;
    }

    private Scaling product() {
      Scaling result = factor();
      while (peek() == '*' || peek() == '/') {
        int operator = at++;
        Scaling right = factor();
        result = text.charAt(operator) == '*' ? multiply(result, right) : divide(result, right);
      }
      return result;
    }

    private Scaling multiply(Scaling left, Scaling right) {
      if (right.isConstant()) {
        return left.times(right.offset);
      } else if (left.isConstant()) {
        return right.times(left.offset);
      }
      throw problem("p times p is not linear");
    }

    private Scaling divide(Scaling left, Scaling right) {
      if (!right.isConstant()) {
        throw problem("dividing by p is not linear");
      }
      double[] inverse = Arrays.stream(right.offset).map(o -> 1 / o).toArray();
      if (!Arrays.stream(inverse).allMatch(Double::isFinite)) {
        throw problem("division by zero");
      }
      return left.times(inverse);
    }

    private Scaling factor() {
      char next = peek();
      if (next == '-') {
        at++;
        return factor().times(new double[] {-1, -1, -1});
      } else if (next == 'p') {
        at++;
        return new Scaling(new double[] {1, 1, 1}, new double[CHANNELS]);
      } else if (next == '(') {
        at++;
        Scaling inner = sum();
        expect(')');
        return inner;
      } else if (next == '[') {
        return new Scaling(new double[CHANNELS], vector());
      }
      double number = number();
      return new Scaling(new double[CHANNELS], new double[] {number, number, number});
    }

    private double[] vector() {
      double[] result = new double[CHANNELS];
      expect('[');
      for (int c = 0; c < CHANNELS; c++) {
        if (c > 0) {
          expect(',');
        }
        boolean negative = peek() == '-';
        at += negative ? 1 : 0;
        result[c] = negative ? -number() : number();
      }
      expect(']');
      return result;
    }

    private double number() {
      peek();
      int from = at;
      while (at < text.length() && (isDigit(text.charAt(at)) || text.charAt(at) == '.')) {
        at++;
      }
      String digits = text.substring(from, at);
      if (!digits.matches("\\d+\\.?\\d*|\\.\\d+")) {
        at = from;
        throw problem("expected a number, p, ( or [");
      }
      return Double.parseDouble(digits);
    }

    private static boolean isDigit(char c) {
      return c >= '0' && c <= '9';
    }

    private void expect(char wanted) {
      if (peek() != wanted) {
        throw problem("expected '" + wanted + "'");
      }
      at++;
    }

    /** The next character that is not a space; 0 at the end. */
    private char peek() {
      while (at < text.length() && text.charAt(at) == ' ') {
        at++;
      }
      return at < text.length() ? text.charAt(at) : 0;
    }

    private IllegalArgumentException problem(String what) {
      return new IllegalArgumentException(
          "scaling expression \"" + text + "\", position " + (at + 1) + ": " + what);
    }
  }
}
