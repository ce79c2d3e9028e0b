package org.seesong.model.onnx;

import java.nio.FloatBuffer;

/**
 * What each channel of an activation [N, channels, ...] is multiplied with before it is quantised,
 * so that all channels use the whole range of a byte; the weights behind are divided by it
 * (cross-layer equalisation, Nagel et al., Data-Free Quantization through Weight Equalization and
 * Bias Correction, ICCV 2019, section 4.1, with the activations' ranges as seen).
 *
 * <p>Numbers stay the same up to rounding if a convolution gives the activation, with or without a
 * ReLU, and only convolutions take it. A ReLU6 still cuts off at the same number, since no scale is
 * below 1 and the range ends at the largest channel's greatest number.
 */
final class ChannelScales {
  /** A channel that was hardly ever active may be so on another picture. */
  private static final float MOST = 16;

  private final float[] largest;

  ChannelScales(int channels) {
    largest = new float[channels];
  }

  /** Looks at one picture's activation. */
  void add(FloatBuffer numbers) {
    float[] places = new float[numbers.remaining() / largest.length];
    for (int c = 0; c < largest.length; c++) {
      numbers.get(places);
      for (float number : places) {
        largest[c] = Math.max(largest[c], Math.abs(number));
      }
    }
  }

  /** The scale of each channel, 1 to {@value #MOST}. */
  float[] scales() {
    float most = 0;
    for (float one : largest) {
      most = Math.max(most, one);
    }
    float[] scales = new float[largest.length];
    for (int c = 0; c < scales.length; c++) {
      scales[c] = largest[c] > 0 ? Math.min(MOST, most / largest[c]) : 1;
    }
    return scales;
  }

  /** An activation with its channels scaled. */
  static FloatBuffer scaled(FloatBuffer numbers, float[] scales) {
    float[] scaled = new float[numbers.remaining()];
    numbers.get(scaled);
    int places = scaled.length / scales.length;
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] *= scales[i / places];
    }
    return FloatBuffer.wrap(scaled);
  }
}
