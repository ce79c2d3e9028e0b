package org.seesong.keyword;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import org.apache.lucene.util.Version;
import org.seesong.io.Digests;
import org.seesong.relevance.RelevanceModel;
import org.seesong.text.LyricsCleaner;

/**
 * Names the rules, lists and coefficients of this program by which words are read and weighed. An
 * index keeps the name, so that another version of the program never adds songs that it reads
 * otherwise.
 */
final class BuiltInRules {
  private static final List<String> LISTS =
      List.of("english-forms.txt", "jieba-parts.txt", "script-overrides.tsv");

  private BuiltInRules() {}

  /** The name for texts that a built-in segmenter cuts; the same in every run. */
  static String name(String segmenter) {
    MessageDigest digest = Digests.sha256();
    add(digest, "rules " + WordRule.VERSION);
    LyricsCleaner.rules().forEach(line -> add(digest, line));
    for (String list : LISTS) {
      WordFile.builtIn(list).forEach(entry -> add(digest, entry.text()));
    }
    add(digest, "scripts " + ScriptFolder.conversionHash());
    add(digest, RelevanceModel.builtIn().toString());
    add(digest, segmenter);
    if (segmenter.equals(JiebaSegmenter.NAME)) {
      JiebaSegmenter.addDictionaries(digest);
    } else {
      add(digest, "Lucene " + Version.LATEST.major);
    }
    return WordRule.VERSION + "-" + Digests.hex(digest).substring(0, 16);
  }

  static void add(MessageDigest digest, String text) {
    digest.update((text + "\n").getBytes(StandardCharsets.UTF_8));
  }
}
