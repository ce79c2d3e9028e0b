package org.seesong.keyword;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Segments with Jieba: its dictionary, and its hidden Markov model for words that are not in it.
 *
 * <p>Jieba cuts words at letters that English does not have, so café, Köln and other words with
 * such letters are taken out of the text before.
 *
 * <p>Parts of speech are the dictionary's, with a few mended that matter to songs (花 is no verb); a
 * Chinese word that is not in the dictionary gets {@value #UNKNOWN}, an English one "".
 *
 * <p>Jieba keeps one dictionary for the whole JVM and loads it when first used, about a second, and
 * this class never adds to it: words of a user come from {@link UserWords}. So nothing changes
 * after loading, and any number of threads may segment.
 */
final class JiebaSegmenter implements Segmenter {
  /**
   * Longest text that Jieba gets at once: it keeps several objects for each character of it, 512 MB
   * for a million.
   */
  private static final int LONGEST = 10_000;

  static final String NAME = "jieba";

  /** The part of speech of Chinese words that the dictionary lacks. */
  static final String UNKNOWN = "x";

  private final com.huaban.analysis.jieba.JiebaSegmenter jieba = loadQuietly();
  private final Map<String, String> partsOfSpeech = readPartsOfSpeech();

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<Token> segment(String text) {
    List<Token> tokens = new ArrayList<>();
    int gap = 0;
    int i = 0;
    while (i < text.length()) {
      if (EnglishWords.isWordCharacter(text.charAt(i))) {
        int end = EnglishWords.wordEnd(text, i);
        if (hasOther(text, i, end)) {
          segment(text.substring(gap, i), gap, tokens);
          addToken(text.substring(i, end), i, tokens);
          gap = end;
        }
        i = end;
      } else {
        i++;
      }
    }
    segment(text.substring(gap), gap, tokens);
    return tokens;
  }

  /** Letters that Jieba does not know: it would cut a word at each of them. */
  private static boolean hasOther(String text, int start, int end) {
    for (int i = start; i < end; i++) {
      if (text.charAt(i) >= 0x80 && Character.isLetter(text.charAt(i))) {
        return true;
      }
    }
    return false;
  }

  private void segment(String text, int offset, List<Token> tokens) {
    int start = 0;
    while (start < text.length()) {
      int end = partEnd(text, start);
      segmentPart(text.substring(start, end), offset + start, tokens);
      start = end;
    }
  }

  /** After the last character of a part that is no letter, or within letters if all are. */
  private static int partEnd(String text, int start) {
    int most = start + LONGEST;
    if (most >= text.length()) {
      return text.length();
    }
    int end = most;
    while (end > start && Character.isLetterOrDigit(text.codePointBefore(end))) {
      end -= Character.charCount(text.codePointBefore(end));
    }
    if (end > start) {
      return end;
    }
    return Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
  }

  private void segmentPart(String text, int offset, List<Token> tokens) {
    int position = 0;
    for (String word : jieba.sentenceProcess(text)) {
      // Jieba keeps the order of the text, but lower-cases words and leaves characters out.
      int start = position;
      while (!text.regionMatches(true, start, word, 0, word.length())
          && start + word.length() < text.length()) {
        start++;
      }
      if (text.regionMatches(true, start, word, 0, word.length())) {
        position = start + word.length();
        addToken(word, offset + start, tokens);
      }
    }
  }

  private void addToken(String word, int start, List<Token> tokens) {
    if (word.chars().noneMatch(Character::isLetterOrDigit)) {
      return;
    }
    if (EnglishWords.isWordCharacter(word.charAt(0))) {
      String english = EnglishWords.word(word.toLowerCase(Locale.ROOT));
      tokens.add(new Token(english, start, start + word.length(), ""));
    } else {
      String part = partsOfSpeech.getOrDefault(word, UNKNOWN);
      tokens.add(new Token(word, start, start + word.length(), part));
    }
  }

  @SuppressForbidden(reason = "the only way to keep Jieba's messages out of standard output")
  private static com.huaban.analysis.jieba.JiebaSegmenter loadQuietly() {
    synchronized (JiebaSegmenter.class) {
      PrintStream before = System.out;
      System.setOut(new SilencedThread(before));
      try {
        return new com.huaban.analysis.jieba.JiebaSegmenter();
      } finally {
        System.setOut(before);
      }
    }
  }

  /**
   * Drops the lines of the thread that made it: how long loading took. What others print passes.
   */
  @SuppressForbidden(reason = "on Java 17 a PrintStream does not tell its charset")
  private static final class SilencedThread extends PrintStream {
    private final Thread silenced = Thread.currentThread();

    SilencedThread(PrintStream others) {
      super(others, true);
    }

    @Override
    public void println(String line) {
      if (Thread.currentThread() != silenced) {
        super.println(line);
      }
    }
  }

  /** Adds what Jieba segments by, so that another version of it is known. */
  static void addDictionaries(MessageDigest digest) {
    for (String name : List.of("/dict.txt", "/prob_emit.txt")) {
      try (InputStream in =
          com.huaban.analysis.jieba.JiebaSegmenter.class.getResourceAsStream(name)) {
        if (in != null) {
          digest.update(in.readAllBytes());
        }
      } catch (IOException e) {
        throw new UncheckedIOException("Jieba's " + name + " cannot be read from its jar", e);
      }
    }
  }

  private static Map<String, String> readPartsOfSpeech() {
    Map<String, String> parts = new HashMap<>(1 << 19);
    Map<String, String> tags = new HashMap<>();
    try (InputStream in =
            com.huaban.analysis.jieba.JiebaSegmenter.class.getResourceAsStream("/dict.txt");
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        // word, frequency, part of speech
        int first = line.indexOf(' ');
        int second = line.indexOf(' ', first + 1);
        if (second > 0) {
          String tag = line.substring(second + 1).strip();
          parts.put(line.substring(0, first), tags.computeIfAbsent(tag, t -> t));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Jieba's dictionary cannot be read from its jar", e);
    }
    for (WordFile.Entry entry : WordFile.builtIn("jieba-parts.txt")) {
      String[] wordAndPart = entry.text().split(" ");
      parts.put(wordAndPart[0], wordAndPart[1]);
    }
    return parts;
  }
}
