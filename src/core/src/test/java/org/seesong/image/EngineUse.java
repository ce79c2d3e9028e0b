package org.seesong.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.seesong.encoder.BatchingEncoder;
import org.seesong.encoder.BatchingOptions;
import org.seesong.encoder.ImageEncoder;
import org.seesong.encoder.ModelHome;

/** Encodes a picture with the one model of a home; for use through class loaders. */
public final class EngineUse implements Function<Path, float[]> {
  /** Made by reflection. */
  public EngineUse() {}

  @Override
  public float[] apply(Path home) {
    ModelHome models = new ModelHome(home);
    try {
      String name = models.list().get(0).name();
      try (ImageEncoder encoder = new BatchingEncoder(models.open(name), BatchingOptions.DEFAULT)) {
        int side = encoder.inputSize();
        return encoder.encode(List.of(PictureFiles.noise(side, side, 1)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
