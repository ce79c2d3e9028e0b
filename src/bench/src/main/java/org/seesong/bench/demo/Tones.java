package org.seesong.bench.demo;

import java.awt.Color;

/** Small colour arithmetic that the scenes share. */
final class Tones {
  private Tones() {}

  /** An opaque colour from its hexadecimal notation, {@code 0xRRGGBB}. */
  static Color rgb(int hex) {
    return new Color(hex);
  }

  /** The colour {@code share} of the way from one to another, alpha included. */
  static Color mix(Color from, Color to, double share) {
    double t = clamp(share, 0, 1);
    return new Color(
        between(from.getRed(), to.getRed(), t),
        between(from.getGreen(), to.getGreen(), t),
        between(from.getBlue(), to.getBlue(), t),
        between(from.getAlpha(), to.getAlpha(), t));
  }

  /** The same colour with another alpha, 0 to 1. */
  static Color fade(Color color, double alpha) {
    int value = (int) Math.round(clamp(alpha, 0, 1) * 255);
    return new Color(color.getRed(), color.getGreen(), color.getBlue(), value);
  }

  /** A lighter (share above 0) or darker (share below 0) colour. */
  static Color lit(Color color, double share) {
    Color goal = share < 0 ? Color.BLACK : Color.WHITE;
    return mix(color, fade(goal, color.getAlpha() / 255.0), Math.abs(share));
  }

  /** The colour turned in hue (share of a full turn), its saturation and brightness scaled. */
  static Color turn(Color color, double hue, double saturation, double brightness) {
    float[] hsb = Color.RGBtoHSB(color.getRed(), color.getGreen(), color.getBlue(), null);
    return Color.getHSBColor(
        (float) (hsb[0] + hue),
        (float) clamp(hsb[1] * saturation, 0, 1),
        (float) clamp(hsb[2] * brightness, 0, 1));
  }

  /** The value moved into the range from low to high. */
  static double clamp(double value, double low, double high) {
    return Math.max(low, Math.min(high, value));
  }

  private static int between(int from, int to, double share) {
    return (int) Math.round(from + (to - from) * share);
  }
}
