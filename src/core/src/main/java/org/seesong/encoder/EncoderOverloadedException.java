package org.seesong.encoder;

/**
 * A {@link BatchingEncoder} has more to do than it may promise: its queue is full, or a request was
 * not served within its time limit. Nothing is wrong with the picture or the installation; the same
 * request may succeed a moment later. A server should answer 503 with a Retry-After header.
 */
public final class EncoderOverloadedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  EncoderOverloadedException(String message) {
    super(message);
  }
}
