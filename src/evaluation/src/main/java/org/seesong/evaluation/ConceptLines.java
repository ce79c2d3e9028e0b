package org.seesong.evaluation;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * The lines of an assertions file, as bytes: 34 million of them are walked through without making a
 * text of each.
 *
 * <p>The buffer holds the current line only and grows up to {@value #MAX_LINE} bytes. Plain and
 * gzip files are told apart by their first bytes.
 */
final class ConceptLines implements AutoCloseable {
  private static final int MAX_LINE = 1 << 20;
  private static final int CHUNK = 1 << 16;

  private final Path file;
  private final InputStream in;
  private byte[] buffer = new byte[2 * CHUNK];
  private int start;
  private int lineEnd = -1;
  private int limit;
  private long number;

  private ConceptLines(Path file, InputStream in) {
    this.file = file;
    this.in = in;
  }

  static ConceptLines open(Path file) throws IOException {
    InputStream raw = new BufferedInputStream(Files.newInputStream(file), CHUNK);
    try {
      raw.mark(2);
      boolean gzip = raw.read() == 0x1f && raw.read() == 0x8b;
      raw.reset();
      return new ConceptLines(file, gzip ? new GZIPInputStream(raw, CHUNK) : raw);
    } catch (EOFException | ZipException e) {
      raw.close();
      throw new IOException(file + " is not a whole gzip file: " + e.getMessage(), e);
    } catch (IOException | RuntimeException e) {
      raw.close();
      throw e;
    }
  }

  /** Goes to the next line; false at the end. */
  boolean next() throws IOException {
    int from = lineEnd < 0 ? start : lineEnd + 1;
    start = from;
    int at = from;
    while (true) {
      while (at < limit) {
        if (buffer[at] == '\n') {
          lineEnd = at;
          number++;
          return true;
        }
        at++;
      }
      int moved = start;
      if (!fill()) {
        lineEnd = limit;
        if (limit == start) {
          return false;
        }
        number++;
        buffer[limit++] = '\n';
        return true;
      }
      at -= moved - start;
    }
  }

  /** Reads on behind the current line, which moves to the front; false at the end of the file. */
  private boolean fill() throws IOException {
    System.arraycopy(buffer, start, buffer, 0, limit - start);
    limit -= start;
    start = 0;
    if (limit > MAX_LINE) {
      throw broken(number + 1, "is longer than " + MAX_LINE + " bytes");
    }
    if (buffer.length - limit < CHUNK + 1) {
      buffer = java.util.Arrays.copyOf(buffer, 2 * buffer.length);
    }
    try {
      int read = in.read(buffer, limit, CHUNK);
      limit += Math.max(0, read);
      return read > 0;
    } catch (EOFException | ZipException e) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "%s breaks off after line %d (%s): it is truncated or damaged; get it again",
              file,
              number,
              e.getMessage()),
          e);
    }
  }

  IOException broken(long line, String what) {
    return new IOException(
        file
            + ":"
            + line
            + ": "
            + what
            + "; expected ConceptNet 5.7's assertions: five columns separated by tabs (uri,"
            + " relation, start, end, JSON with a weight)");
  }

  byte[] bytes() {
    return buffer;
  }

  int start() {
    return start;
  }

  /** Behind the last byte of the line, without a carriage return. */
  int end() {
    return lineEnd > start && buffer[lineEnd - 1] == '\r' ? lineEnd - 1 : lineEnd;
  }

  /** The current line's number, from 1. */
  long number() {
    return number;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
