package org.seesong.encoder;

/**
 * The engine behind an encoder does not start or fails. Unchecked, because no input picture can
 * cause it: an installation or a model is at fault, and the message says which.
 */
public final class EncoderException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  EncoderException(String message, Throwable cause) {
    super(message, cause);
  }
}
