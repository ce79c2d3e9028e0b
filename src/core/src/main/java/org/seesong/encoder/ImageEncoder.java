package org.seesong.encoder;

import java.nio.file.Path;
import java.util.List;
import org.seesong.image.ImageDecoder;
import org.seesong.image.ImageException;
import org.seesong.image.ImageSize;
import org.seesong.image.RgbImage;
import org.seesong.vector.EncodedImage;
import org.seesong.vector.VectorSpace;

/**
 * Turns pictures into points of one vector space, where a small Euclidean distance means that two
 * pictures look alike. Implementations are safe for any number of threads until they are closed.
 */
public interface ImageEncoder extends AutoCloseable {
  /**
   * Names the vector space: vectors may be compared if and only if their encoders' ids are equal.
   *
   * @return letters a-z, digits, dot, underscore and hyphen only
   */
  String id();

  /**
   * Numbers in a vector.
   *
   * @return the dimension, at least 1
   */
  int dimension();

  /**
   * The side of the square pictures it wants; make them with {@link RgbImage#resizedTo}.
   *
   * @return side in pixels
   */
  int inputSize();

  /**
   * How many pictures in a call cost least each.
   *
   * @return the number of pictures, at least 1
   */
  int preferredBatch();

  /**
   * The vectors of some pictures.
   *
   * @param batch pictures of {@link #inputSize()} by {@link #inputSize()} pixels; may be empty
   * @return finite numbers, the first picture's {@link #dimension()} first
   * @throws IllegalArgumentException if a picture has another size
   * @throws IllegalStateException if the encoder is closed
   * @throws EncoderException if the engine behind it fails
   */
  float[] encode(List<RgbImage> batch);

  /**
   * The classes that the network behind it was trained to tell apart, such as ImageNet's.
   *
   * @return a name for each; empty if it gives vectors only
   */
  default List<String> classes() {
    return List.of();
  }

  /**
   * The vectors of some pictures, and how probable each class is for them, in one run.
   *
   * @param batch as for {@link #encode(List)}
   * @param probabilities {@code float[pictures][classes]} to write to, one after another; empty if
   *     there are no {@link #classes()} or they are not wanted
   * @return as {@link #encode(List)}, which says what is thrown, too
   */
  default float[] encode(List<RgbImage> batch, float[] probabilities) {
    return encode(batch);
  }

  /**
   * The space of its vectors.
   *
   * @return {@link #id()} and {@link #dimension()}
   */
  default VectorSpace space() {
    return new VectorSpace(id(), dimension());
  }

  /**
   * Encodes one picture of any size: resizes it to {@link #inputSize()} and puts the vector's space
   * beside it.
   *
   * @param picture the picture
   * @return its vector in this encoder's {@link #space()}
   * @throws IllegalStateException if the encoder is closed
   * @throws EncoderException if the engine behind it fails
   */
  default EncodedImage encode(RgbImage picture) {
    RgbImage resized = picture.resizedTo(inputSize(), inputSize());
    return new EncodedImage(space(), encode(List.of(resized)));
  }

  /**
   * Reads and encodes one picture file, such as a query, by the way to vectors that indexing takes.
   *
   * @param decoder reads the file
   * @param file a picture
   * @return its vector in this encoder's {@link #space()}
   * @throws ImageException if it cannot be read as a picture
   * @throws IllegalStateException if the encoder is closed
   * @throws EncoderException if the engine behind it fails
   */
  default EncodedImage encode(ImageDecoder decoder, Path file) throws ImageException {
    return encode(decoder.decode(file, ImageSize.square(inputSize())));
  }

  /** Frees what the encoder holds; it must not be used any more. A second call does nothing. */
  @Override
  void close();
}
