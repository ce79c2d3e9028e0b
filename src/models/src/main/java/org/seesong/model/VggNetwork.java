package org.seesong.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The shape of a network of the VGG family: blocks of 3x3 convolutions, each block followed by a
 * 2x2 max-pooling, then fully-connected layers; ReLU after every layer.
 *
 * <p>Simonyan and Zisserman, "Very Deep Convolutional Networks for Large-Scale Image Recognition",
 * ICLR 2015, table 1. Only {@link #VGG19} is of use outside tests, which run a narrow one.
 *
 * @param side side of the square input in pixels, divisible by 2 for each block
 * @param blocks the convolutions
 * @param dense output widths of the fully-connected layers; the last is the dimension of the
 *     vectors
 * @param classes outputs of one more layer behind them, a softmax over classes; 0 for none
 */
public record VggNetwork(int side, List<Block> blocks, List<Integer> dense, int classes) {
  /** Configuration E of the paper without its classifier: 16 convolutions, fc1 and fc2. */
  public static final VggNetwork VGG19 =
      new VggNetwork(
          224,
          List.of(
              new Block(2, 64),
              new Block(2, 128),
              new Block(4, 256),
              new Block(4, 512),
              new Block(4, 512)),
          List.of(4096, 4096),
          0);

  /** What Keras calls the layer that tells classes apart. */
  static final String CLASSES = "predictions";

  /** Colour channels of the input. */
  static final int CHANNELS = 3;

  /**
   * A run of convolutions between two poolings.
   *
   * @param convolutions how many
   * @param width output channels of each
   */
  public record Block(int convolutions, int width) {
    /** Checks. */
    public Block {
      requirePositive("convolutions", convolutions);
      requirePositive("width", width);
    }
  }

  /** Checks and copies. */
  public VggNetwork {
    blocks = List.copyOf(blocks);
    dense = List.copyOf(dense);
    requirePositive("side", side);
    if (classes < 0) {
      throw new IllegalArgumentException("classes must be at least 0; got: " + classes);
    }
    requirePositive("blocks", blocks.size());
    requirePositive("dense", dense.size());
    dense.forEach(width -> requirePositive("dense", width));
    if (blocks.size() > 16 || side % (1 << blocks.size()) != 0) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "side must be divisible by 2 for each of %d blocks; got: %d",
              blocks.size(),
              side));
    }
  }

  /** The same network with a layer that tells so many classes apart; 0 leaves it out. */
  VggNetwork withClasses(int number) {
    return new VggNetwork(side, blocks, dense, number);
  }

  /**
   * Numbers in the vector it gives.
   *
   * @return the width of the last layer
   */
  public int dimension() {
    return dense.get(dense.size() - 1);
  }

  /**
   * Bytes of all weights as 32-bit floats: what {@link Vgg19#write} counts its progress to.
   *
   * @return 558,280,960 for VGG-19
   */
  public long weightBytes() {
    return layers().stream().mapToLong(layer -> layer.kernelSize() + layer.width()).sum()
        * Float.BYTES;
  }

  /** Side and channels of what the first fully-connected layer flattens. */
  int flatSide() {
    return side >> blocks.size();
  }

  /**
   * All layers with weights, in the order of the data.
   *
   * @return block1_conv1, block1_conv2, ..., fc1, fc2, and predictions if it has classes
   */
  public List<VggLayer> layers() {
    List<VggLayer> layers = new ArrayList<>();
    int channels = CHANNELS;
    for (int b = 0; b < blocks.size(); b++) {
      Block block = blocks.get(b);
      for (int c = 0; c < block.convolutions(); c++) {
        String name = "block" + (b + 1) + "_conv" + (c + 1);
        layers.add(new VggLayer(name, List.of(3, 3, channels, block.width())));
        channels = block.width();
      }
    }
    int inputs = flatSide() * flatSide() * channels;
    for (int d = 0; d < dense.size(); d++) {
      layers.add(new VggLayer("fc" + (d + 1), List.of(inputs, dense.get(d))));
      inputs = dense.get(d);
    }
    if (classes > 0) {
      layers.add(new VggLayer(CLASSES, List.of(inputs, classes)));
    }
    return List.copyOf(layers);
  }

  private static void requirePositive(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be at least 1; got: " + value);
    }
  }
}
