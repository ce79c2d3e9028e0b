package org.seesong.image;

import java.io.Serializable;
import java.time.Duration;
import java.util.Objects;

/**
 * What {@link ImageDecoder} accepts. The defaults take every photograph a camera or phone makes and
 * bound the work a hostile file can cause. Limits decide which files are refused; what comes out of
 * a file that is read does not depend on them.
 *
 * @param maxBytes largest file in bytes
 * @param maxSide largest width and height in pixels, at most 65,535
 * @param maxPixels largest width times height
 * @param maxPixelsInMemory the same for formats whose reader holds the whole picture (WebP)
 * @param maxJpegCoefficients most samples of a JPEG in several scans (progressive), whose decoder
 *     holds two bytes for each
 * @param maxJpegScans most scans in a progressive JPEG
 * @param maxJpegScanPixels most pixels times scans in a JPEG of several, the measure of its cost
 * @param deadline time of work after which decoding is given up, for each 40 megapixels begun
 */
public record DecoderLimits(
    int maxBytes,
    int maxSide,
    long maxPixels,
    long maxPixelsInMemory,
    long maxJpegCoefficients,
    int maxJpegScans,
    long maxJpegScanPixels,
    Duration deadline)
    implements Serializable {
  /** The limits for pictures from anywhere. */
  public static final DecoderLimits DEFAULTS =
      new DecoderLimits(
          100_000_000,
          16_384,
          200_000_000,
          16_000_000,
          160_000_000,
          100,
          800_000_000,
          Duration.ofSeconds(10));

  private static final int LARGEST_SIDE = 65_535;
  private static final long DEADLINE_PIXELS = 40_000_000;

  public DecoderLimits {
    requirePositive("maxBytes", maxBytes);
    requirePositive("maxSide", maxSide);
    requirePositive("maxPixels", maxPixels);
    requirePositive("maxPixelsInMemory", maxPixelsInMemory);
    requirePositive("maxJpegCoefficients", maxJpegCoefficients);
    requirePositive("maxJpegScans", maxJpegScans);
    requirePositive("maxJpegScanPixels", maxJpegScanPixels);
    requirePositive("deadline", Objects.requireNonNull(deadline, "deadline").toNanos());
    if (maxSide > LARGEST_SIDE || maxBytes > Integer.MAX_VALUE - 64) {
      throw new IllegalArgumentException(
          "maxSide must be at most "
              + LARGEST_SIDE
              + " and maxBytes at most 2147483583; got: "
              + maxSide
              + ", "
              + maxBytes);
    }
  }

  /**
   * The same limits for smaller or larger files.
   *
   * @param bytes largest file in bytes
   * @return the changed limits
   */
  public DecoderLimits withMaxBytes(int bytes) {
    return new DecoderLimits(
        bytes,
        maxSide,
        maxPixels,
        maxPixelsInMemory,
        maxJpegCoefficients,
        maxJpegScans,
        maxJpegScanPixels,
        deadline);
  }

  /**
   * The same limits for pictures of fewer or more pixels.
   *
   * @param pixels largest width times height; memory's own limits stay where they are lower
   * @return the changed limits
   */
  public DecoderLimits withMaxPixels(long pixels) {
    return new DecoderLimits(
        maxBytes,
        maxSide,
        pixels,
        Math.min(pixels, maxPixelsInMemory),
        maxJpegCoefficients,
        maxJpegScans,
        maxJpegScanPixels,
        deadline);
  }

  Duration deadlineFor(long pixels) {
    return deadline.multipliedBy(Math.max(1, (pixels + DEADLINE_PIXELS - 1) / DEADLINE_PIXELS));
  }

  private static void requirePositive(String name, long value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be positive; got: " + value);
    }
  }
}
