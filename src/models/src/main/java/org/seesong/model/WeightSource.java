package org.seesong.model;

import java.io.Closeable;
import java.io.IOException;

/**
 * Where a network's weights come from, layer by layer and in TensorFlow's layout: kernels of
 * convolutions (height, width, in, out), kernels of fully-connected layers (in, out) whose first
 * input is flattened (height, width, channel). Opening one checks all shapes. Used by one thread;
 * the opener closes.
 */
public interface WeightSource extends Closeable {
  /**
   * The network whose weights these are.
   *
   * @return the shape that was checked
   */
  VggNetwork network();

  /**
   * What to call it in messages.
   *
   * @return a file's name, or what else it is
   */
  String name();

  /**
   * What the weights expect of the pixels.
   *
   * @return how to preprocess a picture
   */
  Preprocessing preprocessing();

  /**
   * Whether the weights were learned.
   *
   * @return false if they are random, so that vectors mean nothing
   */
  boolean trained();

  /**
   * Tells people where the weights are from. Reads the whole file once for its SHA-256.
   *
   * @return one sentence
   * @throws IOException if the file cannot be read
   */
  String note() throws IOException;

  /**
   * A layer's kernel.
   *
   * @param layer one of {@link VggNetwork#layers()}
   * @return its numbers in the order of {@link VggLayer#kernelShape()}
   * @throws IOException if the file cannot be read
   */
  FloatStream kernel(VggLayer layer) throws IOException;

  /**
   * A layer's bias.
   *
   * @param layer one of {@link VggNetwork#layers()}
   * @return one number for each output channel
   * @throws IOException if the file cannot be read
   */
  FloatStream bias(VggLayer layer) throws IOException;
}
