package org.seesong.model.onnx;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;

/**
 * Weights as signed bytes with a scale for each output channel: {@code weight = byte * scale},
 * symmetric.
 *
 * <p>The bytes are within +-{@value #LARGEST}, 7 bits: processors without VNNI add two products of
 * an unsigned and a signed byte in 16 bits (vpmaddubsw), which saturates beyond 255 * 64 * 2. So
 * the network gives the same bits on every processor.
 */
final class Int8Weights {
  /** The largest byte. */
  static final int LARGEST = 63;

  /** So that a bias over the scales fits in 32 bits, whatever is added to it. */
  private static final float LARGEST_BIAS = 0x1p29f;

  private Int8Weights() {}

  /**
   * The largest weight of each output.
   *
   * @param weights {@code [outputs][each]}, or {@code [each][outputs]} if outputs are last
   * @return {@code float[outputs]}
   */
  static float[] largest(FloatBuffer weights, int outputs, boolean outputsLast) {
    float[] largest = new float[outputs];
    int each = weights.remaining() / outputs;
    if (outputsLast) {
      float[] row = new float[outputs];
      for (int i = 0; i < each; i++) {
        weights.get(i * outputs, row);
        for (int o = 0; o < outputs; o++) {
          largest[o] = Math.max(largest[o], Math.abs(row[o]));
        }
      }
      return largest;
    }
    float[] row = new float[each];
    for (int o = 0; o < outputs; o++) {
      weights.get(o * each, row);
      for (float weight : row) {
        largest[o] = Math.max(largest[o], Math.abs(weight));
      }
    }
    return largest;
  }

  /**
   * Scales of the outputs.
   *
   * @param largest of each output, see {@link #largest}
   * @param bias of each output; empty if there is none
   * @param inputScale scale of the activations that the weights are multiplied with
   */
  static float[] scales(float[] largest, float[] bias, float inputScale) {
    float[] scales = new float[largest.length];
    for (int o = 0; o < scales.length; o++) {
      float scale = largest[o] / LARGEST;
      if (bias.length > 0) {
        scale = Math.max(scale, Math.abs(bias[o]) / inputScale / LARGEST_BIAS);
      }
      scales[o] = scale >= Float.MIN_NORMAL ? scale : 1;
    }
    return scales;
  }

  static byte quantise(float weight, float scale) {
    return (byte) Math.max(-LARGEST, Math.min(LARGEST, Math.round(weight / scale)));
  }

  /** Bytes of {@code [outputs][each]} weights. */
  static ByteBuffer rows(FloatBuffer weights, float[] scales) {
    int each = weights.remaining() / scales.length;
    ByteBuffer bytes = ByteBuffer.allocate(weights.remaining());
    for (int o = 0; o < scales.length; o++) {
      for (int i = 0; i < each; i++) {
        bytes.put(quantise(weights.get(o * each + i), scales[o]));
      }
    }
    return bytes.flip();
  }

  /**
   * Bytes of some rows of a matrix [inputs][outputs].
   *
   * @param weights {@code [inputs][outputs]}, or {@code [outputs][inputs]} if transposed
   * @param from the first row
   * @param to the row behind the last
   */
  static ByteBuffer columns(
      FloatBuffer weights, boolean transposed, int inputs, int from, int to, float[] scales) {
    int outputs = scales.length;
    ByteBuffer bytes = ByteBuffer.allocate((to - from) * outputs);
    for (int o = 0; transposed && o < outputs; o++) {
      for (int i = from; i < to; i++) {
        bytes.put((i - from) * outputs + o, quantise(weights.get(o * inputs + i), scales[o]));
      }
    }
    for (int i = from; !transposed && i < to; i++) {
      for (int o = 0; o < outputs; o++) {
        bytes.put((i - from) * outputs + o, quantise(weights.get(i * outputs + o), scales[o]));
      }
    }
    return bytes;
  }

  /** Biases in units of the product's scale. */
  static int[] bias(float[] bias, float[] scales, float inputScale) {
    int[] units = new int[scales.length];
    for (int o = 0; o < bias.length; o++) {
      units[o] = (int) Math.rint((double) bias[o] / ((double) inputScale * scales[o]));
    }
    return units;
  }
}
