package org.seesong.encoder;

import java.util.List;
import org.seesong.image.ImageDecoder;
import org.seesong.image.RgbImage;

/**
 * A small hand-made encoder in plain Java: where which colours are, which colours there are, which
 * way edges run, and what the texture is like. Needs no model file and little more than a
 * millisecond a picture. It tells looks, not things: among photographs of 116 classes 48 % of the
 * nearest neighbours are of the same class, against 74 % by MobileNetV2.
 *
 * <p>Each part is scaled to length 1, then weighted; the squared distance of two pictures is thus
 * the weighted sum of the parts' squared distances, and a vector has length 1. The weights were
 * chosen for the share of nearest neighbours of the same class among photographs.
 *
 * <p>Safe for any number of threads.
 */
public final class DescriptorEncoder implements ImageEncoder {
  private static final int DIMENSION =
      HandcraftedFeatures.LAYOUT
          + HandcraftedFeatures.COLOURS
          + HandcraftedFeatures.EDGES
          + HandcraftedFeatures.TEXTURE;

  /** Layout, colours, edges, texture: shares of the squared length; they sum to 1. */
  private static final float[] SHARES = {0.03f, 0.05f, 0.51f, 0.41f};

  private volatile boolean closed;

  /** An encoder; it holds nothing. */
  public DescriptorEncoder() {}

  @Override
  public String id() {
    return "descriptor-" + ImageDecoder.VERSION;
  }

  @Override
  public int dimension() {
    return DIMENSION;
  }

  @Override
  public int inputSize() {
    return HandcraftedFeatures.SIDE;
  }

  @Override
  public int preferredBatch() {
    return 16;
  }

  @Override
  public float[] encode(List<RgbImage> batch) {
    EncoderInput.require(this, closed, batch);
    float[] vectors = new float[Math.multiplyExact(batch.size(), DIMENSION)];
    for (int i = 0; i < batch.size(); i++) {
      write(new HandcraftedFeatures(batch.get(i)).all(), vectors, i * DIMENSION);
    }
    return vectors;
  }

  private static void write(List<float[]> parts, float[] vectors, int offset) {
    // A part without content (no edges, all middle grey) leaves its share to the others.
    double present = 0;
    for (int p = 0; p < SHARES.length; p++) {
      present += length(parts.get(p)) > 0 ? SHARES[p] : 0;
    }
    int to = offset;
    for (int p = 0; p < SHARES.length; p++) {
      float[] part = parts.get(p);
      double length = length(part);
      double scale = length > 0 ? Math.sqrt(SHARES[p] / present) / length : 0;
      for (float value : part) {
        vectors[to++] = (float) (scale * value);
      }
    }
  }

  private static double length(float[] part) {
    double sum = 0;
    for (float value : part) {
      sum += (double) value * value;
    }
    return Math.sqrt(sum);
  }

  @Override
  public void close() {
    closed = true;
  }
}
