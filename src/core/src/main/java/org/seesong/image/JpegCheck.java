package org.seesong.image;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Walks a JPEG's segments to its end marker, or to the end of a file whose picture is whole without
 * one. Kept are tables, frame and scans; comments, thumbnails, profiles and all other application
 * segments never reach the decoder. What they say about colour is told to it by one Adobe segment
 * of our own, because decoders guess differently without.
 */
final class JpegCheck {
  private static final byte[] ADOBE = {
    (byte) 0xff, (byte) 0xee, 0, 14, 'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, 0
  };
  static final String LAST_SCAN = "before its last scan is complete";
  private static final int END = 0xd9;

  /** A decoder would have to jump between more parts of the file; no program writes such. */
  private static final int MOST_PARTS = 1000;

  private final ByteReader in;
  private final DecoderLimits limits;
  private final List<ByteBuffer> kept = new ArrayList<>();
  private int at = 2;
  private int frameWidth;
  private int frameHeight;
  private int components;
  private boolean idsSpellRgb;
  private boolean jfif;
  private int adobeTransform = -1;
  private int orientation = 1;
  private int scans;
  private long coefficients;
  private JpegProgress progress;
  private boolean hasEnd = true;

  JpegCheck(byte[] bytes, DecoderLimits limits) {
    this.in = new ByteReader(bytes, "JPEG");
    this.limits = limits;
  }

  CheckedPicture check() throws DamageException {
    int marker = nextMarker();
    while (marker != END) {
      segment(marker);
      marker = nextMarker();
    }
    if (scans == 0) {
      throw in.damaged("the JPEG file holds no picture");
    }
    return new CheckedPicture(
        PictureFormat.JPEG,
        rewritten(),
        frameWidth,
        frameHeight,
        orientation,
        colours(),
        CheckedPicture.Layout.TOP_DOWN,
        scans,
        hasEnd);
  }

  /** Skips stray bytes up to a marker and steps over it. */
  private int nextMarker() throws DamageException {
    byte[] bytes = in.bytes;
    while (at + 1 < bytes.length) {
      int next = bytes[at + 1] & 0xff;
      if (bytes[at] == (byte) 0xff && next != 0 && next != 0xff) {
        at += 2;
        return next;
      }
      at++;
    }
    if (scans > 0 && progress.isComplete()) {
      // Nothing but the end marker need be missing; the decoder notices if data is.
      hasEnd = false;
      return END;
    }
    throw in.cutOff(frameWidth == 0 ? "before its picture begins" : LAST_SCAN);
  }

  private void segment(int marker) throws DamageException {
    if (marker == 0x01 || (marker >= 0xd0 && marker <= 0xd7)) {
      return;
    }
    if (marker == 0xd8) {
      throw in.damaged("a second JPEG picture begins within the first");
    }
    String where = scans == 0 ? "header" : "last scan";
    int length = in.u16be(at, where);
    if (length < 2) {
      throw in.damaged("a JPEG segment of " + length + " bytes");
    }
    in.require(at, length, where);
    int end = at + length;
    if (marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc) {
      frame(marker, length);
    } else if (marker == 0xda) {
      end = scan(end);
    } else if (marker == 0xe0) {
      jfif |= in.hasAscii(at + 2, "JFIF\0");
    } else if (marker == 0xe1 && orientation == 1) {
      orientation = ExifOrientation.ofSegment(in.bytes, at + 2, end);
    } else if (marker == 0xee && length >= 14 && in.hasAscii(at + 2, "Adobe")) {
      adobeTransform = in.u8(at + 13, where);
    } else if (marker == 0xdc) {
      throw new DamageException("is a JPEG that states its height after the picture; not read");
    }
    if (marker < 0xe0) {
      keep(at - 2, end);
    }
    at = end;
  }

  /** Keeps a range of the file, joined to the one before it where they touch. */
  private void keep(int from, int to) throws DamageException {
    ByteBuffer last = kept.isEmpty() ? null : kept.get(kept.size() - 1);
    if (last != null && last.arrayOffset() + last.limit() == from) {
      kept.remove(kept.size() - 1);
      keep(last.arrayOffset(), to);
    } else if (kept.size() == MOST_PARTS) {
      throw in.damaged("the JPEG data is in more than " + MOST_PARTS + " parts");
    } else {
      kept.add(ByteBuffer.wrap(in.bytes, from, to - from).slice());
    }
  }

