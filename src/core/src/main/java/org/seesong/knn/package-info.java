/**
 * Nearest neighbours of vectors, as a format of Lucene: {@link org.seesong.knn.IvfVectorsFormat}
 * writes a segment's vectors and an inverted file of quantised vectors in front of them, and
 * Lucene's own queries search it. Knows Lucene and nothing else of Seesong.
 */
package org.seesong.knn;
