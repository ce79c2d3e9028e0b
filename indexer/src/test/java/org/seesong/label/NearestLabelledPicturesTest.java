package org.seesong.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NearestLabelledPicturesTest {
  /** Every seventh picture has no vector, every eleventh is all zeros, some are twins. */
  private static float[][] pictures(int size, int dimension, SplittableRandom random) {
    float[][] rows = new float[size][];
    for (int i = 0; i < size; i++) {
      if (i % 7 == 3) {
        continue;
      }
      rows[i] = new float[dimension];
      for (int j = 0; j < dimension && i % 11 != 5; j++) {
        rows[i][j] = (float) random.nextDouble(-1, 1);
      }
      if (i % 5 == 4 && rows[i - 1] != null) {
        rows[i] = rows[i - 1].clone();
      }
    }
    return rows;
  }

  /** By comparing with all, in doubles. */
  private static List<Integer> bruteForce(float[][] rows, int asker, int[] labelled, int asked) {
    if (rows[asker] == null || !Direction.unit(rows[asker].clone())) {
      return List.of();
    }
    List<Integer> all = new ArrayList<>();
    for (int other : labelled) {
      if (other != asker && rows[other] != null && Direction.unit(rows[other].clone())) {
        all.add(other);
      }
    }
    all.sort(
        Comparator.comparingDouble((Integer other) -> square(rows[asker], rows[other]))
            .thenComparingInt(other -> other));
    return all.subList(0, Math.min(asked, all.size()));
  }

  private static double square(float[] a, float[] b) {
    float[] x = a.clone();
    float[] y = b.clone();
    Direction.unit(x);
    Direction.unit(y);
    return Direction.square(x, y);
  }

  private static List<Integer> found(Neighbours neighbours, int asker) {
    return IntStream.range(0, neighbours.count(asker))
        .mapToObj(place -> neighbours.neighbour(asker, place))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void findsWhatComparingWithAllFinds(long seed) throws Exception {
    SplittableRandom random = new SplittableRandom(seed);
    int size = 1 + random.nextInt(300);
    int dimension = 1 + random.nextInt(40);
    int asked = 1 + random.nextInt(20);
    float[][] rows = pictures(size, dimension, random);
    int[] labelled = IntStream.range(0, size).filter(i -> i % 3 != 1).toArray();
    RowVectors vectors = new RowVectors(rows, dimension);
    AtomicLong most = new AtomicLong();
    NearestLabelledPictures search =
        new NearestLabelledPictures(
            vectors, vectors, labelled, true, asked, n -> most.accumulateAndGet(n, Math::max));
    Neighbours neighbours = search.find(1 + (int) seed % 3);
    for (int asker = 0; asker < size; asker++) {
      List<Integer> expected = bruteForce(rows, asker, labelled, asked);
      assertThat(found(neighbours, asker))
          .as("seed %d, picture %d", seed, asker)
          .isEqualTo(expected);
      for (int place = 0; place < expected.size(); place++) {
        assertThat(neighbours.square(asker, place))
            .isEqualTo(square(rows[asker], rows[expected.get(place)]));
      }
    }
    assertThat(most).hasValue(size);
    int cut = random.nextInt(size + 1);
    try (LabelledPictures parts = LabelledPictures.open(vectors, labelled)) {
      for (int[] part : new int[][] {{0, cut}, {cut, size}}) {
        Neighbours some = parts.nearest(part[0], part[1], asked);
        assertThat(some.pictures())
            .as("seed %d, pictures %d to %d", seed, part[0], part[1])
            .isEqualTo(Arrays.copyOfRange(neighbours.pictures(), part[0] * asked, part[1] * asked));
        assertThat(some.squares())
            .isEqualTo(Arrays.copyOfRange(neighbours.squares(), part[0] * asked, part[1] * asked));
      }
    }
  }

  /** Beyond the limit an index is searched, which may miss a few and never answers otherwise. */
  @ParameterizedTest
  @ValueSource(ints = {40, 3000})
  void beyondTheLimitAnIndexFindsNearlyTheSame(int size) throws Exception {
    SplittableRandom random = new SplittableRandom(size);
    int dimension = 24;
    int asked = 8;
    float[][] rows = pictures(size, dimension, random);
    int[] labelled = IntStream.range(0, size).filter(i -> i % 3 != 1).toArray();
    RowVectors vectors = new RowVectors(rows, dimension);
    AtomicLong most = new AtomicLong();
    Neighbours all =
        new NearestLabelledPictures(vectors, vectors, labelled, true, asked, done -> {}).find(2);
    Neighbours[] searched = new Neighbours[2];
    for (int threads = 1; threads <= 2; threads++) {
      searched[threads - 1] =
          new NearestLabelledPictures(
                  vectors,
                  vectors,
                  labelled,
                  true,
                  asked,
                  0,
                  size,
                  10,
                  n -> most.accumulateAndGet(n, Math::max))
              .find(threads);
    }
    int expected = 0;
    int same = 0;
    for (int asker = 0; asker < size; asker++) {
      List<Integer> exact = found(all, asker);
      List<Integer> approximate = found(searched[0], asker);
      assertThat(found(searched[1], asker)).isEqualTo(approximate).doesNotContain(asker);
      expected += exact.size();
      for (int place = 0; place < approximate.size(); place++) {
        int other = approximate.get(place);
        same += exact.contains(other) ? 1 : 0;
        assertThat(searched[0].square(asker, place)).isEqualTo(square(rows[asker], rows[other]));
      }
    }
    assertThat(same).isGreaterThanOrEqualTo(expected * 97 / 100);
    assertThat(most).hasValue(size);
  }

  @Test
  void aFailureToReadIsToldAsIs() {
    PictureVectors broken =
        new PictureVectors() {
          @Override
          public int size() {
            return 9;
          }

          @Override
          public int dimension() {
            return 4;
          }

          @Override
          public boolean read(int picture, float[] into) throws IOException {
            throw new IOException("the disk is gone");
          }
        };
    NearestLabelledPictures search =
        new NearestLabelledPictures(broken, broken, new int[] {1, 2}, true, 3, done -> {});
    assertThatThrownBy(() -> search.find(2))
        .isInstanceOf(IOException.class)
        .hasMessage("the disk is gone");
  }

  @Test
  void anInterruptedThreadGivesUp() {
    RowVectors vectors = new RowVectors(pictures(200, 8, new SplittableRandom(5)), 8);
    NearestLabelledPictures search =
        new NearestLabelledPictures(vectors, vectors, new int[] {1, 2}, true, 3, done -> {});
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> search.find(1)).isInstanceOf(InterruptedException.class);
  }
}
