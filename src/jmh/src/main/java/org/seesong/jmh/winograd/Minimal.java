package org.seesong.jmh.winograd;

/**
 * Transforms of Winograd's minimal filtering for 3x3 kernels. Lavin and Gray, "Fast Algorithms for
 * Convolutional Neural Networks", CVPR 2016, sections 4.1 to 4.3: an output tile of m x m numbers
 * is A'[(GgG')(B'dB)]A for an input tile d of m + 2 a side and a kernel g, so that (m + 2)^2
 * multiplications do what 9 m^2 did.
 *
 * @param tile m
 * @param input B', square of side m + 2
 * @param kernel G, m + 2 rows of 3
 * @param output A', m rows of m + 2
 */
record Minimal(int tile, float[][] input, float[][] kernel, float[][] output) {
  /** F(2x2, 3x3): 2.25 times fewer multiplications. */
  static final Minimal F2 =
      new Minimal(
          2,
          new float[][] {{1, 0, -1, 0}, {0, 1, 1, 0}, {0, -1, 1, 0}, {0, 1, 0, -1}},
          new float[][] {{1, 0, 0}, {.5f, .5f, .5f}, {.5f, -.5f, .5f}, {0, 0, 1}},
          new float[][] {{1, 1, 1, 0}, {0, 1, -1, -1}});

  /** F(4x4, 3x3): 4 times fewer. */
  static final Minimal F4 =
      new Minimal(
          4,
          new float[][] {
            {4, 0, -5, 0, 1, 0},
            {0, -4, -4, 1, 1, 0},
            {0, 4, -4, -1, 1, 0},
            {0, -2, -1, 2, 1, 0},
            {0, 2, -1, -2, 1, 0},
            {0, 4, 0, -5, 0, 1}
          },
          new float[][] {
            {1 / 4f, 0, 0},
            {-1 / 6f, -1 / 6f, -1 / 6f},
            {-1 / 6f, 1 / 6f, -1 / 6f},
            {1 / 24f, 1 / 12f, 1 / 6f},
            {1 / 24f, -1 / 12f, 1 / 6f},
            {0, 0, 1}
          },
          new float[][] {
            {1, 1, 1, 1, 1, 0}, {0, 1, -1, 2, -2, 0}, {0, 1, 1, 4, 4, 0}, {0, 1, -1, 8, -8, 1}
          });

  /** Side of an input tile. */
  int side() {
    return tile + 2;
  }

  /** A kernel (3, 3, in, out) as (side * side, in, out). */
  float[] transformed(float[] weights, int ins, int outs) {
    int side = side();
    float[] result = new float[side * side * ins * outs];
    for (int pair = 0; pair < ins * outs; pair++) {
      for (int r = 0; r < side; r++) {
        for (int c = 0; c < side; c++) {
          double sum = 0;
          for (int y = 0; y < 3; y++) {
            for (int x = 0; x < 3; x++) {
              sum +=
                  (double) kernel[r][y] * kernel[c][x] * weights[(y * 3 + x) * ins * outs + pair];
            }
          }
          result[(r * side + c) * ins * outs + pair] = (float) sum;
        }
      }
    }
    return result;
  }
}
