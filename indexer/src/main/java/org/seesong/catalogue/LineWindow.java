package org.seesong.catalogue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The lines of a file from the current one on, as far as somebody has looked ahead. */
final class LineWindow {
  private final LineReader reader;
  private final List<LineReader.Line> ahead = new ArrayList<>();
  private int current;

  LineWindow(LineReader reader) {
    this.reader = reader;
  }

  /** The line {@code index} lines after the current one, or null beyond the end of the file. */
  LineReader.Line get(int index) throws IOException {
    while (current + index >= ahead.size()) {
      LineReader.Line line = reader.next();
      if (line == null) {
        return null;
      }
      ahead.add(line);
    }
    return ahead.get(current + index);
  }

  /** Goes on by so many lines, which must have been looked at. */
  void drop(int count) {
    current += count;
    if (current == ahead.size()) {
      ahead.clear();
      current = 0;
    } else if (current > 1000 && current > ahead.size() / 2) {
      ahead.subList(0, current).clear();
      current = 0;
    }
  }

  /** Goes to the next line that holds something and returns it; null at the end of the file. */
  LineReader.Line skipBlank() throws IOException {
    LineReader.Line line = get(0);
    while (line != null && !line.tooLong() && line.end() == 0) {
      drop(1);
      line = get(0);
    }
    return line;
  }
}
