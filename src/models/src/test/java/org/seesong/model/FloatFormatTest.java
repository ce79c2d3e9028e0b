package org.seesong.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class FloatFormatTest {
  @Test
  void everyHalfIsWhatItsBitsSay() {
    for (int bits = 0; bits < 1 << 16; bits++) {
      ByteBuffer bytes = ByteBuffer.allocate(2).putShort(0, (short) bits);
      int exponent = (bits >> 10) & 0x1f;
      double fraction = (bits & 0x3ff) / 1024.0;
      double magnitude =
          exponent == 0
              ? fraction * Math.pow(2, -14)
              : exponent < 31
                  ? (1 + fraction) * Math.pow(2, exponent - 15)
                  : fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
      Float expected = (float) (bits < 0x8000 ? magnitude : -magnitude);
      assertThat((Float) FloatFormat.F16.get(bytes, 0)).isEqualTo(expected);
    }
  }

  @Test
  void bfloatIsTheUpperHalfOfAFloat() {
    ByteBuffer bytes = ByteBuffer.allocate(4).putFloat(0, -1.5e-30f);
    float expected = Float.intBitsToFloat(Float.floatToRawIntBits(-1.5e-30f) & 0xffff0000);
    assertThat(FloatFormat.BF16.get(bytes, 0)).isEqualTo(expected);
  }
}
