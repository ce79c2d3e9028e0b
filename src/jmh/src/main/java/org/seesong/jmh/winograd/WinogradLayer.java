package org.seesong.jmh.winograd;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * One 3x3 convolution of a square picture, padded to its size, by minimal filtering on the Vector
 * API; a prototype that one thread runs. Numbers lie (row, column, channel); the sides must divide
 * by the tile's and the channels by 64.
 */
final class WinogradLayer {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  /** Output channels and tiles that one call of the inner loop keeps in registers. */
  private static final int WIDTH = 4 * LANES;

  private static final int ROWS = 4;

  private final Minimal minimal;
  private final int size;
  private final int ins;
  private final int outs;
  private final int tiles;

  /** Transformed kernel, in panels of WIDTH output channels: (place, panel, in, WIDTH). */
  private final float[] kernel;

  /** Transformed input (place, tile, in), tiles rounded up to ROWS, and the products with it. */
  private final float[] spread;

  private final float[] products;
  private final float[] tile;
  private final float[] half;

  WinogradLayer(Minimal minimal, int size, int ins, int outs, float[] weights) {
    this.minimal = minimal;
    this.size = size;
    this.ins = ins;
    this.outs = outs;
    int side = minimal.side();
    int across = size / minimal.tile();
    this.tiles = (across * across + ROWS - 1) / ROWS * ROWS;
    this.kernel = panels(minimal.transformed(weights, ins, outs), side * side);
    this.spread = new float[side * side * tiles * ins];
    this.products = new float[side * side * tiles * outs];
    this.tile = new float[side * side * Math.max(ins, outs)];
    this.half = new float[side * side * Math.max(ins, outs)];
  }

  private float[] panels(float[] plain, int places) {
    float[] result = new float[plain.length];
    int to = 0;
    for (int place = 0; place < places; place++) {
      for (int panel = 0; panel < outs; panel += WIDTH) {
        for (int in = 0; in < ins; in++, to += WIDTH) {
          System.arraycopy(plain, (place * ins + in) * outs + panel, result, to, WIDTH);
        }
      }
    }
    return result;
  }

  void run(float[] input, float[] output) {
    spreadInput(input);
    int places = minimal.side() * minimal.side();
    for (int place = 0; place < places; place++) {
      for (int panel = 0; panel < outs; panel += WIDTH) {
        int weights = (place * outs + panel) * ins;
        for (int row = 0; row < tiles; row += ROWS) {
          multiply((place * tiles + row) * ins, weights, (place * tiles + row) * outs + panel);
        }
      }
    }
    gatherOutput(output);
  }

  /** Four tiles by four vectors of output channels. */
  private void multiply(int from, int weights, int to) {
    FloatVector z = FloatVector.zero(SPECIES);
    FloatVector a0 = z;
    FloatVector a1 = z;
    FloatVector a2 = z;
    FloatVector a3 = z;
    FloatVector b0 = z;
    FloatVector b1 = z;
    FloatVector b2 = z;
    FloatVector b3 = z;
    FloatVector c0 = z;
    FloatVector c1 = z;
    FloatVector c2 = z;
    FloatVector c3 = z;
    FloatVector d0 = z;
    FloatVector d1 = z;
    FloatVector d2 = z;
    FloatVector d3 = z;
    for (int in = 0; in < ins; in++) {
      int at = weights + in * WIDTH;
      FloatVector w0 = FloatVector.fromArray(SPECIES, kernel, at);
      FloatVector w1 = FloatVector.fromArray(SPECIES, kernel, at + LANES);
      FloatVector w2 = FloatVector.fromArray(SPECIES, kernel, at + 2 * LANES);
      FloatVector w3 = FloatVector.fromArray(SPECIES, kernel, at + 3 * LANES);
      FloatVector x = FloatVector.broadcast(SPECIES, spread[from + in]);
      a0 = x.fma(w0, a0);
      a1 = x.fma(w1, a1);
      a2 = x.fma(w2, a2);
      a3 = x.fma(w3, a3);
      x = FloatVector.broadcast(SPECIES, spread[from + ins + in]);
      b0 = x.fma(w0, b0);
      b1 = x.fma(w1, b1);
      b2 = x.fma(w2, b2);
      b3 = x.fma(w3, b3);
      x = FloatVector.broadcast(SPECIES, spread[from + 2 * ins + in]);
      c0 = x.fma(w0, c0);
      c1 = x.fma(w1, c1);
      c2 = x.fma(w2, c2);
      c3 = x.fma(w3, c3);
      x = FloatVector.broadcast(SPECIES, spread[from + 3 * ins + in]);
      d0 = x.fma(w0, d0);
      d1 = x.fma(w1, d1);
      d2 = x.fma(w2, d2);
      d3 = x.fma(w3, d3);
    }
    store(to, a0, a1, a2, a3);
    store(to + outs, b0, b1, b2, b3);
    store(to + 2 * outs, c0, c1, c2, c3);
    store(to + 3 * outs, d0, d1, d2, d3);
  }

