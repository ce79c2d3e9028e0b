package org.seesong.label;

/** The k most similar of many, of equals the lower number. Not safe for several threads. */
final class TopK {
  private final int[] numbers;
  private final float[] similarities;
  private int size;

  TopK(int capacity) {
    numbers = new int[capacity];
    similarities = new float[capacity];
  }

  /** Numbers must come in ascending order, so that an equal one is never better. */
  void offer(int number, float similarity) {
    if (size == numbers.length && !(similarity > similarities[size - 1])) {
      return;
    }
    int at = size < numbers.length ? size++ : size - 1;
    while (at > 0 && similarity > similarities[at - 1]) {
      numbers[at] = numbers[at - 1];
      similarities[at] = similarities[at - 1];
      at--;
    }
    numbers[at] = number;
    similarities[at] = similarity;
  }

  int size() {
    return size;
  }

  /** The numbers, most similar first, at most {@link #size} of them in use. */
  int[] numbers() {
    return numbers;
  }
}
