package org.seesong.part;

import java.util.List;

/**
 * Cuts a stage's items, in their order, into parts of one size; the last may be smaller. The cut
 * depends on nothing else, so that every engine has the same parts.
 *
 * @param items how many there are, at least 0
 * @param size of a part, at least 1
 */
public record PartPlan(int items, int size) {
  public PartPlan {
    if (items < 0 || size < 1) {
      throw new IllegalArgumentException(
          "a plan needs items of at least 0 and a size of at least 1; got: " + items + ", " + size);
    }
  }

  /** How many parts there are; none without items. */
  public int parts() {
    return (int) (((long) items + size - 1) / size);
  }

  /** The first item of a part. */
  public int start(int part) {
    return Math.multiplyExact(part, size);
  }

  /** Behind the last item of a part. */
  public int end(int part) {
    return (int) Math.min(items, (long) start(part) + size);
  }

  /** The items of a part. */
  public <T> List<T> of(List<T> all, int part) {
    return all.subList(start(part), end(part));
  }
}
