package org.seesong.bench.demo;

/** Smooth value noise on a hashed lattice: clouds, ridges, foam and bark are made of it. */
final class Noise {
  private final long salt;

  Noise(long salt) {
    this.salt = salt;
  }

  /** Some octaves of noise at a point, 0 to 1, mostly around a half. */
  double at(double x, double y, int octaves) {
    double sum = 0;
    double weight = 0.5;
    double total = 0;
    double px = x;
    double py = y;
    for (int i = 0; i < octaves; i++) {
      sum += weight * single(px, py);
      total += weight;
      weight /= 2;
      // The odd offsets keep the lattices of two octaves from lining up.
      px = px * 2.03 + 17.7;
      py = py * 2.03 + 9.2;
    }
    return sum / total;
  }

  private double single(double x, double y) {
    long left = floor(x);
    long top = floor(y);
    double tx = ease(x - left);
    double ty = ease(y - top);
    double above = value(left, top) * (1 - tx) + value(left + 1, top) * tx;
    double below = value(left, top + 1) * (1 - tx) + value(left + 1, top + 1) * tx;
    return above * (1 - ty) + below * ty;
  }

  private static long floor(double x) {
    long cut = (long) x;
    return x < cut ? cut - 1 : cut;
  }

  private static double ease(double t) {
    return t * t * (3 - 2 * t);
  }

  private double value(long x, long y) {
    long hash = salt + x * 0x9E3779B97F4A7C15L + y * 0xC2B2AE3D27D4EB4FL;
    hash = (hash ^ (hash >>> 30)) * 0xBF58476D1CE4E5B9L;
    hash = (hash ^ (hash >>> 27)) * 0x94D049BB133111EBL;
    return ((hash ^ (hash >>> 31)) >>> 11) * 0x1.0p-53;
  }
}
