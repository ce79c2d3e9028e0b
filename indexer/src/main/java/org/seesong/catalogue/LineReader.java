package org.seesong.catalogue;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Lines of a UTF-8 file, with the faults in them named instead of repaired in silence.
 *
 * <p>A line ends with LF, CR LF or a CR alone, whatever the other lines of the file end with; all
 * readers of this package count lines here and nowhere else. Byte order marks at the start of a
 * line are dropped, for files that were joined have one in their middle, or two. A line above the
 * limit is read to its end but not kept, so memory stays bounded.
 */
final class LineReader implements Closeable {
  /** Bytes a line may have. */
  static final int MAX_LINE_BYTES = 10_000_000;

  /**
   * Stands where bytes were no UTF-8. A noncharacter that no honest text holds, so a reader that
   * finds it knows that the line was damaged.
   */
  static final char DAMAGED = '\uFFFF';

  /** Says of a line that it is above the limit. */
  static final String TOO_LONG = "the line has more than " + MAX_LINE_BYTES + " bytes";

  private final InputStream in;
  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT);
  private final byte[] block = new byte[1 << 16];
  private int blockEnd;
  private int blockStart;
  private byte[] line = new byte[1 << 12];
  private int length;
  private boolean tooLong;
  private long lineNumber;

  LineReader(Path file) throws IOException {
    this(Files.newInputStream(file));
  }

  LineReader(InputStream in) {
    this.in = new BufferedInputStream(in);
  }

  /**
   * A line.
   *
   * @param number from 1
   * @param text the text with its line end as the file has it; damaged bytes are {@link #DAMAGED}
   * @param tooLong whether the line was above the limit; its text is then only the line end
   */
  record Line(long number, String text, boolean tooLong) {
    /** Where the text ends and the line end begins. */
    int end() {
      int end = text.length();
      if (end > 0 && text.charAt(end - 1) == '\n') {
        end--;
      }
      return end > 0 && text.charAt(end - 1) == '\r' ? end - 1 : end;
    }

    /** The text without its line end. */
    String content() {
      return text.substring(0, end());
    }
  }

  /** The next line, or null at the end of the file. */
  Line next() throws IOException {
    length = 0;
    tooLong = false;
    boolean any = false;
    while (blockStart < blockEnd || fill()) {
      any = true;
      int end = blockStart;
      while (end < blockEnd && block[end] != '\n' && block[end] != '\r') {
        end++;
      }
      boolean ended = end < blockEnd;
      boolean carriage = ended && block[end] == '\r';
      keep(ended ? end + 1 : end);
      if (carriage && (blockStart < blockEnd || fill()) && block[blockStart] == '\n') {
        keep(blockStart + 1);
      }
      if (ended) {
        break;
      }
    }
    if (!any) {
      return null;
    }
    lineNumber++;
    return new Line(lineNumber, tooLong ? "\n" : text(), tooLong);
  }

  private boolean fill() throws IOException {
    blockStart = 0;
    blockEnd = Math.max(0, in.read(block));
    return blockEnd > 0;
  }

  /** Takes the bytes of the block up to {@code end} into the line. */
  private void keep(int end) {
    int take = end - blockStart;
    tooLong |= length + take > MAX_LINE_BYTES;
    if (!tooLong) {
      if (length + take > line.length) {
        line = Arrays.copyOf(line, Math.max(length + take, 2 * line.length));
      }
      System.arraycopy(block, blockStart, line, length, take);
      length += take;
    }
    blockStart = end;
  }

  private String text() {
    int start = 0;
    while (isMark(start)) {
      start += 3;
    }
    ByteBuffer bytes = ByteBuffer.wrap(line, start, length - start);
    CharBuffer characters = CharBuffer.allocate(length - start);
    decoder.reset();
    CoderResult result = decoder.decode(bytes, characters, true);
    while (result.isError()) {
      characters.put(DAMAGED);
      bytes.position(bytes.position() + result.length());
      result = decoder.decode(bytes, characters, true);
    }
    decoder.flush(characters);
    return characters.flip().toString();
  }

  private boolean isMark(int at) {
    return length >= at + 3
        && line[at] == (byte) 0xEF
        && line[at + 1] == (byte) 0xBB
        && line[at + 2] == (byte) 0xBF;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
