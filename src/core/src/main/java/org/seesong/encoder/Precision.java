package org.seesong.encoder;

import java.util.Locale;

/** The numbers a network computes with. */
public enum Precision {
  /** 32-bit floating point, as networks are trained and published. */
  FLOAT32,
  /**
   * 8-bit integers: weights of 7 bits a channel, activations of 8 bits, sums of 32 (static
   * quantisation, Jacob et al., Quantization and Training of Neural Networks, CVPR 2018).
   */
  INT8;

  /**
   * What options, names and measurements call it.
   *
   * @return {@code float32} or {@code int8}
   */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
