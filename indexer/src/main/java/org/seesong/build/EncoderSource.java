package org.seesong.build;

import java.io.IOException;
import org.seesong.encoder.ImageEncoder;

/** Opens an encoder when there are pictures to encode. */
@FunctionalInterface
public interface EncoderSource {
  /**
   * Opens an encoder.
   *
   * @param name the name that the index was built with
   * @return the encoder, closed by the caller
   * @throws IOException if there is none of this name or it cannot be loaded
   */
  ImageEncoder open(String name) throws IOException;
}
