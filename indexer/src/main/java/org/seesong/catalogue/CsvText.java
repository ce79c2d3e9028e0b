package org.seesong.catalogue;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Path;
import java.util.BitSet;

/** The text of a CSV file from some line on, with damaged bytes marked and quotes counted. */
final class CsvText extends Reader {
  private final LineReader lines;

  /** Bit n: whether the quotes in all lines up to and with line n are odd in number. */
  private final BitSet oddQuotes = new BitSet();

  private String line = "";
  private int position;
  private long lastLine;
  private boolean ended;

  CsvText(Path file, long skippedLines) throws IOException {
    this.lines = new LineReader(file);
    for (long i = 0; i < skippedLines && !ended; i++) {
      LineReader.Line skipped = lines.next();
      ended = skipped == null;
      lastLine = ended ? lastLine : skipped.number();
    }
  }

  /** The last line handed out so far, counted from the start of the file. */
  long lastLine() {
    return lastLine;
  }

  /** Whether the file has ended and its quotes from {@code fromLine} on do not pair up. */
  boolean endsInsideQuotes(long fromLine) {
    if (!ended || lastLine > Integer.MAX_VALUE) {
      return false;
    }
    return oddQuotes.get((int) lastLine) != oddQuotes.get((int) fromLine - 1);
  }

  @Override
  public int read(char[] target, int offset, int length) throws IOException {
    while (position == line.length()) {
      if (ended || !nextLine()) {
        return -1;
      }
    }
    int count = Math.min(length, line.length() - position);
    line.getChars(position, position + count, target, offset);
    position += count;
    return count;
  }

  private boolean nextLine() throws IOException {
    LineReader.Line next = lines.next();
    if (next == null) {
      ended = true;
      return false;
    }
    line = next.tooLong() ? LineReader.DAMAGED + "\n" : next.text();
    position = 0;
    boolean odd = lastLine <= Integer.MAX_VALUE && oddQuotes.get((int) lastLine);
    lastLine = next.number();
    if (lastLine <= Integer.MAX_VALUE) {
      oddQuotes.set((int) lastLine, odd ^ (line.chars().filter(c -> c == '"').count() % 2 == 1));
    }
    return true;
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
