package org.seesong.embedding;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.seesong.io.FileDamage;
import org.seesong.io.FramedFile;

/**
 * Where and how often a training keeps its state, so that an interrupted or killed training resumes
 * when it is run again with the same graph and options: with one thread to the same bits as if
 * nothing had happened.
 *
 * <p>The state is one file of 8 bytes * vertices * dimension (4 in first order), written aside,
 * synced and moved into place. It is written at each interval and when the training thread is
 * interrupted, and stays when the training is over: the caller removes it once the result is
 * stored. Where it cannot be written, a warning is logged and the training goes on. A state of
 * another training or a damaged one is passed over and replaced. Immutable; one training at a time
 * may use a file.
 */
public final class Checkpoints {
  private static final Checkpoints NONE = new Checkpoints(Path.of(""), Duration.ofDays(10_000));

  private final Path file;
  private final Duration interval;

  private Checkpoints(Path file, Duration interval) {
    this.file = file;
    this.interval = interval;
  }

  /** Keeps nothing. */
  public static Checkpoints none() {
    return NONE;
  }

  /**
   * Keeps the state in a file.
   *
   * @param file the file; its folder must exist
   * @param interval time between two checkpoints, a millisecond to 10000 days
   * @throws IllegalArgumentException if the interval is out of range
   */
  public static Checkpoints every(Duration interval, Path file) {
    Objects.requireNonNull(file, "file");
    if (interval.compareTo(Duration.ofMillis(1)) < 0 || interval.compareTo(NONE.interval) > 0) {
      throw new IllegalArgumentException(
          "interval must be from PT0.001S to PT240000H; got: " + interval);
    }
    return new Checkpoints(file, interval);
  }

  /**
   * Removes the state, if there is one.
   *
   * @throws IOException if it is there and cannot be removed
   */
  public void remove() throws IOException {
    if (isOn()) {
      Files.deleteIfExists(file);
    }
  }

  /**
   * Compares the file of a state with its checksum.
   *
   * @return what is wrong, for people to read; nothing if nothing is
   * @throws IOException if it cannot be read at all
   */
  public static Optional<String> problem(Path file) throws IOException {
    return FramedFile.isWhole(file)
        ? Optional.empty()
        : Optional.of(
            new FileDamage.Range(0, Files.size(file)).in(file)
                + "; the state of an unfinished training is lost; run the same 'seesong build'"
                + " again, which begins it anew");
  }

  boolean isOn() {
    return this != NONE;
  }

  Path file() {
    return file;
  }

  Duration interval() {
    return interval;
  }
}
