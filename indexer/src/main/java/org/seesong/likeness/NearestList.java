package org.seesong.likeness;

/** The best few of many, by likeness; of equals the lower number. Not safe for several threads. */
final class NearestList {
  private final int[] numbers;
  private final float[] likenesses;
  private int size;

  NearestList(int capacity) {
    numbers = new int[capacity];
    likenesses = new float[capacity];
  }

  /** Numbers must come in ascending order, so that an equal one is never better. */
  void offer(int number, float likeness) {
    if (size == numbers.length && !(likeness > likenesses[size - 1])) {
      return;
    }
    int at = size < numbers.length ? size++ : size - 1;
    while (at > 0 && likeness > likenesses[at - 1]) {
      numbers[at] = numbers[at - 1];
      likenesses[at] = likenesses[at - 1];
      at--;
    }
    numbers[at] = number;
    likenesses[at] = likeness;
  }

  int size() {
    return size;
  }

  int number(int place) {
    return numbers[place];
  }
}
