package org.seesong.keyword;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Lines of word lists: UTF-8, one entry a line (LF, CR LF or CR), blank lines and {@code #}
 * comments left out.
 */
final class WordFile {
  private static final int MAX_LINE_CHARACTERS = 10_000;
  private static final int MAX_LINES = 2_000_000;

  private WordFile() {}

  /** An entry and the line it stands on. */
  record Entry(int line, String text) {}

  static List<Entry> read(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new IOException(file + " is a folder; name a file with a word a line");
    }
    try (Reader reader =
        new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8.newDecoder())) {
      return read(file.toString(), reader);
    }
  }

  /** A list that is part of this module. */
  static List<Entry> builtIn(String name) {
    try (InputStream in = WordFile.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("resource " + name + " is not in the jar");
      }
      return read(name, new InputStreamReader(in, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("resource " + name + " cannot be read", e);
    }
  }

  private static List<Entry> read(String name, Reader source) throws IOException {
    List<Entry> entries = new ArrayList<>();
    BufferedReader reader = new BufferedReader(source);
    StringBuilder line = new StringBuilder();
    int number = 1;
    boolean carriage = false;
    try {
      for (int c = reader.read(); c >= 0; c = reader.read()) {
        boolean second = c == '\n' && carriage; // of CR LF, which is one line end
        carriage = c == '\r';
        if (second) {
          continue;
        }
        if (c == '\n' || c == '\r') {
          add(entries, number++, line);
          line.setLength(0);
        } else if (line.length() < MAX_LINE_CHARACTERS) {
          line.append((char) c);
        } else {
          throw new IOException(
              name + ":" + number + ": line has more than " + MAX_LINE_CHARACTERS + " characters");
        }
        if (number > MAX_LINES) {
          throw new IOException(name + ": file has more than " + MAX_LINES + " lines");
        }
      }
    } catch (CharacterCodingException e) {
      throw new IOException(
          name + ": not valid UTF-8 at or after line " + number + "; save the file as UTF-8", e);
    }
    add(entries, number, line);
    return entries;
  }

  private static void add(List<Entry> entries, int number, StringBuilder line) {
    int start = 0;
    while (start < line.length() && line.charAt(start) == '\uFEFF') {
      start++; // files that were joined have byte order marks in their middle, or two
    }
    String text = line.substring(start).strip();
    if (!text.isEmpty() && text.charAt(0) != '#') {
      entries.add(new Entry(number, text));
    }
  }
}
