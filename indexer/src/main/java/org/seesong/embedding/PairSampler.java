package org.seesong.embedding;

/**
 * Draws pairs of a source vertex and the vertex it is to predict. Belongs to one worker.
 *
 * <p>Pairs travel as one long: the source in the upper half, the target in the lower.
 */
interface PairSampler {
  /** The next pair. */
  long next();
}
