package org.seesong.model.onnx;

/** How the range of an activation is chosen from what was seen of it. */
public enum RangeMethod {
  /** From the least to the greatest number seen. */
  MIN_MAX,
  /** Without the rarest numbers, one in 10,000 at either end. */
  PERCENTILE,
  /**
   * The range whose 8-bit numbers lose least of the distribution, by Kullback-Leibler divergence
   * (Migacz, 8-bit Inference with TensorRT, GTC 2017).
   */
  ENTROPY
}
