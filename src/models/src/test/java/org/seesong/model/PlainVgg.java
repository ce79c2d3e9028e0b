package org.seesong.model;

import java.io.IOException;
import java.util.List;

/** A network computed in the plainest way, in double precision: what a narrow one must give. */
final class PlainVgg {
  private PlainVgg() {}

  /** The vector of one preprocessed picture. */
  static double[] run(WeightSource weights, float[] picture) throws IOException {
    VggNetwork network = weights.network();
    int side = network.side();
    double[] values = new double[picture.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = picture[i];
    }
    List<VggLayer> layers = network.layers();
    int next = 0;
    for (VggNetwork.Block block : network.blocks()) {
      for (int c = 0; c < block.convolutions(); c++) {
        values = convolve(weights, layers.get(next++), values, side);
      }
      values = pool(values, side, block.width());
      side /= 2;
    }
    while (next < layers.size()) {
      values = multiply(weights, layers.get(next++), values);
    }
    return values;
  }

  private static double[] convolve(WeightSource weights, VggLayer layer, double[] in, int side)
      throws IOException {
    float[] kernel = FormulaWeights.all(weights.kernel(layer), layer.kernelSize());
    double[] out = bias(weights, layer, side * side);
    int ins = layer.kernelShape().get(2);
    int outs = layer.width();
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        for (int ky = Math.max(0, 1 - y); ky < Math.min(3, side + 1 - y); ky++) {
          for (int kx = Math.max(0, 1 - x); kx < Math.min(3, side + 1 - x); kx++) {
            for (int i = 0; i < ins; i++) {
              double value = in[((y + ky - 1) * side + x + kx - 1) * ins + i];
              for (int o = 0; o < outs; o++) {
                out[(y * side + x) * outs + o] +=
                    value * kernel[((ky * 3 + kx) * ins + i) * outs + o];
              }
            }
          }
        }
      }
    }
    return relu(out);
  }

  private static double[] pool(double[] in, int side, int width) {
    int half = side / 2;
    double[] out = new double[half * half * width];
    for (int i = 0; i < in.length; i++) {
      int y = i / width / side / 2;
      int x = i / width % side / 2;
      int at = (y * half + x) * width + i % width;
      out[at] = Math.max(out[at], in[i]);
    }
    return out;
  }

  private static double[] multiply(WeightSource weights, VggLayer layer, double[] in)
      throws IOException {
    float[] kernel = FormulaWeights.all(weights.kernel(layer), layer.kernelSize());
    double[] out = bias(weights, layer, 1);
    for (int i = 0; i < in.length; i++) {
      for (int o = 0; o < out.length; o++) {
        out[o] += in[i] * kernel[i * out.length + o];
      }
    }
    return relu(out);
  }

  private static double[] bias(WeightSource weights, VggLayer layer, int places)
      throws IOException {
    float[] bias = FormulaWeights.all(weights.bias(layer), layer.width());
    double[] out = new double[places * bias.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = bias[i % bias.length];
    }
    return out;
  }

  private static double[] relu(double[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.max(0, values[i]);
    }
    return values;
  }
}
