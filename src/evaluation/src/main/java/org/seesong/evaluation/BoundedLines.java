package org.seesong.evaluation;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Lines of a text file, plain or gzip (told apart by the first bytes), with their numbers. A line
 * above {@value #MAX_LINE} bytes is refused before it fills the memory. For one thread.
 */
final class BoundedLines implements AutoCloseable {
  private static final int MAX_LINE = 1 << 20;

  private final Path file;
  private final BufferedReader lines;
  private long number;

  private BoundedLines(Path file, BufferedReader lines) {
    this.file = file;
    this.lines = lines;
  }

  /** Opens a file; bytes that are not of the charset are refused when they are read. */
  static BoundedLines open(Path file, Charset charset) throws IOException {
    InputStream raw = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
    try {
      raw.mark(2);
      boolean gzip = raw.read() == 0x1f && raw.read() == 0x8b;
      raw.reset();
      InputStream bounded = new Bounded(file, gzip ? new GZIPInputStream(raw, 1 << 16) : raw);
      return new BoundedLines(
          file, new BufferedReader(new InputStreamReader(bounded, charset.newDecoder()), 1 << 16));
    } catch (EOFException | ZipException e) {
      raw.close();
      throw new IOException(file + " is not a whole gzip file: " + e.getMessage(), e);
    } catch (IOException | RuntimeException e) {
      raw.close();
      throw e;
    }
  }

  /** The next line, null at the end. */
  String next() throws IOException {
    try {
      String line = lines.readLine();
      number += line == null ? 0 : 1;
      return line;
    } catch (EOFException | ZipException e) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "%s breaks off after line %d (%s): it is truncated or damaged; get it again",
              file,
              number,
              e.getMessage()),
          e);
    } catch (CharacterCodingException e) {
      throw new IOException(file + ": is not UTF-8 after line " + number + "; save it as such", e);
    }
  }

  /** The current line's number, from 1. */
  long number() {
    return number;
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }

  /** Counts bytes since the last line break. */
  private static final class Bounded extends FilterInputStream {
    private final Path file;
    private long line = 1;
    private int length;

    Bounded(Path file, InputStream in) {
      super(in);
      this.file = file;
    }

    @Override
    public int read(byte[] into, int from, int most) throws IOException {
      int read = super.read(into, from, most);
      for (int i = from; i < from + read; i++) {
        length++;
        if (into[i] == '\n') {
          line++;
          length = 0;
        }
      }
      if (length > MAX_LINE) {
        throw new IOException(file + ":" + line + ": is longer than " + MAX_LINE + " bytes");
      }
      return read;
    }
  }
}
