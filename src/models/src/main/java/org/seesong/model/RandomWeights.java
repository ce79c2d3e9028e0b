package org.seesong.model;

import java.util.Arrays;
import java.util.Objects;
import java.util.SplittableRandom;

/**
 * An untrained network: kernels uniform in +-sqrt(6 / fan-in) (He et al., "Delving Deep into
 * Rectifiers", ICCV 2015, section 2.2), biases 0. It takes the time and memory of a trained one;
 * its vectors mean nothing. The same seed gives the same bits on every machine.
 */
final class RandomWeights implements WeightSource {
  private final VggNetwork network;
  private final long seed;

  RandomWeights(VggNetwork network, long seed) {
    this.network = Objects.requireNonNull(network, "network");
    this.seed = seed;
  }

  @Override
  public VggNetwork network() {
    return network;
  }

  @Override
  public String name() {
    return "random weights of seed " + seed;
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
    return "untrained, random weights of seed " + seed + ": for load and speed tests only";
  }

  @Override
  public FloatStream kernel(VggLayer layer) {
    float limit = (float) StrictMath.sqrt(6.0 / layer.fanIn());
    SplittableRandom random = forLayer(layer);
    return (target, count) -> {
      for (int i = 0; i < count; i++) {
        target[i] = (random.nextInt() >> 7) * 0x1p-24f * limit;
      }
    };
  }

  @Override
  public FloatStream bias(VggLayer layer) {
    return (target, count) -> Arrays.fill(target, 0, count, 0f);
  }

  @Override
  public void close() {
    // Holds nothing.
  }

  /** Each layer has a stream of its own, so that the order of reading changes nothing. */
  private SplittableRandom forLayer(VggLayer layer) {
    SplittableRandom random = new SplittableRandom(seed);
    for (VggLayer other : network.layers()) {
      SplittableRandom own = random.split();
      if (other.equals(layer)) {
        return own;
      }
    }
    throw new IllegalArgumentException("no layer of this network: " + layer);
  }
}
