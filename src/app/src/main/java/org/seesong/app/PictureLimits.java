package org.seesong.app;

import org.seesong.image.DecoderLimits;
import picocli.CommandLine.Option;

/** The options that say how large a picture may be. */
final class PictureLimits {
  private static final double PIXELS = 1e6;
  private static final double MOST_MEGAPIXELS = 2000;

  @Option(
      names = "--max-megapixels",
      paramLabel = "N",
      defaultValue = "200",
      description = "Largest picture in megapixels, up to 2000 (default: ${DEFAULT-VALUE}).")
  private double megapixels;

  @Option(
      names = "--max-picture-bytes",
      paramLabel = "N",
      defaultValue = "100000000",
      description = "Largest picture file in bytes (default: ${DEFAULT-VALUE}).")
  private int bytes;

  DecoderLimits limits() {
    if (!(megapixels > 0 && megapixels <= MOST_MEGAPIXELS)) {
      throw new UsageException(
          new IllegalArgumentException(
              "--max-megapixels must be above 0 and at most 2000; got: " + megapixels));
    }
    try {
      long pixels = Math.max(1, Math.round(megapixels * PIXELS));
      return DecoderLimits.DEFAULTS.withMaxPixels(pixels).withMaxBytes(bytes);
    } catch (IllegalArgumentException e) {
      throw new UsageException(
          new IllegalArgumentException(
              "--max-picture-bytes must be within 1 to 2147483583; got: " + bytes, e));
    }
  }
}
