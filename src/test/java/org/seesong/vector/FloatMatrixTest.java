package org.seesong.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
  void moreFloatsThanAnArrayHoldsAreRefused() {
    assertThatThrownBy(() -> FloatMatrix.zeros(1 << 20, 1 << 12))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2^31-9");
  }
}
