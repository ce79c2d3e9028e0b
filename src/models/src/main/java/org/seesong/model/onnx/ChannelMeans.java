package org.seesong.model.onnx;

import java.nio.FloatBuffer;

/** The mean of each channel of an activation [N, channels, ...], over places and pictures. */
final class ChannelMeans {
  private final double[] sums;
  private long count;

  ChannelMeans(int channels) {
    sums = new double[channels];
  }

  /** Adds one picture's activation. */
  void add(FloatBuffer numbers) {
    float[] places = new float[numbers.remaining() / sums.length];
    for (int c = 0; c < sums.length; c++) {
      numbers.get(places);
      double sum = 0;
      for (float number : places) {
        sum += number;
      }
      sums[c] += sum;
    }
    count += places.length;
  }

  double mean(int channel) {
    return count == 0 ? 0 : sums[channel] / count;
  }
}
