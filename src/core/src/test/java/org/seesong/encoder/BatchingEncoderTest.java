package org.seesong.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.seesong.image.RgbImage;

/** Many users of one encoder. */
class BatchingEncoderTest extends ImageEncoderTestCase {
  private final ExecutorService users = Executors.newCachedThreadPool();
  private final FakeEncoder fake = new FakeEncoder();

  @Override
  protected ImageEncoder open() {
    return new BatchingEncoder(new DescriptorEncoder(), BatchingOptions.DEFAULT.withQueue(200));
  }

  @AfterEach
  void stopUsers() {
    fake.gate.release(1_000_000);
    users.shutdownNow();
  }

  /** A pixel's three bytes are its vector. Each call waits at a gate, which may be opened wide. */
  private static final class FakeEncoder implements ImageEncoder {
    private final Semaphore gate = new Semaphore(0);
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger mostRunning = new AtomicInteger();
    private final List<Integer> batches = new CopyOnWriteArrayList<>();
    private volatile boolean closed;
    private volatile boolean closedWhileRunning;
    private volatile Error failure;
    private volatile int lacking;
    private volatile int batch = 4;
    private volatile ClassLoader seen;

    @Override
    public String id() {
      return "fake";
    }

    @Override
    public int dimension() {
      return 3;
    }

    @Override
    public int inputSize() {
      return 1;
    }

    @Override
    public int preferredBatch() {
      return batch;
    }

    @Override
    public float[] encode(List<RgbImage> batch) {
      calls.incrementAndGet();
      mostRunning.accumulateAndGet(running.incrementAndGet(), Math::max);
      gate.acquireUninterruptibly();
      batches.add(batch.size());
      seen = Thread.currentThread().getContextClassLoader();
      closedWhileRunning |= closed;
      running.decrementAndGet();
      if (failure != null) {
        throw failure;
      }
      if (lacking > 3) {
        return null;
      }
      float[] vectors = new float[3 * batch.size() - lacking];
      for (int i = 0; i < vectors.length; i++) {
        vectors[i] = batch.get(i / 3).pixels()[i % 3];
      }
      return vectors;
    }

    /** Returns once a number of calls has begun. */
    void awaitCalls(int number) throws InterruptedException {
      while (calls.get() < number) {
        Thread.sleep(1);
      }
    }

    @Override
    public void close() {
      closedWhileRunning |= running.get() > 0;
      closed = true;
    }
  }

  private static RgbImage pixel(int value) {
    return new RgbImage(1, 1, new byte[] {(byte) value, (byte) (value >> 8), (byte) (value >> 16)});
  }

  private static List<RgbImage> pixels(int count) {
    return IntStream.range(0, count).mapToObj(BatchingEncoderTest::pixel).toList();
  }

  private BatchingEncoder share(BatchingOptions options) {
    return new BatchingEncoder(fake, options);
  }

  /** Asks from another thread; returns once so many pictures wait. */
  private Future<float[]> ask(BatchingEncoder shared, int count, int thenWaiting)
      throws InterruptedException {
    Future<float[]> answer = users.submit(() -> shared.encode(pixels(count)));
    while (shared.waiting() != thenWaiting) {
      Thread.sleep(1);
    }
    return answer;
  }

  @Test
  void everyPictureGetsItsOwnVector() throws Exception {
    fake.gate.release(1_000_000);
    for (int workers = 1; workers <= 3; workers++) {
      try (BatchingEncoder shared =
          new BatchingEncoder(
              new Unclosable(fake), BatchingOptions.DEFAULT.withQueue(1000).withWorkers(workers))) {
        List<Callable<Void>> tasks = new ArrayList<>();
        for (int user = 0; user < 8; user++) {
          SplittableRandom random = new SplittableRandom(user);
          tasks.add(
              () -> {
                for (int round = 0; round < 200; round++) {
                  assertRightVectors(shared, random);
                }
                return null;
              });
        }
        for (Future<Void> task : users.invokeAll(tasks)) {
          task.get();
        }
        assertThat(shared.waiting()).isEqualTo(0);
      }
      assertThat(fake.mostRunning.get()).isLessThanOrEqualTo(workers);
      assertThat(fake.batches).allMatch(size -> size >= 1 && size <= 4);
    }
  }

