package org.seesong.encoder;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.seesong.image.RgbImage;

/**
 * What waits for an encoder, first come first served, handed out in batches that may hold parts of
 * several requests. Safe for any number of threads.
 */
final class BatchQueue {
  private final int limit;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition notEmpty = lock.newCondition();
  private final Deque<Request> waiting = new ArrayDeque<>();
  private int pictures;
  private boolean closed;

  BatchQueue(int limit) {
    this.limit = limit;
  }

  /** Some pictures of one caller. All but {@code vectors} is guarded by the queue's lock. */
  static final class Request {
    final List<RgbImage> pictures;
    final CompletableFuture<float[]> vectors = new CompletableFuture<>();
    private final float[] rows;
    private int taken;
    private int done;

    Request(List<RgbImage> pictures, int dimension) {
      this.pictures = pictures;
      this.rows = new float[Math.multiplyExact(pictures.size(), dimension)];
    }
  }

  /** A request's pictures from one to before another. */
  private record Part(Request request, int from, int to) {}

  /** What one call of the encoder does. */
  final class Batch {
    private final List<Part> parts;

    private Batch(List<Part> parts) {
      this.parts = parts;
    }

    List<RgbImage> pictures() {
      List<RgbImage> all = new ArrayList<>();
      parts.forEach(part -> all.addAll(part.request.pictures.subList(part.from, part.to)));
      return all;
    }

    void finish(float[] vectors, int dimension) {
      int at = 0;
      for (Part part : parts) {
        int length = (part.to - part.from) * dimension;
        System.arraycopy(vectors, at, part.request.rows, part.from * dimension, length);
        at += length;
        finished(part);
      }
    }

    void fail(Throwable reason) {
      for (Part part : parts) {
        remove(part.request);
        part.request.vectors.completeExceptionally(reason);
      }
    }
  }

  /** Takes a request in; false if too much waits already. */
  boolean offer(Request request) {
    lock.lock();
    try {
      int size = request.pictures.size();
      if (closed) {
        request.vectors.cancel(false);
      } else if (pictures > 0 && pictures + size > limit) {
        return false;
      } else {
        waiting.add(request);
        pictures += size;
        notEmpty.signal();
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** The next batch, as soon as anything waits; null once the queue is closed. */
  Batch take(int most) throws InterruptedException {
    lock.lock();
    try {
      while (waiting.isEmpty()) {
        if (closed) {
          return null;
        }
        notEmpty.await();
      }
      List<Part> parts = new ArrayList<>();
      for (int room = most; room > 0 && !waiting.isEmpty(); ) {
        Request first = waiting.peek();
        int from = first.taken;
        first.taken = Math.min(from + room, first.pictures.size());
        parts.add(new Part(first, from, first.taken));
        room -= first.taken - from;
        pictures -= first.taken - from;
        if (first.taken == first.pictures.size()) {
          waiting.remove();
        }
      }
      if (!waiting.isEmpty()) {
        notEmpty.signal();
      }
      return new Batch(parts);
    } finally {
      lock.unlock();
    }
  }

  private void finished(Part part) {
    Request request = part.request;
    boolean whole;
    lock.lock();
    try {
      request.done += part.to - part.from;
      whole = request.done == request.pictures.size();
    } finally {
      lock.unlock();
    }
    if (whole) {
      request.vectors.complete(request.rows);
    }
  }

  /** Forgets what of a request still waits. */
  void remove(Request request) {
    lock.lock();
    try {
      if (waiting.remove(request)) {
        pictures -= request.pictures.size() - request.taken;
      }
    } finally {
      lock.unlock();
    }
  }

  /** Pictures that wait. */
  int size() {
    lock.lock();
    try {
      return pictures;
    } finally {
      lock.unlock();
    }
  }

  /** Takes nothing more in and cancels what waits. */
  void close() {
    lock.lock();
    try {
      closed = true;
      waiting.forEach(request -> request.vectors.cancel(false));
      waiting.clear();
      pictures = 0;
      notEmpty.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
