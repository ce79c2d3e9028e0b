package org.seesong.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/** Encodes a picture with the one model of a home; for use through class loaders. */
public final class EngineUse implements Function<Path, float[]> {
  /** Made by reflection. */
  public EngineUse() {}

  @Override
  public float[] apply(Path home) {
    ModelHome models = new ModelHome(home);
    try {
      String name = models.list().get(0).name();
      try (ImageEncoder encoder =
          new SharedEncoder(models.open(name), SharedEncoderOptions.DEFAULT)) {
        int side = encoder.inputSize();
        return encoder.encode(List.of(PictureFiles.noise(side, side, 1)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
