package org.seesong.model.onnx;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * The pictures by which a network's activations get their ranges.
 *
 * @param pictures files of pictures like those to be encoded, at least {@value #LEAST}; of more
 *     than {@value #MOST} some, evenly, are taken; those that cannot be read are left out
 * @param method how ranges are chosen
 */
public record Calibration(List<Path> pictures, RangeMethod method) {
  /** The fewest pictures. */
  public static final int LEAST = 64;

  /** The most pictures that are looked at. */
  public static final int MOST = 160;

  /** Checks and chooses. */
  public Calibration {
    Objects.requireNonNull(method, "method");
    if (pictures.size() < LEAST) {
      throw new IllegalArgumentException(
          "calibration needs at least " + LEAST + " pictures; got: " + pictures.size());
    }
    pictures = evenly(List.copyOf(pictures));
  }

  private static List<Path> evenly(List<Path> all) {
    int taken = Math.min(MOST, all.size());
    return IntStream.range(0, taken)
        .mapToObj(i -> all.get((int) ((long) i * all.size() / taken)))
        .toList();
  }
}