  private void frame(int marker, int length) throws DamageException {
    if (frameWidth != 0) {
      throw in.damaged("the JPEG data has two frame headers");
    }
    if (marker > 0xc2) {
      throw new DamageException(
          "is a JPEG in a rare mode ("
              + (marker == 0xc3 ? "lossless" : marker >= 0xc9 ? "arithmetic" : "hierarchical")
              + "), which is not read; save it as baseline or progressive JPEG");
    }
    in.require(at, 8, "header");
    int bits = in.u8(at + 2, "header");
    if (bits != 8) {
      throw new DamageException("is a JPEG with " + bits + " bits a sample; only 8 are read");
    }
    frameHeight = in.u16be(at + 3, "header");
    frameWidth = in.u16be(at + 5, "header");
    components = in.u8(at + 7, "header");
    CheckedPicture.requireSides(frameWidth, frameHeight, limits.maxPixels(), limits);
    if ((components != 1 && components != 3 && components != 4) || length != 8 + 3 * components) {
      throw in.damaged("the JPEG frame names " + components + " colour channels");
    }
    progress = new JpegProgress(in, at + 8, components);
    coefficients = progress.coefficients(frameWidth, frameHeight);
    idsSpellRgb =
        components == 3
            && in.u8(at + 8, "header") == 'R'
            && in.u8(at + 11, "header") == 'G'
            && in.u8(at + 14, "header") == 'B';
  }

  /** Steps over a scan's coded data; the marker that ends it is left to the caller. */
  private int scan(int from) throws DamageException {
    if (frameWidth == 0) {
      throw in.damaged("a JPEG scan comes before the frame header");
    }
    scans++;
    progress.scan(at, from);
    long pixels = (long) frameWidth * frameHeight;
    boolean isWork = scans > 1 && scans * pixels > limits.maxJpegScanPixels();
    if (scans > limits.maxJpegScans() || isWork) {
      throw new DamageException(
          String.format(
              Locale.ROOT,
              "has too many scans: over %d in a JPEG of %d x %d pixels",
              scans - 1,
              frameWidth,
              frameHeight));
    }
    if (coefficients > limits.maxJpegCoefficients() && !progress.isComplete()) {
      throw new DamageException(
          String.format(
              Locale.ROOT,
              "is too large for a JPEG in several scans: %d x %d pixels; save it as baseline JPEG"
                  + " or make it smaller",
              frameWidth,
              frameHeight));
    }
    byte[] bytes = in.bytes;
    for (int i = from; i + 1 < bytes.length; i++) {
      int next = bytes[i + 1] & 0xff;
      boolean coded = next == 0 || next == 0xff || (next >= 0xd0 && next <= 0xd7);
      if (bytes[i] == (byte) 0xff && !coded) {
        return i;
      }
    }
    if (!progress.isComplete()) {
      throw in.cutOff(LAST_SCAN);
    }
    // Half a marker at the very end would be taken for data.
    return bytes[bytes.length - 1] == (byte) 0xff ? bytes.length - 1 : bytes.length;
  }

  private boolean lumaChroma() {
    if (adobeTransform >= 0) {
      return adobeTransform != 0;
    }
    return components == 3 && (jfif || !idsSpellRgb);
  }

  private CheckedPicture.Colours colours() {
    if (components < 4) {
      return CheckedPicture.Colours.STANDARD;
    } else if (adobeTransform < 0) {
      return CheckedPicture.Colours.CMYK;
    }
    return lumaChroma() ? CheckedPicture.Colours.YCCK : CheckedPicture.Colours.INVERTED_CMYK;
  }

  private List<ByteBuffer> rewritten() {
    List<ByteBuffer> parts = new ArrayList<>();
    parts.add(ByteBuffer.wrap(new byte[] {(byte) 0xff, (byte) 0xd8}));
    if (components > 1) {
      byte[] adobe = ADOBE.clone();
      adobe[15] = (byte) (lumaChroma() ? (components == 3 ? 1 : 2) : 0);
      parts.add(ByteBuffer.wrap(adobe));
    }
    parts.addAll(kept);
    parts.add(ByteBuffer.wrap(new byte[] {(byte) 0xff, (byte) END}));
    return parts;
  }
}