  private void store(int to, FloatVector v0, FloatVector v1, FloatVector v2, FloatVector v3) {
    v0.intoArray(products, to);
    v1.intoArray(products, to + LANES);
    v2.intoArray(products, to + 2 * LANES);
    v3.intoArray(products, to + 3 * LANES);
  }

  private void spreadInput(float[] input) {
    int side = minimal.side();
    int across = size / minimal.tile();
    for (int t = 0; t < across * across; t++) {
      int top = t / across * minimal.tile() - 1;
      int left = t % across * minimal.tile() - 1;
      for (int y = 0; y < side; y++) {
        for (int x = 0; x < side; x++) {
          int to = (y * side + x) * ins;
          if (top + y < 0 || top + y >= size || left + x < 0 || left + x >= size) {
            Arrays.fill(tile, to, to + ins, 0);
          } else {
            System.arraycopy(input, ((top + y) * size + left + x) * ins, tile, to, ins);
          }
        }
      }
      for (int r = 0; r < side; r++) {
        for (int x = 0; x < side; x++) {
          int to = (r * side + x) * ins;
          sum(minimal.input()[r], tile, x * ins, side * ins, half, to, ins);
        }
      }
      for (int y = 0; y < side; y++) {
        for (int r = 0; r < side; r++) {
          int to = ((y * side + r) * tiles + t) * ins;
          sum(minimal.input()[r], half, y * side * ins, ins, spread, to, ins);
        }
      }
    }
  }

  /** A weighted sum of vectors that lie a step apart. */
  private static void sum(
      float[] weights, float[] source, int from, int step, float[] target, int to, int count) {
    for (int c = 0; c < count; c += LANES) {
      FloatVector sum = FloatVector.zero(SPECIES);
      for (int i = 0; i < weights.length; i++) {
        if (weights[i] != 0) {
          FloatVector x = FloatVector.fromArray(SPECIES, source, from + i * step + c);
          sum = x.fma(FloatVector.broadcast(SPECIES, weights[i]), sum);
        }
      }
      sum.intoArray(target, to + c);
    }
  }

  private void gatherOutput(float[] output) {
    int side = minimal.side();
    int m = minimal.tile();
    int across = size / m;
    for (int t = 0; t < across * across; t++) {
      for (int r = 0; r < m; r++) {
        for (int x = 0; x < side; x++) {
          int from = (x * tiles + t) * outs;
          sum(
              minimal.output()[r],
              products,
              from,
              side * tiles * outs,
              half,
              (r * side + x) * outs,
              outs);
        }
        for (int c = 0; c < m; c++) {
          int to = ((t / across * m + r) * size + t % across * m + c) * outs;
          sum(minimal.output()[c], half, r * side * outs, outs, output, to, outs);
        }
      }
    }
  }
}
