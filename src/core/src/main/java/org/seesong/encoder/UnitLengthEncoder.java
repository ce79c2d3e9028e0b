package org.seesong.encoder;

import java.util.List;
import org.seesong.image.RgbImage;

/**
 * Another encoder's vectors at length 1: only their direction tells pictures apart, not how
 * strongly a picture excites the network. Their squared Euclidean distance is 2 - 2 cos, so
 * neighbours are those by cosine (Babenko et al., Neural Codes for Image Retrieval, ECCV 2014,
 * section 3). A space of its own. Safe for as many threads as the other.
 */
final class UnitLengthEncoder implements ImageEncoder {
  /** What names of these encoders end with. */
  static final String SUFFIX = ":unit";

  private final ImageEncoder encoder;

  UnitLengthEncoder(ImageEncoder encoder) {
    this.encoder = encoder;
  }

  @Override
  public String id() {
    return encoder.id() + "-unit";
  }

  @Override
  public int dimension() {
    return encoder.dimension();
  }

  @Override
  public int inputSize() {
    return encoder.inputSize();
  }

  @Override
  public int preferredBatch() {
    return encoder.preferredBatch();
  }

  @Override
  public List<String> classes() {
    return encoder.classes();
  }

  @Override
  public float[] encode(List<RgbImage> batch) {
    return encode(batch, new float[0]);
  }

  @Override
  public float[] encode(List<RgbImage> batch, float[] probabilities) {
    float[] vectors = encoder.encode(batch, probabilities);
    for (int start = 0; start < vectors.length; start += dimension()) {
      scale(vectors, start, start + dimension());
    }
    return vectors;
  }

  private static void scale(float[] vectors, int start, int end) {
    double square = 0;
    for (int i = start; i < end; i++) {
      square += (double) vectors[i] * vectors[i];
    }
    // All zeros have no direction and stay as they are; a query of them is refused.
    double scale = square > 0 ? 1 / Math.sqrt(square) : 0;
    for (int i = start; i < end; i++) {
      vectors[i] = (float) (scale * vectors[i]);
    }
  }

  @Override
  public void close() {
    encoder.close();
  }
}
