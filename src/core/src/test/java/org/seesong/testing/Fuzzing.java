package org.seesong.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * Feeds parsers what fuzzing found worth keeping. A fuzz target is a class with a static method
 * {@code fuzzerTestOneInput(byte[])}, as Jazzer has it, which throws what the parser must not
 * throw; its inputs are the files of {@code src/test/resources/fuzz/NAME}. {@code src/bench/fuzz}
 * runs a target by coverage; here its inputs, and random changes of them, are run once.
 */
public final class Fuzzing {
  private Fuzzing() {}

  /** A fuzz target. */
  public interface Target {
    /** Runs one input. */
    void run(byte[] input) throws Exception;
  }

  /** A temporary file of this process that a target writes each input to. */
  public static Path file(String ending) {
    try {
      Path file = Files.createTempFile("fuzz", ending);
      file.toFile().deleteOnExit();
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Runs all inputs of a target and changes of them.
   *
   * @param name of the target's folder
   * @param changes how many of each input
   * @throws AssertionError with the input, if the target throws anything
   */
  public static void replay(String name, int changes, Target target) throws IOException {
    List<Path> inputs;
    try (Stream<Path> files = Files.list(Path.of("src/test/resources/fuzz", name))) {
      inputs = files.sorted().toList();
    }
    if (inputs.isEmpty()) {
      throw new AssertionError("no inputs of " + name);
    }
    SplittableRandom random = new SplittableRandom(Trials.seed());
    for (Path file : inputs) {
      byte[] input = Files.readAllBytes(file);
      run(file + " as it is", input, target);
      for (int i = 0; i < changes; i++) {
        run(file + ", change " + i + " of seed " + Trials.seed(), changed(input, random), target);
      }
    }
  }

  private static void run(String what, byte[] input, Target target) {
    try {
      target.run(input);
    } catch (Throwable e) {
      throw new AssertionError(what, e);
    }
  }

  private static byte[] changed(byte[] input, SplittableRandom random) {
    byte[] bytes = input.clone();
    for (int flips = random.nextInt(8); flips >= 0 && bytes.length > 0; flips--) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    return random.nextInt(4) > 0 ? bytes : Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
  }
}
