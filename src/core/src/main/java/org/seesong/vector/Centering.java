package org.seesong.vector;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import org.seesong.io.ContentKey;

/**
 * Moves an encoder's vectors by the mean of a catalogue's pictures and brings them to length 1, so
 * that what all of its pictures have in common tells none of them apart (mean centring, the first
 * step of PCA whitening in image retrieval: Jégou and Chum, ECCV 2012). Belongs to one catalogue;
 * the space of the results is named for encoder and mean.
 *
 * <p>Immutable; safe for any number of threads.
 */
public final class Centering {
  private static final int HASH = 8;

  private final VectorSpace encoder;
  private final float[] mean;
  private final byte[] bytes;

  /**
   * A centering by a mean.
   *
   * @param encoder space of the vectors that come in
   * @param mean {@code float[dimension]}, all finite; copied
   * @throws IllegalArgumentException if the mean has another dimension than the encoder or a number
   *     is not finite
   */
  public Centering(VectorSpace encoder, float[] mean) {
    this.encoder = encoder;
    this.mean = mean.clone();
    if (mean.length != encoder.dimension() || FloatVector.firstNotFinite(mean) >= 0) {
      throw new IllegalArgumentException(
          "a mean for " + encoder + " must be as many finite numbers; got: " + mean.length);
    }
    ByteBuffer buffer = ByteBuffer.allocate(Float.BYTES * mean.length);
    buffer.asFloatBuffer().put(mean);
    this.bytes = buffer.array();
  }

  /**
   * Reads what {@link #toString} writes.
   *
   * @throws IllegalArgumentException if the text is anything else
   */
  public static Centering parse(String text) {
    int end = text.indexOf(';');
    if (end < 0) {
      throw new IllegalArgumentException(
          "a centering is an encoder's id, ';' and a mean in base64");
    }
    byte[] bytes = Base64.getDecoder().decode(text.substring(end + 1));
    float[] mean = new float[bytes.length / Float.BYTES];
    ByteBuffer.wrap(bytes).asFloatBuffer().get(mean);
    if (bytes.length != Float.BYTES * mean.length) {
      throw new IllegalArgumentException("a mean of " + bytes.length + " bytes is none of floats");
    }
    return new Centering(new VectorSpace(text.substring(0, end), mean.length), mean);
  }

  /** Space of the vectors that come in. */
  public VectorSpace encoder() {
    return encoder;
  }

  /** Space of centred vectors: the encoder's id, with a hash of the mean. */
  public VectorSpace space() {
    String hash = ContentKey.of(bytes).toString().substring(0, HASH);
    return new VectorSpace(encoder.id() + "-centered-" + hash, encoder.dimension());
  }

  /**
   * Centres a vector in place. One that equals the mean has no direction and becomes all zeros.
   *
   * @param vector of the encoder
   */
  public void apply(float[] vector) {
    double square = 0;
    for (int i = 0; i < mean.length; i++) {
      double difference = (double) vector[i] - mean[i];
      square += difference * difference;
    }
    double scale = square > 0 ? 1 / Math.sqrt(square) : 0;
    for (int i = 0; i < mean.length; i++) {
      vector[i] = (float) (scale * ((double) vector[i] - mean[i]));
    }
  }

  /** A centred copy of an encoder's vector. */
  public FloatVector apply(FloatVector vector) {
    float[] values = vector.values().clone();
    apply(values);
    return new FloatVector(values);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Centering that
        && encoder.equals(that.encoder)
        && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return 31 * encoder.hashCode() + Arrays.hashCode(bytes);
  }

  /** The encoder's id, a semicolon and the mean: big-endian floats in base64. */
  @Override
  public String toString() {
    return encoder.id() + ';' + Base64.getEncoder().encodeToString(bytes);
  }
}
