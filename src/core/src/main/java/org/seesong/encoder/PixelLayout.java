package org.seesong.encoder;

/** The order of a network's input, N pictures of H rows, W columns and C channels. */
public enum PixelLayout {
  /** Channels last, as TensorFlow wants them: [N, size, size, 3]. */
  NHWC,
  /** Channels first, as PyTorch wants them: [N, 3, size, size]. */
  NCHW;

  /** The shape of an input of some pictures. */
  long[] shape(int pictures, int size) {
    return this == NHWC
        ? new long[] {pictures, size, size, PixelFeed.CHANNELS}
        : new long[] {pictures, PixelFeed.CHANNELS, size, size};
  }
}
