package org.seesong.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import org.apache.lucene.store.ByteArrayDataInput;
import org.apache.lucene.store.ByteBuffersDataOutput;
import org.apache.lucene.util.VectorUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VectorSketchTest {
  private static List<float[]> vectors(int count, int dimension, double scale, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<float[]> vectors = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      float[] vector = new float[dimension];
      for (int j = 0; j < dimension; j++) {
        vector[j] = (float) (scale * Math.max(0, random.nextGaussian() + (i + j) % 3 - 1));
      }
      vectors.add(vector);
    }
    return vectors;
  }

  private static VectorSketch sketch(List<float[]> vectors, int width) throws IOException {
    return VectorSketch.of(
        vectors.size(),
        new SketchTraining(vectors),
        width,
        consumer -> {
          for (float[] vector : vectors) {
            consumer.accept(vector);
          }
        });
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-12, 1e-3, 1, 1e6, 1e13})
  void noVectorIsNearerThanItsBoundAndNoneWithinReachIsPassedOver(double scale) throws IOException {
    for (int width : new int[] {1, 7, 20, 64}) {
      List<float[]> vectors = vectors(300, 20, scale, 5);
      VectorSketch sketch = sketch(vectors, width);
      for (float[] query : vectors(20, 20, scale * 1.5, 6)) {
        VectorSketch.Target target = sketch.target(query);
        TreeSet<Integer> visited = new TreeSet<>();
        float reach = VectorUtil.squareDistance(query, vectors.get(17));
        target.within(
            new RowVisitor() {
              @Override
              public double squared() {
                return reach;
              }

              @Override
              public void visit(int row) {
                visited.add(row);
              }
            });
        for (int row = 0; row < vectors.size(); row++) {
          float squared = VectorUtil.squareDistance(query, vectors.get(row));
          assertThat(target.leastSquared(row)).isLessThanOrEqualTo(squared * (1 + 1e-6));
          if (squared <= reach) {
            assertThat(visited).contains(row);
          }
        }
      }
    }
  }

  @Test
  void allDirectionsFindTheNearestFirst() throws IOException {
    List<float[]> vectors = vectors(500, 12, 1, 7);
    VectorSketch sketch = sketch(vectors, 12);
    for (float[] query : vectors(20, 12, 1, 8)) {
      long[] keys = new long[vectors.size()];
      for (int row = 0; row < keys.length; row++) {
        keys[row] = RowHeap.key(VectorUtil.squareDistance(query, vectors.get(row)), row);
      }
      int nearest = (int) Arrays.stream(keys).min().orElseThrow();
      assertThat(sketch.target(query).nearest(8, 1, row -> true, false)).contains(nearest);
      assertThat(sketch.target(query).nearest(8, 1, row -> row != nearest, false))
          .hasSize(8)
          .doesNotContain(nearest);
      assertThat(sketch.target(query).nearest(8, 1, row -> row == 3, false)).containsExactly(3);
    }
  }

  @Test
  void whenRowsAreAskedDoesNotChangeWhichAreFound() throws IOException {
    List<float[]> vectors = vectors(3000, 12, 1, 17);
    VectorSketch sketch = sketch(vectors, 12);
    for (float[] query : vectors(20, 12, 1, 18)) {
      for (int share : new int[] {1, 2, 5, 100}) {
        IntPredicate accepted = row -> row % share == 0;
        assertThat(sketch.target(query).nearest(20, 3, accepted, true))
            .isEqualTo(sketch.target(query).nearest(20, 3, accepted, false))
            .hasSize(20);
      }
    }
  }

  @Test
  void equalVectorsHaveASketchToo() throws IOException {
    for (float value : new float[] {0, 1, 1 << 30}) {
      List<float[]> same = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        same.add(new float[] {value, 0, 0, value});
      }
      VectorSketch.Target target = sketch(same, 2).target(new float[] {1, 2, 3, 4});
      assertThat(target.nearest(5, 1, row -> true, false)).hasSize(5);
    }
  }

  @Test
  void whatIsWrittenIsRead() throws IOException {
    List<float[]> vectors = vectors(100, 30, 1, 9);
    VectorSketch sketch = sketch(vectors, 10);
    ByteBuffersDataOutput out = new ByteBuffersDataOutput();
    sketch.write(out);
    VectorSketch read = VectorSketch.read(new ByteArrayDataInput(out.toArrayCopy()));
    float[] query = vectors(1, 30, 1, 10).get(0);
    assertThat(read.target(query).nearest(20, 2, row -> true, false))
        .isEqualTo(sketch.target(query).nearest(20, 2, row -> true, false));
    assertThat(read.size()).isEqualTo(100);
  }

  @Test
  void aTargetOfAnotherDimensionIsRefused() throws IOException {
    VectorSketch sketch = sketch(vectors(10, 6, 1, 1), 2);
    assertThatThrownBy(() -> sketch.target(new float[5]))
        .hasMessage("target has 5 dimensions, vectors 6");
  }
}
