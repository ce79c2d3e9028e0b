package org.seesong.knn;

/**
 * How vectors are reduced.
 *
 * @param components principal components of a large segment, at least 1
 * @param smallComponents the same of a segment with fewer than {@code small} vectors: a search
 *     projects the query once for each segment, which dominates where segments are small
 * @param small vectors below which a segment counts as small
 */
record QuantizerOptions(int components, int smallComponents, int small) {
  /** Measured on 33,159 x 4096, 10,930 x 1280 and 95,347 x 64 vectors. */
  static final QuantizerOptions DEFAULT = new QuantizerOptions(256, 128, 8192);

  QuantizerOptions {
    if (components < 1 || smallComponents < 1 || smallComponents > components) {
      throw new IllegalArgumentException(
          "components must be at least 1, and smallComponents no more; got: "
              + components
              + ", "
              + smallComponents);
    }
  }

  /** All numbers of short vectors, which costs no projection worth sparing. */
  int componentsFor(int vectors, int dimension) {
    if (dimension <= components) {
      return dimension;
    }
    return vectors < small ? smallComponents : components;
  }
}
