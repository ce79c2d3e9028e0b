package org.seesong.keyword;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.apache.lucene.util.Version;
import org.seesong.text.LyricsCleaner;

/**
 * Names the rules and lists of this program by which words are read. An index keeps the name, so
 * that another version of the program never adds songs that it reads otherwise.
 */
final class BuiltInRules {
  private static final List<String> LISTS =
      List.of("english-forms.txt", "jieba-parts.txt", "script-overrides.tsv");

  private BuiltInRules() {}

  /** The name for texts that a built-in segmenter cuts; the same in every run. */
  static String name(String segmenter) {
    MessageDigest digest = sha256();
    add(digest, "rules " + WordRule.VERSION);
    add(digest, "lyrics " + LyricsCleaner.VERSION);
    for (String list : LISTS) {
      WordFile.builtIn(list).forEach(entry -> add(digest, entry.text()));
    }
    add(digest, "scripts " + ScriptFolder.conversionHash());
    add(digest, segmenter);
    if (segmenter.equals(JiebaSegmenter.NAME)) {
      JiebaSegmenter.addDictionaries(digest);
    } else {
      add(digest, "Lucene " + Version.LATEST.major);
    }
    return WordRule.VERSION + "-" + HexFormat.of().formatHex(digest.digest()).substring(0, 16);
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  static void add(MessageDigest digest, String text) {
    digest.update((text + "\n").getBytes(StandardCharsets.UTF_8));
  }
}
