package org.seesong.bench.encode;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import org.seesong.app.ProcessMemory;
import org.seesong.encoder.ImageEncoder;
import org.seesong.image.RgbImage;

/**
 * What encoding costs in one setting.
 *
 * @param engine what computes, such as {@code tensorflow}
 * @param model what is computed
 * @param batch pictures in a call
 * @param threads threads the engine computes with
 * @param cpuMillisPerPicture processor time of the whole process
 * @param wallMillisPerPicture time that passed
 * @param firstVectorMillis from the start to the first vector, once for each engine
 * @param peakRssBytes the most memory the process held while it ran, empty where the system does
 *     not tell
 */
public record EncodeCost(
    String engine,
    String model,
    int batch,
    int threads,
    double cpuMillisPerPicture,
    double wallMillisPerPicture,
    double firstVectorMillis,
    OptionalLong peakRssBytes) {
  /** What is measured in one go; settings that are compared take turns. */
  private static final int MOST_PICTURES = 16;

  /** Sums up calls of one setting. */
  public static final class Meter {
    private final ImageEncoder encoder;
    private final List<RgbImage> pictures;
    private final int batch;
    private long cpuNanos;
    private long wallNanos;
    private long encoded;
    private int next;

    /**
     * Nothing measured yet.
     *
     * @param encoder what to measure
     * @param pictures what to encode, in turn
     * @param batch pictures in a call
     */
    public Meter(ImageEncoder encoder, List<RgbImage> pictures, int batch) {
      this.encoder = encoder;
      this.pictures = List.copyOf(pictures);
      this.batch = batch;
    }

    /** Encodes some pictures, at least one batch, and notes what that cost. */
    public void round() {
      long cpu = cpuNanos();
      long wall = System.nanoTime();
      for (int done = 0; done == 0 || done + batch <= MOST_PICTURES; done += batch) {
        List<RgbImage> some = new ArrayList<>(batch);
        for (int i = 0; i < batch; i++) {
          some.add(pictures.get(next++ % pictures.size()));
        }
        encoder.encode(some);
        encoded += batch;
      }
      wallNanos += System.nanoTime() - wall;
      cpuNanos += cpuNanos() - cpu; // counted in hundredths of a second, so not call by call
    }

    /** Forgets what was measured: the first calls of an engine are not like the rest. */
    public void reset() {
      cpuNanos = 0;
      wallNanos = 0;
      encoded = 0;
    }

    /**
     * Time spent so far.
     *
     * @return nanoseconds in the encoder
     */
    public long wallNanos() {
      return wallNanos;
    }

    /**
     * The mean so far.
     *
     * @param engine as in {@link EncodeCost}
     * @param model as in {@link EncodeCost}
     * @param threads as in {@link EncodeCost}
     * @param firstVectorMillis as in {@link EncodeCost}
     * @return what a picture costs
     */
    public EncodeCost cost(String engine, String model, int threads, double firstVectorMillis) {
      return new EncodeCost(
          engine,
          model,
          batch,
          threads,
          cpuNanos / 1e6 / encoded,
          wallNanos / 1e6 / encoded,
          firstVectorMillis,
          ProcessMemory.peakBytes());
    }
  }

  /** Processor time of the whole process. */
  static long cpuNanos() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO).toNanos();
  }

  /**
   * A picture that no encoder can take a short cut with.
   *
   * @param side its width and height
   * @param seed the same gives the same picture
   * @return random pixels
   */
  public static RgbImage noise(int side, long seed) {
    Random random = new Random(seed);
    BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < side * side; i++) {
      image.setRGB(i % side, i / side, random.nextInt());
    }
    return RgbImage.fromBufferedImage(image);
  }

  /** Lets the system note the peak anew, where it can (Linux). */
  public static void forgetPeak() {
    try {
      Files.writeString(Path.of("/proc/self/clear_refs"), "5");
    } catch (IOException e) {
      // Then the peak is that of the whole run.
    }
  }

  /**
   * The cost as plain values.
   *
   * @return names and values in the order of the components; null for a peak that is not known
   */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("engine", engine);
    map.put("model", model);
    map.put("batch", batch);
    map.put("threads", threads);
    map.put("cpuMillisPerPicture", rounded(cpuMillisPerPicture));
    map.put("wallMillisPerPicture", rounded(wallMillisPerPicture));
    map.put("firstVectorMillis", rounded(firstVectorMillis));
    map.put("peakRssBytes", peakRssBytes.isPresent() ? peakRssBytes.getAsLong() : null);
    return map;
  }

  private static double rounded(double millis) {
    return Math.round(millis * 1000) / 1000.0;
  }
}
