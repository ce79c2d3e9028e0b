package org.seesong.model;

import java.nio.ByteBuffer;

/** How files store a number; every one is read as a 32-bit float. */
enum FloatFormat {
  F16(2) {
    @Override
    float get(ByteBuffer from, int index) {
      int bits = from.getShort(2 * index);
      int exponent = (bits >> 10) & 0x1f;
      int fraction = bits & 0x3ff;
      float magnitude =
          switch (exponent) {
            case 0 -> fraction * 0x1p-24f;
            case 0x1f -> fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
            default -> Float.intBitsToFloat(((exponent + 112) << 23) | (fraction << 13));
          };
      return bits < 0 ? -magnitude : magnitude;
    }
  },
  BF16(2) {
    @Override
    float get(ByteBuffer from, int index) {
      return Float.intBitsToFloat(from.getShort(2 * index) << 16);
    }
  },
  F32(4) {
    @Override
    float get(ByteBuffer from, int index) {
      return from.getFloat(4 * index);
    }

    @Override
    void decode(ByteBuffer from, float[] to, int count) {
      from.duplicate().order(from.order()).rewind().asFloatBuffer().get(to, 0, count);
    }
  },
  F64(8) {
    @Override
    float get(ByteBuffer from, int index) {
      return (float) from.getDouble(8 * index);
    }
  };

  private final int bytes;

  FloatFormat(int bytes) {
    this.bytes = bytes;
  }

  int bytes() {
    return bytes;
  }

  /** The number at an index, counted from the buffer's start. */
  abstract float get(ByteBuffer from, int index);

  /** The first numbers of a buffer. */
  void decode(ByteBuffer from, float[] to, int count) {
    for (int i = 0; i < count; i++) {
      to[i] = get(from, i);
    }
  }
}
