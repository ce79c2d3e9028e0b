package org.seesong.knn;

/**
 * Rounds numbers to multiples of a step in -127 to 127.
 *
 * @param step above 0
 */
record ScalarQuantizer(float step) {
  static final int LARGEST = 127;

  byte[] quantize(float[] values) {
    byte[] code = new byte[values.length];
    for (int i = 0; i < code.length; i++) {
      code[i] = (byte) Math.max(-LARGEST, Math.min(LARGEST, Math.round(values[i] / step)));
    }
    return code;
  }

  /**
   * Between two codes, in squared steps. A plain loop, which compilers turn into SIMD: as fast as
   * Lucene's method, whose views of both arrays become garbage where it is not inlined (34 MB a
   * search of 29,000 songs).
   */
  static int squaredDistance(byte[] one, byte[] other) {
    int sum = 0;
    for (int i = 0; i < one.length; i++) {
      int difference = one[i] - other[i];
      sum += difference * difference;
    }
    return sum;
  }

  /** Whether no number of the vector was, or just may have been, beyond what a code can hold. */
  static boolean holds(byte[] code) {
    for (byte number : code) {
      if (Math.abs(number) == LARGEST) {
        return false;
      }
    }
    return true;
  }

  /** Distance between a vector and what its code stands for. */
  double error(float[] values, byte[] code) {
    double squares = 0;
    for (int i = 0; i < code.length; i++) {
      double rest = values[i] - (double) step * code[i];
      squares += rest * rest;
    }
    return Math.sqrt(squares);
  }
}
