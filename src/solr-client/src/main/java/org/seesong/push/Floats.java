package org.seesong.push;

import java.util.AbstractList;
import java.util.RandomAccess;

/** Numbers of a vector as the list that Solr wants, without a copy. */
final class Floats extends AbstractList<Float> implements RandomAccess {
  private final float[] values;

  Floats(float[] values) {
    this.values = values;
  }

  @Override
  public Float get(int index) {
    return values[index];
  }

  @Override
  public int size() {
    return values.length;
  }

  /** The numbers themselves, not to be changed. */
  float[] numbers() {
    return values;
  }
}
