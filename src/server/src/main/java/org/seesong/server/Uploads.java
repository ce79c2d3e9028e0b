package org.seesong.server;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.seesong.encoder.BatchingEncoder;
import org.seesong.image.ImageDecoder;
import org.seesong.image.ImageException;
import org.seesong.image.ImageSize;
import org.seesong.image.RgbImage;
import org.seesong.io.Digests;
import org.seesong.vector.EncodedImage;
import org.seesong.vector.VectorSpace;

/**
 * Encodes uploaded pictures and remembers the vectors of the last ones, no picture. Safe for any
 * number of threads.
 */
final class Uploads {
  /** Most vectors that are remembered, and most numbers in them: 64 MB. */
  private static final int MAX_VECTORS = 10_000;

  private static final long MAX_NUMBERS = 1 << 24;

  private final ServerOptions options;
  private final ImageDecoder decoder;
  private final Work work;
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

  Uploads(ServerOptions options, Work work) {
    this.options = options;
    this.decoder = new ImageDecoder(options.limits().withMaxBytes(options.maxUploadBytes()));
    this.work = work;
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
    float[] rows;
    Work.Admission decoded = work.decode(names.size());
    try {
      List<RgbImage> images = new ArrayList<>();
      List<ImageSize> size = List.of(ImageSize.square(encoder.inputSize()));
      for (String name : names) {
        images.add(work.compute(() -> decoder.decode(pictures.get(name), name, size).get(0)));
      }
      rows = encoder.encode(images, options.timeLimit());
    } finally {
      decoded.close();
    }
    int dimension = encoder.dimension();
    for (int i = 0; i < names.size(); i++) {
      float[] row = Arrays.copyOfRange(rows, i * dimension, (i + 1) * dimension);
      known.put(names.get(i), new EncodedImage(encoder.space(), row));
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
