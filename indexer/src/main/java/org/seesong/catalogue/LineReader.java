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
 * <p>Lines end with LF; a byte order mark at the start of the file is dropped. A line above the
 * limit is read to its end but not kept, so memory stays bounded.
 */
final class LineReader implements Closeable {
  /** Bytes a line may have. */
  static final int MAX_LINE_BYTES = 10_000_000;

  /**
   * Stands where bytes were no UTF-8. A noncharacter that no honest text holds, so whoever finds it
   * knows that the line was damaged.
   */
  static final char DAMAGED = '\uFFFF';

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
   * @param text the text with its LF, if the file has one there; damaged bytes are {@link #DAMAGED}
   * @param tooLong whether the line was above the limit; its text is then only the LF
   */
  record Line(long number, String text, boolean tooLong) {}

  /** The next line, or null at the end of the file. */
  Line next() throws IOException {
    int length = 0;
    boolean any = false;
    boolean tooLong = false;
    boolean ended = false;
    while (!ended) {
      if (blockStart == blockEnd) {
        blockStart = 0;
        blockEnd = Math.max(0, in.read(block));
        if (blockEnd == 0) {
          break;
        }
      }
      any = true;
      int end = blockStart;
      while (end < blockEnd && block[end] != '\n') {
        end++;
      }
      ended = end < blockEnd;
      int take = (ended ? end + 1 : end) - blockStart;
      tooLong |= length + take > MAX_LINE_BYTES;
      if (!tooLong) {
        if (length + take > line.length) {
          line = Arrays.copyOf(line, Math.max(length + take, 2 * line.length));
        }
        System.arraycopy(block, blockStart, line, length, take);
        length += take;
      }
      blockStart += take;
    }
    if (!any) {
      return null;
    }
    lineNumber++;
    return new Line(lineNumber, tooLong ? "\n" : text(length), tooLong);
  }

  private String text(int length) {
    int start = 0;
    if (lineNumber == 1
        && length >= 3
        && line[0] == (byte) 0xEF
        && line[1] == (byte) 0xBB
        && line[2] == (byte) 0xBF) {
      start = 3;
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

  @Override
  public void close() throws IOException {
    in.close();
  }
}
