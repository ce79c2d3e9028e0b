package org.seesong.server;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.seesong.encoder.BatchingEncoder;
import org.seesong.image.ImageDecoder;
import org.seesong.image.ImageException;
import org.seesong.image.ImageSize;
import org.seesong.image.RgbImage;
import org.seesong.io.Digests;
import org.seesong.vector.EncodedImage;
import org.seesong.vector.VectorSpace;

/**
 * Encodes uploaded pictures and remembers the vectors of the last ones, no picture. As many as the
 * encoder's queue holds are in work at once, of which one a processor is being decoded; more are
 * refused at once. Safe for any number of threads.
 */
final class Uploads {
  /** Most vectors that are remembered, and most numbers in them: 64 MB. */
  private static final int MAX_VECTORS = 10_000;

  private static final long MAX_NUMBERS = 1 << 24;

  private final ServerOptions options;
  private final ImageDecoder decoder;
  private final Semaphore admitted;
  private final Semaphore decoding;
  private final Map<Entry, EncodedImage> vectors = new LinkedHashMap<>(16, 0.75f, true);
  private long numbers;

  /** A picture in a space. */
  private record Entry(String key, VectorSpace space) {}

  /**
   * An uploaded picture.
   *
   * @param key SHA-256 of its bytes, by which later requests name it
   * @param image its vector
   */
  record Upload(String key, EncodedImage image) {}

  Uploads(ServerOptions options) {
    this.options = options;
    this.decoder = new ImageDecoder(options.limits().withMaxBytes(options.maxUploadBytes()));
    this.admitted = new Semaphore(options.encoderQueue());
    this.decoding = new Semaphore(Runtime.getRuntime().availableProcessors(), true);
  }

  /** Pictures in work. */
  int inWork() {
    return options.encoderQueue() - admitted.availablePermits();
  }

  /** Vectors that are remembered. */
  int remembered() {
    synchronized (vectors) {
      return vectors.size();
    }
  }

  /** The vector of an earlier upload, if it is remembered in this space. */
  Optional<EncodedImage> find(String key, VectorSpace space) {
    synchronized (vectors) {
      return Optional.ofNullable(vectors.get(new Entry(key, space)));
    }
  }

  /**
   * Encodes pictures.
   *
   * @param pictures files by the name that messages call them
   * @return in the same order
   * @throws ImageException if one cannot be read as a picture
   * @throws org.seesong.encoder.EncoderOverloadedException if it takes too long
   */
  List<Upload> encode(BatchingEncoder encoder, Map<String, byte[]> pictures) throws ImageException {
    Map<String, String> keys = new LinkedHashMap<>();
    pictures.forEach((name, bytes) -> keys.put(name, Digests.sha256(bytes)));
    Map<String, EncodedImage> known = new LinkedHashMap<>();
    List<String> missing = new ArrayList<>();
    for (String name : pictures.keySet()) {
      find(keys.get(name), encoder.space())
          .ifPresentOrElse(image -> known.put(name, image), () -> missing.add(name));
    }
    if (!missing.isEmpty()) {
      encodeMissing(encoder, pictures, missing, known);
    }
    return keys.entrySet().stream()
        .map(each -> remember(each.getValue(), known.get(each.getKey())))
        .toList();
  }

  private void encodeMissing(
      BatchingEncoder encoder,
      Map<String, byte[]> pictures,
      List<String> names,
      Map<String, EncodedImage> known)
      throws ImageException {
    int permits = Math.min(names.size(), options.encoderQueue());
    if (!admitted.tryAcquire(permits)) {
      throw ApiException.overloaded(
          "the server is busy with "
              + inWork()
              + " pictures and takes "
              + options.encoderQueue()
              + "; retry in a moment");
    }
    try {
      List<RgbImage> images = new ArrayList<>();
      for (String name : names) {
        images.add(decode(pictures.get(name), name, encoder.inputSize()));
      }
      float[] rows = encoder.encode(images, options.timeLimit());
      int dimension = encoder.dimension();
      for (int i = 0; i < names.size(); i++) {
        float[] row = new float[dimension];
        System.arraycopy(rows, i * dimension, row, 0, dimension);
        known.put(names.get(i), new EncodedImage(encoder.space(), row));
      }
    } finally {
      admitted.release(permits);
    }
  }

  private RgbImage decode(byte[] bytes, String name, int side) throws ImageException {
    try {
      if (!decoding.tryAcquire(options.timeLimit().toMillis(), TimeUnit.MILLISECONDS)) {
        throw ApiException.overloaded("the server is busy decoding pictures; retry in a moment");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ApiException.overloaded("the server is stopping");
    }
    try {
      return decoder.decode(bytes, name, List.of(ImageSize.square(side))).get(0);
    } finally {
      decoding.release();
    }
  }

  private Upload remember(String key, EncodedImage image) {
    synchronized (vectors) {
      if (vectors.put(new Entry(key, image.space()), image) == null) {
        numbers += image.space().dimension();
      }
      var eldest = vectors.entrySet().iterator();
      while (vectors.size() > MAX_VECTORS || numbers > MAX_NUMBERS) {
        numbers -= eldest.next().getKey().space().dimension();
        eldest.remove();
      }
    }
    return new Upload(key, image);
  }
}
