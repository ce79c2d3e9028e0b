package org.seesong.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class FloatMatrixTest {
  @Test
  void rowsAreCopiedOutInOrder() {
    FloatMatrix matrix = new FloatMatrix(new float[] {1, 2, 3, 4, 5, 6}, 3);
    assertThat(matrix.rows()).isEqualTo(2);
    assertThat(matrix.row(1)).containsExactly(4, 5, 6);
    matrix.row(1)[0] = 9;
    assertThat(matrix.data()[3]).isEqualTo(4);
  }

  @Test
  void aDimensionThatDoesNotDivideTheDataIsRefused() {
    assertThatThrownBy(() -> new FloatMatrix(new float[7], 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("dimension must be at least 1 and divide the number of floats (7); got: 3");
  }

  @Test
  void rowsMayStandInSeveralArrays() {
    int shift = FloatMatrix.shiftFor(15, 3);
    assertThat(shift).isEqualTo(2);
    float[][] blocks = FloatMatrix.blocks(9, 3, shift);
    assertThat(Arrays.stream(blocks).mapToInt(block -> block.length)).containsExactly(12, 12, 3);
    FloatMatrix matrix = new FloatMatrix(blocks, shift, 9, 3);
    for (int row = 0; row < 9; row++) {
      matrix.block(row)[matrix.at(row) + 1] = row;
    }
    for (int row = 0; row < 9; row++) {
      assertThat(matrix.row(row)).containsExactly(0, row, 0);
    }
    assertThatThrownBy(() -> matrix.row(9)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(matrix::data)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("9 rows of 3 floats stand in several arrays");
    assertThatThrownBy(() -> new FloatMatrix(blocks, shift, 10, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("block 2 must have 6 floats of 10 rows");
    assertThatThrownBy(() -> new FloatMatrix(blocks, shift, 13, 3))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theLargestBlocksFitAnArray() {
    for (int dimension : new int[] {1, 3, 64, 72, 4096}) {
      long floats = (1L << FloatMatrix.shiftFor(FloatMatrix.MAX_ARRAY, dimension)) * dimension;
      assertThat(floats)
          .isBetween(FloatMatrix.MAX_ARRAY / 2L - dimension, 1L * FloatMatrix.MAX_ARRAY);
    }
    assertThat(FloatMatrix.large(3, 2).data()).hasSize(6);
    assertThat(FloatMatrix.blocks(0, 3, 4)).isEmpty();
  }

  @Test
  void moreFloatsThanAnArrayHoldsAreRefused() {
    assertThatThrownBy(() -> FloatMatrix.zeros(1 << 20, 1 << 12))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2^31-9");
  }
}
