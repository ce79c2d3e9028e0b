package org.seesong.embedding;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The step on the Vector API: six rows at once through registers of 256 bits.
 *
 * <p>Compiled by itself, since {@code --release} hides the incubating module, and reached by name
 * only, see {@link SgnsKernel#fastest()}. Sums across lanes go through memory: six of them are 42
 * scalar additions that overlap, while {@code reduceLanes} has no order that the API promises.
 */
final class VectorSgnsKernel implements SgnsKernel {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_256;

  private final float[] lanes = new float[TARGETS * LANES];
  private final float[] gradients = new float[TARGETS];

  /** Elsewhere a vector of 8 lanes is an object for each operation, a hundred times slower. */
  static boolean isFast() {
    return FloatVector.SPECIES_PREFERRED.length() >= LANES;
  }

  @Override
  public void run(
      float[] vectors, float[] contexts, int stride, int[] steps, int count, float rate) {
    for (int at = 0; at < count * STEP; at += STEP) {
      products(vectors, contexts, stride, steps, at);
      Sigmoid.steps(lanes, steps[at + TARGETS + 1], rate, gradients);
      update(vectors, contexts, stride, steps, at);
    }
  }

  private void products(float[] vectors, float[] contexts, int stride, int[] steps, int at) {
    int source = steps[at];
    int row0 = steps[at + 1];
    int row1 = steps[at + 2];
    int row2 = steps[at + 3];
    int row3 = steps[at + 4];
    int row4 = steps[at + 5];
    int row5 = steps[at + 6];
    FloatVector sum0 = FloatVector.zero(SPECIES);
    FloatVector sum1 = sum0;
    FloatVector sum2 = sum0;
    FloatVector sum3 = sum0;
    FloatVector sum4 = sum0;
    FloatVector sum5 = sum0;
    for (int i = 0; i < stride; i += LANES) {
      FloatVector u = FloatVector.fromArray(SPECIES, vectors, source + i);
      sum0 = sum0.add(u.mul(FloatVector.fromArray(SPECIES, contexts, row0 + i)));
      sum1 = sum1.add(u.mul(FloatVector.fromArray(SPECIES, contexts, row1 + i)));
      sum2 = sum2.add(u.mul(FloatVector.fromArray(SPECIES, contexts, row2 + i)));
      sum3 = sum3.add(u.mul(FloatVector.fromArray(SPECIES, contexts, row3 + i)));
      sum4 = sum4.add(u.mul(FloatVector.fromArray(SPECIES, contexts, row4 + i)));
      sum5 = sum5.add(u.mul(FloatVector.fromArray(SPECIES, contexts, row5 + i)));
    }
    sum0.intoArray(lanes, 0);
    sum1.intoArray(lanes, LANES);
    sum2.intoArray(lanes, 2 * LANES);
    sum3.intoArray(lanes, 3 * LANES);
    sum4.intoArray(lanes, 4 * LANES);
    sum5.intoArray(lanes, 5 * LANES);
  }

  /**
   * Rows are read and written one after another, so a vertex that is drawn twice moves twice.
   * Unused targets have a step of 0 and the row of zeros, which stays as it is.
   */
  private void update(float[] vectors, float[] contexts, int stride, int[] steps, int at) {
    int source = steps[at];
    int row0 = steps[at + 1];
    int row1 = steps[at + 2];
    int row2 = steps[at + 3];
    int row3 = steps[at + 4];
    int row4 = steps[at + 5];
    int row5 = steps[at + 6];
    FloatVector g0 = FloatVector.broadcast(SPECIES, gradients[0]);
    FloatVector g1 = FloatVector.broadcast(SPECIES, gradients[1]);
    FloatVector g2 = FloatVector.broadcast(SPECIES, gradients[2]);
    FloatVector g3 = FloatVector.broadcast(SPECIES, gradients[3]);
    FloatVector g4 = FloatVector.broadcast(SPECIES, gradients[4]);
    FloatVector g5 = FloatVector.broadcast(SPECIES, gradients[5]);
    for (int i = 0; i < stride; i += LANES) {
      FloatVector u = FloatVector.fromArray(SPECIES, vectors, source + i);
      FloatVector c = FloatVector.fromArray(SPECIES, contexts, row0 + i);
      FloatVector change = u.add(g0.mul(c));
      c.add(g0.mul(u)).intoArray(contexts, row0 + i);
      c = FloatVector.fromArray(SPECIES, contexts, row1 + i);
      change = change.add(g1.mul(c));
      c.add(g1.mul(u)).intoArray(contexts, row1 + i);
      c = FloatVector.fromArray(SPECIES, contexts, row2 + i);
      change = change.add(g2.mul(c));
      c.add(g2.mul(u)).intoArray(contexts, row2 + i);
      c = FloatVector.fromArray(SPECIES, contexts, row3 + i);
      change = change.add(g3.mul(c));
      c.add(g3.mul(u)).intoArray(contexts, row3 + i);
      c = FloatVector.fromArray(SPECIES, contexts, row4 + i);
      change = change.add(g4.mul(c));
      c.add(g4.mul(u)).intoArray(contexts, row4 + i);
      c = FloatVector.fromArray(SPECIES, contexts, row5 + i);
      change = change.add(g5.mul(c));
      c.add(g5.mul(u)).intoArray(contexts, row5 + i);
      change.intoArray(vectors, source + i);
    }
  }
}
