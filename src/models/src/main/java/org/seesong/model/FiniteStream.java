package org.seesong.model;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Passes numbers on, and says which file and layer failed or held a number that is none. */
final class FiniteStream implements FloatStream {
  private static final int INFINITY = Float.floatToRawIntBits(Float.POSITIVE_INFINITY);

  private final String source;
  private final String part;
  private final List<Integer> shape;
  private final FloatStream numbers;
  private long done;

  /**
   * Guards a stream.
   *
   * @param source the file's name
   * @param part "layer fc1: kernel"
   */
  FiniteStream(String source, String part, List<Integer> shape, FloatStream numbers) {
    this.source = source;
    this.part = part;
    this.shape = shape;
    this.numbers = numbers;
  }

  @Override
  public void read(float[] target, int count) throws IOException {
    try {
      numbers.read(target, count);
    } catch (ClosedByInterruptException e) {
      throw e;
    } catch (IOException e) {
      throw new WeightsException(source, part + " cannot be read: " + e.getMessage(), e);
    }
    int largest = 0;
    for (int i = 0; i < count; i++) {
      largest = Math.max(largest, Float.floatToRawIntBits(target[i]) & Integer.MAX_VALUE);
    }
    if (largest >= INFINITY) {
      throw notFinite(target);
    }
    done += count;
  }

  private WeightsException notFinite(float[] target) {
    int i = 0;
    while (Float.isFinite(target[i])) {
      i++;
    }
    long[] position = new long[shape.size()];
    long rest = done + i;
    for (int d = shape.size() - 1; d >= 0; d--) {
      position[d] = rest % shape.get(d);
      rest /= shape.get(d);
    }
    return new WeightsException(
        source,
        String.format(
            Locale.ROOT,
            "%s holds %s at %s of %s; every weight must be a finite 32-bit float",
            part,
            target[i],
            Arrays.toString(position),
            shape),
        null);
  }
}
