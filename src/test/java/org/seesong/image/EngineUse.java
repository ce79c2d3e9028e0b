package org.seesong.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/** Encodes a picture with the model {@code mobilenet} of a home; for use through class loaders. */
public final class EngineUse implements Function<Path, float[]> {
  /** Made by reflection. */
  public EngineUse() {}

  @Override
  public float[] apply(Path home) {
    try (ImageEncoder encoder =
        new SharedEncoder(new ModelHome(home).open("mobilenet"), SharedEncoderOptions.DEFAULT)) {
      return encoder.encode(List.of(PictureFiles.noise(224, 224, 1)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
