package org.seesong.encoder;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.seesong.image.RgbImage;

/**
 * One encoder for all users of a process. Requests wait in a bounded queue; what waits is encoded
 * together, up to the encoder's preferred batch, so that many small requests cost what few large
 * ones do, and a request that comes alone is served at once. More than that is refused with {@link
 * EncoderOverloadedException}, as is a request that takes too long.
 *
 * <p>Safe for any number of threads. Its own threads do the encoding, so callers' stacks, locks and
 * context class loaders have no part in it, and an interrupted or impatient caller disturbs nobody.
 */
public final class BatchingEncoder implements ImageEncoder {
  private final ImageEncoder encoder;
  private final BatchingOptions options;
  private final BatchQueue queue;
  private final List<Thread> workers = new ArrayList<>();
  private volatile boolean closed;

  /**
   * Begins to serve.
   *
   * @param encoder does the work; belongs to this from now on, and is closed with it
   * @param options how much is taken on
   */
  public BatchingEncoder(ImageEncoder encoder, BatchingOptions options) {
    this.encoder = Objects.requireNonNull(encoder, "encoder");
    this.options = Objects.requireNonNull(options, "options");
    this.queue = new BatchQueue(options.queue());
    for (int i = 0; i < options.workers(); i++) {
      Thread worker = new Thread(this::work, "seesong-encode-" + i);
      worker.setDaemon(true);
      // Not the caller's, which may belong to an application that will be unloaded.
      worker.setContextClassLoader(BatchingEncoder.class.getClassLoader());
      workers.add(worker);
    }
    workers.forEach(Thread::start);
  }

  @Override
  public String id() {
    return encoder.id();
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

  /**
   * Pictures that wait, apart from those being encoded.
   *
   * @return a number for people to watch
   */
  public int waiting() {
    return queue.size();
  }

  /**
   * The vectors of some pictures, or a refusal.
   *
   * @param batch pictures of {@link #inputSize()} by {@link #inputSize()} pixels; may be empty
   * @return finite numbers, the first picture's {@link #dimension()} first
   * @throws EncoderOverloadedException if the queue is full or the time limit passes; try again
   *     later
   * @throws IllegalArgumentException if a picture has another size
   * @throws IllegalStateException if the encoder is closed, or is while the request waits
   * @throws EncoderException if the engine behind it fails, or the thread is interrupted, which it
   *     still is then
   */
  @Override
  public float[] encode(List<RgbImage> batch) {
    return encode(batch, options.timeLimit());
  }

  /**
   * The vectors of some pictures, or a refusal, for a caller with a time limit of its own.
   *
   * @param batch pictures of {@link #inputSize()} by {@link #inputSize()} pixels; may be empty
   * @param timeLimit how long to wait
   * @return as {@link #encode(List)}, which says what is thrown, too
   */
  public float[] encode(List<RgbImage> batch, Duration timeLimit) {
    List<RgbImage> pictures = List.copyOf(batch);
    EncoderInput.require(this, closed, pictures);
    if (pictures.isEmpty()) {
      return new float[0];
    }
    BatchQueue.Request request = new BatchQueue.Request(pictures, dimension());
    if (!queue.offer(request)) {
      throw new EncoderOverloadedException(
          String.format(
              Locale.ROOT,
              "encoder '%s' is busy: %d pictures wait and at most %d may; retry in a moment",
              id(),
              queue.size(),
              options.queue()));
    }
    return await(request, timeLimit);
  }

  private float[] await(BatchQueue.Request request, Duration timeLimit) {
    try {
      return request.vectors.get(timeLimit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new EncoderOverloadedException(
          String.format(
              Locale.ROOT,
              "encoder '%s' is busy: no answer within %s ms; retry in a moment",
              id(),
              timeLimit.toMillis()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EncoderException("interrupted while waiting for encoder '" + id() + "'", e);
    } catch (CancellationException e) {
      throw new IllegalStateException("encoder '" + id() + "' is closed", e);
    } catch (ExecutionException e) {
      // The cause is shared by all requests of its batch; each caller gets its own stack.
      Throwable cause = e.getCause();
      throw new EncoderException(
          cause instanceof EncoderException ? cause.getMessage() : id() + " failed: " + cause,
          cause);
    } finally {
      queue.remove(request);
    }
  }

  private void work() {
    int most = Math.max(1, preferredBatch());
    try {
      BatchQueue.Batch batch = queue.take(most);
      while (batch != null) {
        encode(batch);
        batch = queue.take(most);
      }
    } catch (InterruptedException e) {
      // Nobody has this thread but us, and we do not interrupt it: the JVM is ending.
      queue.close();
    }
  }

  /** Whatever the encoder throws goes to those who asked, and the next batch is tried. */
  private void encode(BatchQueue.Batch batch) throws InterruptedException {
    FutureTask<float[]> task = new FutureTask<>(() -> vectors(batch.pictures()));
    task.run();
    try {
      batch.finish(task.get(), dimension());
    } catch (ExecutionException e) {
      batch.fail(e.getCause());
    }
  }

  private float[] vectors(List<RgbImage> pictures) {
    float[] vectors = encoder.encode(pictures);
    int expected = pictures.size() * dimension();
    if (vectors == null || vectors.length != expected) {
      throw new EncoderException(
          String.format(
              Locale.ROOT,
              "encoder '%s' must give %d numbers for %d pictures; it gave %s",
              id(),
              expected,
              pictures.size(),
              vectors == null ? "null" : String.valueOf(vectors.length)),
          null);
    }
    return vectors;
  }

  /**
   * Refuses what waits, lets what runs come to its end, and closes the encoder: its memory is never
   * freed under a running call. Takes as long as one batch does.
   */
  @Override
  public void close() {
    closed = true;
    queue.close();
    boolean interrupted = false;
    for (Thread worker : workers) {
      while (worker.isAlive()) {
        try {
          worker.join();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    encoder.close();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
