package org.seesong.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.seesong.encoder.BatchingEncoder;
import org.seesong.encoder.BatchingOptions;
import org.seesong.image.RgbImage;
import org.seesong.io.Digests;
import org.seesong.server.Uploads.Upload;
import org.seesong.vector.EncodedImage;
import org.seesong.vector.VectorSpace;

class UploadsTest {
  private static final int DIMENSION = VectorSpace.MAX_DIMENSION;

  /** Long vectors, so that few of them fill the memory. */
  private static final class LongVectors extends TestFolder.MeanColour {
    private int encoded;

    LongVectors() {
      super("long-1");
    }

    @Override
    public int dimension() {
      return DIMENSION;
    }

    @Override
    public float[] encode(List<RgbImage> batch) {
      encoded += batch.size();
      float[] vectors = new float[batch.size() * DIMENSION];
      Arrays.fill(vectors, 1);
      return vectors;
    }
  }

  private static Upload encode(Uploads uploads, BatchingEncoder encoder, int number)
      throws Exception {
    byte[] picture = TestFolder.png(number % 256, number / 256, 1, 8, 8);
    return uploads.encode(encoder, Map.of("a picture", picture)).get(0);
  }

  @Test
  void theLastUploadsAreRememberedWithinTheMemory() throws Exception {
    LongVectors longVectors = new LongVectors();
    try (BatchingEncoder encoder = new BatchingEncoder(longVectors, BatchingOptions.DEFAULT)) {
      Uploads uploads = new Uploads(TestFolder.OPTIONS, new Work(TestFolder.OPTIONS));
      Upload first = encode(uploads, encoder, 0);
      assertThat(first.key()).isEqualTo(Digests.sha256(TestFolder.png(0, 0, 1, 8, 8)));
      Upload second = encode(uploads, encoder, 1);
      int most = (1 << 24) / DIMENSION;
      for (int i = 2; i < most; i++) {
        encode(uploads, encoder, i);
      }
      assertThat(uploads.remembered()).isEqualTo(most);
      assertThat(longVectors.encoded).isEqualTo(most);
      Optional<EncodedImage> used = uploads.find(first.key(), first.image().space());
      assertThat(used).contains(first.image());
      encode(uploads, encoder, most);
      assertThat(uploads.remembered()).isEqualTo(most);
      assertThat(uploads.find(first.key(), first.image().space())).isPresent();
      assertThat(uploads.find(second.key(), first.image().space())).isEmpty();
      // The same bytes again are not encoded again, and another space has none of them.
      encode(uploads, encoder, most);
      assertThat(longVectors.encoded).isEqualTo(most + 1);
      assertThat(uploads.find(first.key(), new VectorSpace("other-1", DIMENSION))).isEmpty();
    }
  }

  /** Takes one picture at a time, and none before it may. */
  private static final class Waiting extends TestFolder.MeanColour {
    private final CountDownLatch may = new CountDownLatch(1);

    Waiting() {
      super("waiting-1");
    }

    @Override
    public int preferredBatch() {
      return 1;
    }

    @Override
    public float[] encode(List<RgbImage> batch) {
      try {
        may.await();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
      return super.encode(batch);
    }
  }

  @Test
  void whatWaitsForTheEncoderIsFilesButForAFew() throws Exception {
    int pictures = 3 * Work.MOST_DECODED;
    Waiting waiting = new Waiting();
    ExecutorService clients = Executors.newFixedThreadPool(pictures);
    try (BatchingEncoder encoder = new BatchingEncoder(waiting, BatchingOptions.DEFAULT)) {
      Uploads uploads = new Uploads(TestFolder.OPTIONS, new Work(TestFolder.OPTIONS));
      List<Future<Upload>> answers = new ArrayList<>();
      for (int i = 0; i < pictures; i++) {
        int number = i;
        answers.add(clients.submit(() -> encode(uploads, encoder, number)));
      }
      // One is being encoded.
      await(() -> encoder.waiting() == Work.MOST_DECODED - 1);
      Thread.sleep(100);
      assertThat(encoder.waiting()).isEqualTo(Work.MOST_DECODED - 1);
      waiting.may.countDown();
      for (int i = 0; i < pictures; i++) {
        assertThat(answers.get(i).get().key())
            .isEqualTo(Digests.sha256(TestFolder.png(i % 256, i / 256, 1, 8, 8)));
      }
      assertThat(uploads.remembered()).isEqualTo(pictures);
    } finally {
      waiting.may.countDown();
      clients.shutdownNow();
    }
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(until);
      Thread.sleep(5);
    }
  }
}
