package org.seesong.image;

import java.util.Arrays;

/**
 * Which coefficients of a JPEG's channels its scans have given so far, and how exactly: a baseline
 * channel comes whole in one scan, a progressive one band by band and bit by bit (ITU-T T.81, G.1).
 * Tells a file that lacks only its end marker from one that lacks whole scans.
 */
final class JpegProgress {
  private static final int COEFFICIENTS = 64;
  private static final int MISSING = 99;
  private static final String FRAME = "header";

  private final ByteReader in;
  private final int[] ids;
  private final int[] across;
  private final int[] down;

  /** Of each channel's coefficients, how many low bits are still to come. */
  private final int[][] bitsToCome;

  /** Begins with the frame's list of channels. */
  JpegProgress(ByteReader in, int at, int components) throws DamageException {
    this.in = in;
    this.ids = new int[components];
    this.across = new int[components];
    this.down = new int[components];
    this.bitsToCome = new int[components][COEFFICIENTS];
    for (int c = 0; c < components; c++) {
      ids[c] = in.u8(at + 3 * c, FRAME);
      across[c] = in.u8(at + 3 * c + 1, FRAME) >>> 4;
      down[c] = in.u8(at + 3 * c + 1, FRAME) & 15;
      Arrays.fill(bitsToCome[c], MISSING);
    }
  }

  /** Samples of all channels, without the padding of blocks. */
  long coefficients(int width, int height) {
    int mostAcross = 1;
    int mostDown = 1;
    for (int c = 0; c < ids.length; c++) {
      mostAcross = Math.max(mostAcross, across[c]);
      mostDown = Math.max(mostDown, down[c]);
    }
    long sum = 0;
    for (int c = 0; c < ids.length; c++) {
      sum += (long) width * height * across[c] * down[c] / mostAcross / mostDown;
    }
    return sum;
  }

  /** Takes a scan's header, whose length stands at its begin; what is odd the decoder refuses. */
  void scan(int at, int end) throws DamageException {
    int channels = in.u8(at + 2, FRAME);
    int spectrum = at + 3 + 2 * channels;
    if (spectrum + 3 > end) {
      return;
    }
    int first = in.u8(spectrum, FRAME);
    int last = Math.min(in.u8(spectrum + 1, FRAME), COEFFICIENTS - 1);
    int low = in.u8(spectrum + 2, FRAME) & 15;
    for (int i = 0; i < channels; i++) {
      int id = in.u8(at + 3 + 2 * i, FRAME);
      for (int c = 0; c < ids.length; c++) {
        for (int k = first; ids[c] == id && k <= last; k++) {
          bitsToCome[c][k] = low;
        }
      }
    }
  }

  boolean isComplete() {
    for (int[] channel : bitsToCome) {
      for (int bits : channel) {
        if (bits > 0) {
          return false;
        }
      }
    }
    return true;
  }
}
