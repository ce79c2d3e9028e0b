package org.seesong.encoder;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Nobody knows an encoder of the name asked for; the message lists those that are known. */
public final class UnknownEncoderException extends IOException {
  private static final long serialVersionUID = 1L;

  UnknownEncoderException(String name, List<String> known, Path folder) {
    super(
        "no encoder '"
            + name
            + "' in "
            + folder
            + "; known: "
            + String.join(", ", known)
            + "; to add one see: seesong model import --help");
  }
}
