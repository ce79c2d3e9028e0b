package org.seesong.model.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.FloatBuffer;
import org.junit.jupiter.api.Test;

class ChannelScalesTest {
  @Test
  void everyChannelBecomesAsLargeAsTheLargest() {
    ChannelScales seen = new ChannelScales(4);
    seen.add(FloatBuffer.wrap(new float[] {1, -2, 8, 0, 0, 0, .01f, 0}));
    seen.add(FloatBuffer.wrap(new float[] {4, 0, -3, 1, 0, 0, 0, 0}));
    float[] scales = seen.scales();
    assertThat(scales).containsExactly(2, 1, 1, 16);
    FloatBuffer scaled =
        ChannelScales.scaled(FloatBuffer.wrap(new float[] {1, -2, 8, 0, 5, 6, .01f, 0}), scales);
    assertThat(scaled.array()).containsExactly(2, -4, 8, 0, 5, 6, .16f, 0);
  }
}
