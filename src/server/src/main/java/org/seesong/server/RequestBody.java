package org.seesong.server;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;

/** The body of a request in memory, until it is closed. For one thread. */
final class RequestBody implements AutoCloseable {
  private static final int KIB = 1024;

  private final Reader reader;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private int kib;

  private RequestBody(Reader reader) {
    this.reader = reader;
  }

  byte[] bytes() {
    return bytes.toByteArray();
  }

  /** Gives the memory back. */
  @Override
  public void close() {
    reader.memory.release(kib);
    kib = 0;
  }

  private void add(ByteBuffer chunk) {
    int needed = (bytes.size() + chunk.remaining() + KIB - 1) / KIB - kib;
    if (needed > 0) {
      if (!reader.memory.tryAcquire(needed)) {
        throw ApiException.overloaded(
            "the server holds as many uploads as its memory allows; retry in a moment");
      }
      kib += needed;
    }
    byte[] copy = new byte[chunk.remaining()];
    chunk.get(copy);
    bytes.write(copy, 0, copy.length);
  }

  /**
   * Reads bodies within a time, and all of them together within a quarter of the heap, so that slow
   * or many clients cannot exhaust either.
   */
  static final class Reader {
    private static final int HEAP_SHARE = 4;

    /** Bytes and time that a refused request's body may still take. */
    private static final long MAX_DRAINED = 1 << 20;

    private static final long DRAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final Duration timeLimit;
    private final Semaphore memory;

    Reader(Duration timeLimit) {
      this.timeLimit = timeLimit;
      long most = Runtime.getRuntime().maxMemory() / HEAP_SHARE / KIB;
      this.memory = new Semaphore((int) Math.min(Integer.MAX_VALUE, most));
    }

    /**
     * Reads a body to its end.
     *
     * @param most largest number of bytes
     * @param remedy what a message says to do where it is larger
     * @throws ApiException if it is larger, comes too slowly, or breaks off
     */
    RequestBody read(Request request, long most, String remedy) {
      RequestBody body = new RequestBody(this);
      try {
        if (request.getLength() > most) {
          throw tooLarge(most, remedy);
        }
        long deadline = System.nanoTime() + timeLimit.toNanos();
        boolean last = false;
        while (!last) {
          Content.Chunk chunk = request.read();
          if (chunk == null) {
            await(request, deadline);
          } else {
            last = take(chunk, body, most, remedy);
          }
        }
        return body;
      } catch (RuntimeException | Error e) {
        body.close();
        throw e;
      }
    }

    /**
     * Reads what is left of a request that was refused, so that its connection can serve the next
     * one; a connection closed with bytes unread may lose the answer on its way, too.
     *
     * @return whether the body came to its end; not if it is large, slow or broken
     */
    boolean drain(Request request) {
      long deadline = System.nanoTime() + DRAIN_NANOS;
      long drained = 0;
      while (drained <= MAX_DRAINED) {
        Content.Chunk chunk = request.read();
        if (chunk == null) {
          if (System.nanoTime() - deadline >= 0) {
            return false;
          }
          try {
            await(request, deadline);
          } catch (ApiException e) { // too slow
            return false;
          }
        } else if (Content.Chunk.isFailure(chunk)) {
          return false;
        } else {
          drained += chunk.remaining();
          boolean last = chunk.isLast();
          chunk.release();
          if (last) {
            return true;
          }
        }
      }
      return false;
    }

    private static boolean take(Content.Chunk chunk, RequestBody body, long most, String remedy) {
      if (Content.Chunk.isFailure(chunk)) {
        if (chunk.getFailure() instanceof HttpException refusal && refusal.getCode() == 413) {
          throw tooLarge(most, remedy);
        }
        throw new ApiException(400, "request-broken", "the request broke off before its end");
      }
      try {
        if (body.bytes.size() + (long) chunk.remaining() > most) {
          throw tooLarge(most, remedy);
        }
        body.add(chunk.getByteBuffer());
        return chunk.isLast();
      } finally {
        chunk.release();
      }
    }

    private void await(Request request, long deadline) {
      CountDownLatch arrived = new CountDownLatch(1);
      request.demand(arrived::countDown);
      try {
        if (!arrived.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
          throw new ApiException(
              408,
              "request-slow",
              "the request did not arrive within "
                  + timeLimit.toMillis()
                  + " ms; send a smaller picture, or over a faster connection");
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw ApiException.overloaded("the server is stopping");
      }
    }

    private static ApiException tooLarge(long most, String remedy) {
      return new ApiException(
          413, "upload-too-large", "the request is larger than " + most + " bytes; " + remedy);
    }
  }
}
