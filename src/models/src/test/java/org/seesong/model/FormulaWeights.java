package org.seesong.model;

/**
 * The network of the golden data, whose weights a formula gives: see {@code
 * shared/data/vgg19-golden/README.md}.
 */
record FormulaWeights(VggNetwork network) implements WeightSource {
  @Override
  public String name() {
    return "formula";
  }

  @Override
  public Preprocessing preprocessing() {
    return Preprocessing.KERAS;
  }

  @Override
  public boolean trained() {
    return false;
  }

  @Override
  public String note() {
    return "weights from a formula";
  }

  @Override
  public FloatStream kernel(VggLayer layer) {
    return stream(2L * number(layer), (float) Math.sqrt(6.0 / layer.fanIn()));
  }

  @Override
  public FloatStream bias(VggLayer layer) {
    return stream(2L * number(layer) + 1, .05f);
  }

  @Override
  public void close() {
    // Nothing to free.
  }

  private int number(VggLayer layer) {
    return network.layers().indexOf(layer);
  }

  private static FloatStream stream(long stream, float limit) {
    return new FloatStream() {
      private long index;

      @Override
      public void read(float[] target, int count) {
        for (int i = 0; i < count; i++) {
          target[i] = value(stream, index++, limit);
        }
      }
    };
  }

  static float value(long stream, long index, float limit) {
    return ((splitmix64(index + (stream << 40)) >>> 40) * 0x1p-23f - 1) * limit;
  }

  private static long splitmix64(long seed) {
    long x = seed + 0x9E3779B97F4A7C15L;
    x = (x ^ (x >>> 30)) * 0xBF58476D1CE4E5B9L;
    x = (x ^ (x >>> 27)) * 0x94D049BB133111EBL;
    return x ^ (x >>> 31);
  }

  /** All numbers of a stream. */
  static float[] all(FloatStream stream, long count) throws java.io.IOException {
    float[] values = new float[Math.toIntExact(count)];
    stream.read(values, values.length);
    return values;
  }
}