  private static void assertRightVectors(BatchingEncoder shared, SplittableRandom random) {
    List<RgbImage> pictures = new ArrayList<>();
    for (int i = random.nextInt(11); i > 0; i--) {
      pictures.add(pixel(random.nextInt()));
    }
    float[] vectors = shared.encode(pictures);
    assertThat(vectors).hasSize(3 * pictures.size());
    for (int i = 0; i < vectors.length; i++) {
      assertThat(vectors[i]).isEqualTo(pictures.get(i / 3).pixels()[i % 3]);
    }
  }

  /** Lets one encoder serve several in turn. */
  private record Unclosable(ImageEncoder inner) implements ImageEncoder {
    @Override
    public String id() {
      return inner.id();
    }

    @Override
    public int dimension() {
      return inner.dimension();
    }

    @Override
    public int inputSize() {
      return inner.inputSize();
    }

    @Override
    public int preferredBatch() {
      return inner.preferredBatch();
    }

    @Override
    public float[] encode(List<RgbImage> batch) {
      return inner.encode(batch);
    }

    @Override
    public void close() {
      // Stays open.
    }
  }

  @Test
  void whatWaitsIsEncodedTogether() throws Exception {
    try (BatchingEncoder shared = share(BatchingOptions.DEFAULT)) {
      Future<float[]> alone = ask(shared, 1, 0);
      fake.awaitCalls(1);
      List<Future<float[]>> answers = new ArrayList<>();
      for (int i = 1; i <= 6; i++) {
        answers.add(ask(shared, 1, i));
      }
      answers.add(ask(shared, 3, 9));
      fake.gate.release(1_000_000);
      assertThat(alone.get()).hasSize(3);
      for (Future<float[]> answer : answers) {
        answer.get();
      }
      assertThat(fake.batches).containsExactly(1, 4, 4, 1);
      assertThat(fake.seen).isSameAs(BatchingEncoder.class.getClassLoader());
    }
  }

  @Test
  void aFullQueueRefuses() throws Exception {
    try (BatchingEncoder shared = share(BatchingOptions.DEFAULT.withQueue(3))) {
      Future<float[]> running = ask(shared, 1, 0);
      fake.awaitCalls(1);
      Future<float[]> waiting = ask(shared, 2, 2);
      assertThatThrownBy(() -> shared.encode(pixels(2)))
          .isInstanceOf(EncoderOverloadedException.class)
          .hasMessage(
              "encoder 'fake' is busy: 2 pictures wait and at most 3 may; retry in a moment");
      Future<float[]> last = ask(shared, 1, 3);
      assertThatThrownBy(() -> shared.encode(pixels(1)))
          .isInstanceOf(EncoderOverloadedException.class);
      fake.gate.release(1_000_000);
      for (Future<float[]> answer : List.of(running, waiting, last)) {
        assertThat(answer.get()).isNotEmpty();
      }
      assertThat(shared.encode(pixels(50))).as("more than the queue, alone").hasSize(150);
    }
  }

  @Test
  void aRequestThatTakesTooLongIsRefusedAndItsPlaceIsFree() throws Exception {
    try (BatchingEncoder shared =
        share(BatchingOptions.DEFAULT.withTimeLimit(Duration.ofMillis(40)))) {
      Future<float[]> running = users.submit(() -> shared.encode(pixels(1)));
      fake.awaitCalls(1);
      String message = "encoder 'fake' is busy: no answer within 40 ms; retry in a moment";
      assertThatThrownBy(() -> shared.encode(pixels(5)))
          .isInstanceOf(EncoderOverloadedException.class)
          .hasMessage(message);
      assertThat(shared.waiting()).isEqualTo(0);
      assertThatThrownBy(running::get)
          .isInstanceOf(ExecutionException.class)
          .hasRootCauseMessage(message);
      fake.gate.release(1_000_000);
    }
    assertThat(fake.batches).as("what nobody waits for is not encoded").containsExactly(1);
  }

  @Test
  void aFailureReachesThoseInItsBatchAndTheNextGoesOn() throws Exception {
    fake.failure = new OutOfMemoryError("native");
    try (BatchingEncoder shared = share(BatchingOptions.DEFAULT)) {
      Future<float[]> first = ask(shared, 6, 2);
      fake.gate.release();
      assertThatThrownBy(first::get)
          .hasCauseInstanceOf(EncoderException.class)
          .hasRootCause(fake.failure)
          .cause()
          .hasMessage("fake failed: java.lang.OutOfMemoryError: native");
      assertThat(shared.waiting()).isEqualTo(0);
      fake.failure = null;
      fake.gate.release(1_000_000);
      assertThat(shared.encode(pixels(2))).hasSize(6);
    }
  }

