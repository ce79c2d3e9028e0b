package org.seesong.catalogue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Says of a file that is not UTF-8 what it looks like and how it becomes UTF-8, once for the file.
 *
 * <p>A file is of another encoding if among its first {@value #SAMPLE_BYTES} bytes at least {@value
 * #FEWEST_LINES} lines, and twice as many as lines with characters in UTF-8, have bytes that are no
 * UTF-8. In a file of few lines a quarter of them will do, if no other line has characters in UTF-8
 * and the encoding can be told. Otherwise single lines are damaged, and only their rows are left
 * out.
 *
 * <p>The guess goes by how often the bytes form characters that are common in an encoding: the
 * first level of characters in GB 2312 and in Big5, kana in Shift_JIS, single high bytes between
 * ASCII in Windows-1252, zero bytes in UTF-16.
 */
enum TextEncoding {
  /** UTF-32 that begins with a byte order mark. */
  UTF_32("UTF-32", "UTF-32"),
  /** UTF-16 that begins with a byte order mark. */
  UTF_16("UTF-16", "UTF-16"),
  /** UTF-16 without one, low byte first. */
  UTF_16LE("UTF-16", "UTF-16LE"),
  /** UTF-16 without one, high byte first. */
  UTF_16BE("UTF-16", "UTF-16BE"),
  /** Korean. */
  EUC_KR("EUC-KR", "EUC-KR"),
  /** Simplified Chinese. */
  GB18030("GBK (GB18030)", "GB18030"),
  /** Traditional Chinese. */
  BIG5("Big5", "BIG5"),
  /** Japanese. */
  SHIFT_JIS("Shift_JIS", "SHIFT_JIS"),
  /** Western European. */
  WINDOWS_1252("Windows-1252 (Latin-1)", "WINDOWS-1252"),
  /** Something else. */
  UNKNOWN("", "");

  private static final int SAMPLE_BYTES = 1 << 20;
  private static final int FEWEST_LINES = 3;

  /** Share of high bytes that must fit for an encoding to be named. */
  private static final double MIN_SHARE = 0.6;

  private final String title;
  private final String iconvName;

  TextEncoding(String title, String iconvName) {
    this.title = title;
    this.iconvName = iconvName;
  }

  /**
   * Refuses a file that is of another encoding.
   *
   * @throws CatalogueException if it is; says what to do
   */
  static void requireUtf8(Path file) throws IOException {
    byte[] sample;
    try (InputStream in = Files.newInputStream(file)) {
      sample = in.readNBytes(SAMPLE_BYTES);
    }
    TextEncoding other = of(sample);
    if (other == null) {
      return;
    }
    String name = String.valueOf(file.getFileName());
    int dot = name.lastIndexOf('.');
    String converted =
        dot < 0 ? name + "-utf8" : name.substring(0, dot) + "-utf8" + name.substring(dot);
    throw new CatalogueException(
        file
            + " is not UTF-8"
            + (other == UNKNOWN
                ? ", and its encoding cannot be told; save it as UTF-8"
                : "; it looks like "
                    + other.title
                    + ". Convert it: iconv -f "
                    + other.iconvName
                    + " -t UTF-8 '"
                    + name
                    + "' > '"
                    + converted
                    + "'"));
  }

  /** The encoding of a file that begins with these bytes; null if it is UTF-8. */
  static TextEncoding of(byte[] sample) {
    if (sample.length >= 4 && (isMark(sample, 0xFFFE0000) || isMark(sample, 0x0000FEFF))) {
      return UTF_32;
    }
    int mark = sample.length < 2 ? 0 : ((sample[0] & 0xFF) << 8) | (sample[1] & 0xFF);
    if (mark == 0xFEFF || mark == 0xFFFE) {
      return UTF_16;
    }
    TextEncoding wide = wide(sample);
    return wide != null ? wide : eightBit(sample);
  }

  private static boolean isMark(byte[] sample, int mark) {
    return ByteBuffer.wrap(sample).getInt() == mark;
  }

  /** Digits, commas and line ends of UTF-16 have zeros, all on the same side. */
  private static TextEncoding wide(byte[] sample) {
    int[] zeros = new int[2];
    for (int i = 0; i < sample.length; i++) {
      zeros[i % 2] += sample[i] == 0 ? 1 : 0;
    }
    int all = zeros[0] + zeros[1];
    if (all < FEWEST_LINES || all < sample.length / 50) {
      return null;
    }
    if (zeros[1] >= 0.95 * all) {
      return UTF_16LE;
    }
    return zeros[0] >= 0.95 * all ? UTF_16BE : null;
  }

  private static TextEncoding eightBit(byte[] sample) {
    int lines = 0;
    int good = 0;
    int bad = 0;
    int start = 0;
    for (int end = 0; end <= sample.length; end++) {
      boolean whole = end == sample.length && end < SAMPLE_BYTES; // a last line without line end
      if (whole || (end < sample.length && (sample[end] == '\n' || sample[end] == '\r'))) {
        byte[] line = Arrays.copyOfRange(sample, start, end);
        boolean utf8 = isDecodable(line, StandardCharsets.UTF_8);
        good += utf8 && !isDecodable(line, StandardCharsets.US_ASCII) ? 1 : 0;
        bad += utf8 ? 0 : 1;
        lines += line.length > 0 ? 1 : 0;
        start = end + 1;
      }
    }
    boolean few = bad < FEWEST_LINES;
    if (few ? good > 0 || bad == 0 || 4 * bad < lines : bad < 2 * good) {
      return null;
    }
    TextEncoding guess = guess(sample);
    return guess == UNKNOWN && (few || bad < lines / 10) ? null : guess;
  }

  private static TextEncoding guess(byte[] sample) {
    TextEncoding best = UNKNOWN;
    double most = MIN_SHARE;
    for (TextEncoding encoding :
        new TextEncoding[] {WINDOWS_1252, EUC_KR, GB18030, BIG5, SHIFT_JIS}) {
      double share = encoding.share(sample);
      if (share > most) {
        best = encoding;
        most = share;
      }
    }
    return best;
  }

  /** Which part of the bytes above ASCII form characters that are common in this encoding. */
  private double share(byte[] sample) {
    int high = 0;
    int common = 0;
    for (int i = 0; i < sample.length; i++) {
      int lead = sample[i] & 0xFF;
      if (lead < 0x80) {
        continue;
      }
      int trail = i + 1 < sample.length ? sample[i + 1] & 0xFF : 0;
      if (this == WINDOWS_1252) {
        high++;
        common += isAccent(sample, i) ? 1 : 0;
      } else if (this == SHIFT_JIS && lead >= 0xA1 && lead <= 0xDF) {
        high++; // a half-width kana, which is seldom
      } else {
        high += 2;
        common += isCommon(lead, trail) ? 2 : 0;
        i++;
      }
    }
    return high == 0 ? 0 : common / (double) high;
  }

  /** One or two bytes beside a letter; a character of two bytes has no letter for a neighbour. */
  private static boolean isAccent(byte[] sample, int at) {
    int from = at;
    int to = at + 1;
    while (from > 0 && at - from < 3 && sample[from - 1] < 0) {
      from--;
    }
    while (to < sample.length && to - at < 3 && sample[to] < 0) {
      to++;
    }
    boolean before = from > 0 && Character.isLetter(sample[from - 1]);
    boolean after = to < sample.length && Character.isLetter(sample[to]);
    return to - from <= 2 && (before || after) && (sample[at] & 0xFF) >= 0x91;
  }

  private boolean isCommon(int lead, int trail) {
    return switch (this) {
      case GB18030 -> trail >= 0xA1 && (isSymbolRow(lead) || (lead >= 0xB0 && lead <= 0xD7));
      case EUC_KR -> trail >= 0xA1 && (isSymbolRow(lead) || (lead >= 0xB0 && lead <= 0xC8));
      case BIG5 ->
          ((trail >= 0x40 && trail <= 0x7E) || trail >= 0xA1) && lead >= 0xA1 && lead <= 0xC6;
      case SHIFT_JIS ->
          trail >= 0x40
              && trail != 0x7F
              && (lead == 0x81 || lead == 0x82 || lead == 0x83 || (lead >= 0x88 && lead <= 0x97));
      default -> false;
    };
  }

  /** Punctuation, symbols and letters of full width, in GB 2312 and KS X 1001. */
  private static boolean isSymbolRow(int lead) {
    return lead >= 0xA1 && lead <= 0xA3;
  }

  private static boolean isDecodable(byte[] bytes, Charset charset) {
    try {
      charset.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}
