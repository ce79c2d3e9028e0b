package org.seesong.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class EncodedImageTest {
  private static final VectorSpace SPACE = new VectorSpace("encoder-1", 3);

  @Test
  void writingToTheArrayChangesNothing() {
    float[] values = {1, 2, 3};
    EncodedImage image = new EncodedImage(SPACE, values);
    values[0] = 7;
    assertThat(image.vector().values()).containsExactly(1, 2, 3);
    assertThat(image.space()).isEqualTo(SPACE);
  }

  @Test
  void equalsLooksAtSpaceAndNumbers() {
    float[] values = {1, 2, 3};
    EncodedImage image = new EncodedImage(SPACE, values);
    assertThat(image)
        .isEqualTo(new EncodedImage(SPACE, values))
        .hasSameHashCodeAs(new EncodedImage(SPACE, values))
        .isNotEqualTo(new EncodedImage(new VectorSpace("encoder-2", 3), values))
        .isNotEqualTo(new EncodedImage(SPACE, new float[] {1, 2, 4}))
        .hasToString("[1.0, 2.0, 3.0] of 'encoder-1' (3 dimensions)");
  }

  @Test
  void whatIsNoVectorOfTheSpaceIsRefused() {
    assertThatThrownBy(() -> new EncodedImage(SPACE, new float[4]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("an image of space 'encoder-1' (3 dimensions) cannot have 4 numbers");
    assertThatThrownBy(() -> new EncodedImage(SPACE, new float[] {1, Float.NaN, 3}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("value 1 of a vector must be finite; got: NaN");
    assertThatThrownBy(() -> new EncodedImage(SPACE, new float[] {1, 2, Float.POSITIVE_INFINITY}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("value 2 of a vector must be finite; got: Infinity");
  }
}
