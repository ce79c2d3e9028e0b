package org.seesong.build;

/**
 * How a build is cut into parts, which does not depend on who computes them.
 *
 * @param pictures of a part, encoded, compared or indexed
 * @param texts of a part
 * @param songs of a part
 * @param merged documents below which the index is merged to one segment, as a build without parts
 *     leaves it
 */
record PartSizes(int pictures, int texts, int songs, int merged) {
  static final PartSizes DEFAULT = new PartSizes(1024, 1024, 4096, 100_000);
}
