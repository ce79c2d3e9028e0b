package org.seesong.text;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;

/**
 * The form in which lines compare with the word lists: half width, lower case, as long as before.
 */
final class Folding {
  private Folding() {}

  static char fold(char c) {
    if (c >= '\uFF01' && c <= '\uFF5E') {
      return Character.toLowerCase((char) (c - 0xFEE0));
    }
    return switch (c) {
      case '\u3000', '\u00A0', '\t' -> ' ';
      case '\uFE30', '\u2236', '\uFE55' -> ':';
      default -> Character.toLowerCase(c);
    };
  }

  static String fold(CharSequence text) {
    char[] folded = new char[text.length()];
    for (int i = 0; i < folded.length; i++) {
      folded[i] = fold(text.charAt(i));
    }
    return new String(folded);
  }

  /** The folded letters and digits alone. */
  static String letters(CharSequence text) {
    StringBuilder letters = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = fold(text.charAt(i));
      if (Character.isLetterOrDigit(c)) {
        letters.append(c);
      }
    }
    return letters.toString();
  }

  /** A list of this package: words between spaces and line ends, {@code #} comments left out. */
  static Set<String> words(String resource) {
    Set<String> words = new HashSet<>();
    for (String line : lines(resource)) {
      words.addAll(Set.of(line.split(" +")));
    }
    return Set.copyOf(words);
  }

  /** A list of this package: an entry a line. */
  static Set<String> lines(String resource) {
    Set<String> lines = new HashSet<>();
    try (InputStream in = Folding.class.getResourceAsStream(resource);
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        String entry = line.strip();
        if (!entry.isEmpty() && entry.charAt(0) != '#') {
          lines.add(entry);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("resource " + resource + " cannot be read", e);
    }
    return Set.copyOf(lines);
  }
}
