package org.seesong.image;

/** Decoding of pictures, with the readers of the JDK and TwelveMonkeys behind it. */
public final class ImageFuzz {
  private static final ImageDecoder DECODER =
      new ImageDecoder(DecoderLimits.DEFAULTS.withMaxPixels(1_000_000).withMaxBytes(1_000_000));

  private ImageFuzz() {}

  /** Runs one input. */
  public static void fuzzerTestOneInput(byte[] input) {
    try {
      DECODER.decode(input, "fuzz");
    } catch (ImageException e) {
      if (!e.getMessage().startsWith("fuzz: ")) {
        throw new IllegalStateException(e);
      }
    }
  }
}
