package org.seesong.model;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.seesong.encoder.Engine;
import org.seesong.encoder.ModelHome;

/** Imports a file in a process of its own, whose heap the test chooses. */
final class ImportMain {
  private ImportMain() {}

  /**
   * Imports.
   *
   * @param args file, folder of models, engine
   * @throws Exception if that fails
   */
  public static void main(String[] args) throws Exception {
    Path file = Path.of(args[0]);
    long start = System.nanoTime();
    AtomicLong bytes = new AtomicLong();
    try (WeightSource weights =
        args[0].endsWith(".h5") ? Vgg19.keras(file, 0) : Vgg19.safetensors(file, 0)) {
      Engine engine = Engine.valueOf(args[2]);
      Vgg19.install(
          weights,
          new Vgg19.Target(
              new ModelHome(Path.of(args[1])), "vgg19", engine, List.of(), false, Optional.empty()),
          bytes::set);
    }
    if (bytes.get() != VggNetwork.VGG19.weightBytes()) {
      throw new AssertionError("progress ended at " + bytes);
    }
    long millis = (System.nanoTime() - start) / 1_000_000;
    System.err.println("imported " + file.getFileName() + " in " + millis + " ms");
  }
}
