package org.seesong.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class FloatVectorTest {
  @Test
  void aVectorIsComparedByContentAndPrintedShort() {
    assertThat(new FloatVector(new float[] {1, 2}))
        .isEqualTo(new FloatVector(new float[] {1, 2}))
        .hasToString("[1.0, 2.0]");
    assertThat(new FloatVector(new float[4096]))
        .hasToString("[0.0, 0.0, 0.0, 0.0, ... 4096 numbers]");
    assertThat(new FloatVector(new float[] {3, 4}).norm()).isEqualTo(5);
    assertThatThrownBy(() -> new FloatVector(new float[] {0, Float.NEGATIVE_INFINITY}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("value 1 of a vector must be finite; got: -Infinity");
  }
}
