package org.seesong.model.onnx;

/**
 * Which numbers an activation's unsigned bytes stand for: {@code (byte - zero) * scale}.
 *
 * @param scale the distance of two neighbours, positive
 * @param zero the byte that stands for 0
 */
record ActivationRange(float scale, int zero) {
  private static final int STEPS = 255;

  ActivationRange {
    if (!(scale > 0) || scale == Float.POSITIVE_INFINITY || zero < 0 || zero > STEPS) {
      throw new IllegalArgumentException("no range: scale " + scale + ", zero " + zero);
    }
  }

  /**
   * The range between two numbers.
   *
   * @param low at most 0
   * @param high at least 0
   */
  ActivationRange(float low, float high) {
    this(scale(low, high), Math.round(-low / scale(low, high)));
  }

  private static float scale(float low, float high) {
    float scale = (high - low) / STEPS;
    // Nothing but zeros, or next to it.
    return scale >= Float.MIN_NORMAL ? scale : 1;
  }
}
