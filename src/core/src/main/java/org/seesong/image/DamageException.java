package org.seesong.image;

import java.io.IOException;

/** What is wrong with a picture's bytes, said without the file's name. */
final class DamageException extends IOException {
  private static final long serialVersionUID = 1L;

  DamageException(String problem) {
    super(problem);
  }
}
