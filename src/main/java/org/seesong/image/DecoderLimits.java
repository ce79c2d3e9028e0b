package org.seesong.image;

import java.time.Duration;
import java.util.Objects;

/**
 * What {@link ImageDecoder} accepts. The defaults take every photograph a camera makes and bound
 * the work a hostile file can cause.
 *
 * @param maxBytes largest file in bytes
 * @param maxSide largest width and height in pixels
 * @param maxPixels largest width times height
 * @param maxPixelsInMemory the same for formats whose reader holds the whole picture (WebP)
 * @param maxJpegScans most scans in a progressive JPEG
 * @param maxJpegScanPixels most pixels times scans in a JPEG, the measure of what one costs
 * @param targetSide larger pictures are subsampled while decoding as long as both sides keep at
 *     least this many pixels
 * @param maxDecodedPixels and until at most this many pixels remain
 * @param deadline time after which decoding is given up
 */
public record DecoderLimits(
    int maxBytes,
    int maxSide,
    long maxPixels,
    long maxPixelsInMemory,
    int maxJpegScans,
    long maxJpegScanPixels,
    int targetSide,
    int maxDecodedPixels,
    Duration deadline) {
  /** The limits for pictures from anywhere. */
  public static final DecoderLimits DEFAULTS =
      new DecoderLimits(
          20_000_000,
          16_384,
          40_000_000,
          16_000_000,
          100,
          800_000_000,
          448,
          6_000_000,
          Duration.ofSeconds(10));

  public DecoderLimits {
    requirePositive("maxBytes", maxBytes);
    requirePositive("maxSide", maxSide);
    requirePositive("maxPixels", maxPixels);
    requirePositive("maxPixelsInMemory", maxPixelsInMemory);
    requirePositive("maxJpegScans", maxJpegScans);
    requirePositive("maxJpegScanPixels", maxJpegScanPixels);
    requirePositive("targetSide", targetSide);
    requirePositive("maxDecodedPixels", maxDecodedPixels);
    requirePositive("deadline", Objects.requireNonNull(deadline, "deadline").toNanos());
  }

  private static void requirePositive(String name, long value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be positive; got: " + value);
    }
  }
}
