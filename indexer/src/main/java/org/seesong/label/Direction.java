package org.seesong.label;

/** Vectors at unit length: lengths say how much there is in a picture, not what. */
final class Direction {
  private Direction() {}

  /** Brings a vector to length 1; false if it has none, being all zeros. */
  static boolean unit(float[] vector) {
    double squares = 0;
    for (float x : vector) {
      squares += (double) x * x;
    }
    if (!(squares > 0)) {
      return false;
    }
    double scale = 1 / Math.sqrt(squares);
    for (int i = 0; i < vector.length; i++) {
      vector[i] = (float) (vector[i] * scale);
    }
    return true;
  }

  /** Squared distance, in doubles and in order: the same bits on every machine. */
  static double square(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      double difference = (double) a[i] - b[i];
      sum += difference * difference;
    }
    return sum;
  }
}
