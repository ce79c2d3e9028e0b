package org.seesong.build;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongConsumer;
import org.seesong.encoder.ImageEncoder;
import org.seesong.image.DecoderLimits;
import org.seesong.image.ImageDecoder;
import org.seesong.image.ImageException;
import org.seesong.image.ImageSize;
import org.seesong.image.RgbImage;
import org.seesong.io.ContentKey;
import org.seesong.io.OrderedWork;

/**
 * Encodes the pictures that no earlier build has encoded.
 *
 * <p>Worker threads read, decode and shrink pictures ahead of the encoder, which runs on the
 * calling thread and so waits only when decoding is the slower of the two. What is ahead is
 * bounded, so memory does not grow with the catalogue. Each vector is on file as soon as its batch
 * is done: a killed build repeats one batch at most.
 */
final class PictureEncoding {
  /** Version and shape of the thumbnails; another text makes another file. */
  static final String THUMBNAILS =
      "thumbnails;side=160;quality=0.8;decoding=" + ImageDecoder.VERSION;

  private static final int THUMBNAIL_SIDE = 160;
  private static final float THUMBNAIL_QUALITY = 0.8f;

  private final ImageDecoder decoder;
  private final ImageEncoder encoder;
  private final PictureStore store;
  private final LongConsumer progress;
  private final List<String> problems = new ArrayList<>();
  private final List<Prepared> batch = new ArrayList<>();
  private int encoded;
  private int reused;

  PictureEncoding(
      ImageEncoder encoder, PictureStore store, DecoderLimits limits, LongConsumer progress) {
    this.decoder = new ImageDecoder(limits);
    this.encoder = encoder;
    this.store = store;
    this.progress = progress;
  }

  /** A picture on its way: what it holds once it is decoded, or why it cannot be. */
  private record Prepared(ContentKey key, RgbImage input, byte[] thumbnail, String problem) {
    static Prepared known(ContentKey key) {
      return new Prepared(key, null, null, null);
    }

    static Prepared unreadable(String problem) {
      return new Prepared(EncodedPictures.UNREADABLE, null, null, problem);
    }
  }

  /**
   * Encodes.
   *
   * @param threads that decode ahead; 0 to decode on the calling thread, as an engine wants it that
   *     gives each part one core
   */
  EncodedPictures encode(List<Path> pictures, int threads)
      throws IOException, InterruptedException {
    ContentKey[] keys = new ContentKey[pictures.size()];
    if (threads == 0) {
      for (int picture = 0; picture < keys.length; picture++) {
        if (Thread.interrupted()) {
          throw new InterruptedException("interrupted between pictures");
        }
        take(prepare(pictures.get(picture)), picture, keys);
      }
    } else {
      OrderedWork.run(
          "seesong-decode",
          threads,
          pictures.size(),
          threads + 2 * Math.max(1, encoder.preferredBatch()),
          picture -> prepare(pictures.get(picture)),
          (prepared, picture) -> take(prepared, picture, keys));
    }
    flush();
    store.sync();
    return new EncodedPictures(Arrays.asList(keys), problems, encoded, reused);
  }

  private Prepared prepare(Path file) throws IOException {
    byte[] bytes;
    try {
      bytes = decoder.bytes(file);
    } catch (NoSuchFileException e) {
      return Prepared.unreadable(file + ": is gone since the catalogue was read");
    } catch (ImageException e) {
      return Prepared.unreadable(e.getMessage());
    } catch (IOException e) {
      return Prepared.unreadable(file + ": cannot be read: " + e);
    }
    ContentKey key = ContentKey.of(bytes);
    if (store.contains(key)) {
      return Prepared.known(key);
    }
    try {
      List<ImageSize> sizes =
          List.of(ImageSize.square(encoder.inputSize()), ImageSize.within(THUMBNAIL_SIDE));
      List<RgbImage> images = decoder.decode(bytes, file.toString(), sizes);
      byte[] thumbnail = images.get(1).toJpeg(THUMBNAIL_SIDE, THUMBNAIL_QUALITY);
      return new Prepared(key, images.get(0), thumbnail, null);
    } catch (ImageException e) {
      return Prepared.unreadable(e.getMessage());
    }
  }

  private void take(Prepared prepared, int picture, ContentKey[] keys) throws IOException {
    keys[picture] = prepared.key();
    take(prepared);
    progress.accept(picture + 1L);
  }

  private void take(Prepared prepared) throws IOException {
    if (prepared.problem() != null) {
      problems.add(prepared.problem());
    } else if (prepared.input() == null) {
      reused++;
    } else {
      batch.add(prepared);
      if (batch.size() >= encoder.preferredBatch()) {
        flush();
      }
    }
  }

  /** Encodes what waits. */
  private void flush() throws IOException {
    if (batch.isEmpty()) {
      return;
    }
    int dimension = encoder.dimension();
    int width = store.classCount();
    float[] probabilities = new float[batch.size() * width];
    float[] rows = encoder.encode(batch.stream().map(Prepared::input).toList(), probabilities);
    for (int i = 0; i < batch.size(); i++) {
      Prepared prepared = batch.get(i);
      store.put(
          prepared.key(),
          Arrays.copyOfRange(rows, i * dimension, (i + 1) * dimension),
          ClassFile.strongest(probabilities, i * width, width),
          prepared.thumbnail());
    }
    encoded += batch.size();
    batch.clear();
  }
}