  @Test
  void closingRefusesWhatWaitsAndWaitsForWhatRuns() throws Exception {
    BatchingEncoder shared = share(BatchingOptions.DEFAULT);
    Future<float[]> running = ask(shared, 1, 0);
    fake.awaitCalls(1);
    Future<float[]> waiting = ask(shared, 2, 2);
    Future<?> closing = users.submit(shared::close);
    assertThatThrownBy(waiting::get)
        .hasCauseInstanceOf(IllegalStateException.class)
        .cause()
        .hasMessage("encoder 'fake' is closed");
    assertThat(closing.isDone()).isFalse();
    assertThat(fake.closed).isFalse();
    fake.gate.release(1_000_000);
    assertThat(running.get()).hasSize(3);
    closing.get();
    assertThat(fake.closed).isTrue();
    assertThat(fake.closedWhileRunning).isFalse();
    shared.close();
  }

  @Test
  void closingAmidManyRequestsAnswersOrRefusesEach() throws Exception {
    fake.gate.release(1_000_000);
    for (int round = 0; round < 30; round++) {
      FakeEncoder own = new FakeEncoder();
      own.gate.release(1_000_000);
      BatchingEncoder shared =
          new BatchingEncoder(own, BatchingOptions.DEFAULT.withWorkers(1 + round % 2));
      List<Future<float[]>> answers = new ArrayList<>();
      for (int user = 0; user < 16; user++) {
        answers.add(users.submit(() -> shared.encode(pixels(3))));
      }
      shared.close();
      assertThat(own.closedWhileRunning).isFalse();
      for (Future<float[]> answer : answers) {
        try {
          assertThat(answer.get()).hasSize(9);
        } catch (ExecutionException e) {
          assertThat(e.getCause()).hasMessage("encoder 'fake' is closed");
        }
      }
    }
  }

  @Test
  void anInterruptedCallerStaysInterruptedAndHarmsNobody() throws Exception {
    try (BatchingEncoder shared = share(BatchingOptions.DEFAULT)) {
      Future<float[]> running = ask(shared, 1, 0);
      fake.awaitCalls(1);
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> shared.encode(pixels(1)))
          .isInstanceOf(EncoderException.class)
          .hasMessage("interrupted while waiting for encoder 'fake'");
      assertThat(Thread.interrupted()).isTrue();
      fake.gate.release(1_000_000);
      assertThat(running.get()).hasSize(3);
    }
  }

  @Test
  void theDefaultsAreThese() {
    assertThat(BatchingOptions.DEFAULT)
        .isEqualTo(new BatchingOptions(64, Duration.ofSeconds(30), 1));
    assertThatThrownBy(() -> BatchingOptions.DEFAULT.withQueue(0))
        .hasMessage("queue must be at least 1; got: 0");
    assertThatThrownBy(() -> BatchingOptions.DEFAULT.withWorkers(0))
        .hasMessage("workers must be at least 1; got: 0");
    assertThatThrownBy(() -> BatchingOptions.DEFAULT.withTimeLimit(Duration.ZERO))
        .hasMessage("timeLimit must be positive; got: PT0S");
  }

  @Test
  void anEncoderThatGivesTooLittleIsToldAndTheNextRequestIsServed() {
    fake.gate.release(1_000_000);
    try (BatchingEncoder shared = share(BatchingOptions.DEFAULT)) {
      for (int lacking : new int[] {1, 2, 3, 4}) {
        fake.lacking = lacking;
        assertThatThrownBy(() -> shared.encode(pixels(1)))
            .isInstanceOf(EncoderException.class)
            .hasMessage(
                "encoder 'fake' must give 3 numbers for 1 pictures; it gave "
                    + (lacking > 3 ? "null" : 3 - lacking));
      }
      fake.lacking = 0;
      assertThat(shared.encode(pixels(1))).hasSize(3);
    }
  }

  @Test
  void anEncoderWithoutAPreferredBatchGetsSinglePictures() {
    fake.gate.release(1_000_000);
    fake.batch = 0;
    try (BatchingEncoder shared = share(BatchingOptions.DEFAULT)) {
      assertThat(shared.encode(pixels(2))).hasSize(6);
      assertThat(fake.batches).containsExactly(1, 1);
    }
  }
}
