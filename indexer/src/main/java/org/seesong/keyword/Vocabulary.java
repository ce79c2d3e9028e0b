package org.seesong.keyword;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.seesong.io.Digests;

/**
 * The keywords, numbered from 0. Two ways of writing a word, such as 聖誕 and 圣诞 or {@code Oceans}
 * and {@code ocean}, are one keyword.
 *
 * <p>Immutable; safe for any number of threads.
 */
public final class Vocabulary {
  private final ScriptFolder folder;
  private final List<String> folded;
  private final List<String> displays;
  private final Map<String, Integer> ids;

  private Vocabulary(ScriptFolder folder, Map<String, Integer> ids, List<String> displays) {
    this.folder = folder;
    this.ids = ids;
    this.displays = List.copyOf(displays);
    String[] byId = new String[ids.size()];
    ids.forEach((keyword, id) -> byId[id] = keyword);
    this.folded = List.of(byId);
  }

  /**
   * Numbers keywords in their order. What is written differently but folds to the same is one
   * keyword, shown as written first; what folds to nothing is left out.
   */
  public static Vocabulary of(Collection<String> keywords, ScriptFolder folder) {
    Map<String, Integer> ids = new HashMap<>();
    List<String> displays = new ArrayList<>();
    for (String keyword : keywords) {
      String canonical = canonical(keyword, folder);
      if (!canonical.isEmpty() && ids.putIfAbsent(canonical, ids.size()) == null) {
        displays.add(keyword.strip());
      }
    }
    return new Vocabulary(folder, ids, displays);
  }

  /** The form in which keywords and texts compare. */
  static String canonical(String text, ScriptFolder folder) {
    return EnglishWords.normalise(folder.fold(text)).strip();
  }

  /**
   * How many keywords there are.
   *
   * @return the number; ids are below it
   */
  public int size() {
    return folded.size();
  }

  /** The keywords as they compare, by id. */
  public List<String> folded() {
    return folded;
  }

  /** The keywords as people wrote them, by id. */
  public List<String> displays() {
    return displays;
  }

  /**
   * The id of a keyword in any script, width, case or number.
   *
   * @return its id, or -1 if it is not in the vocabulary
   */
  public int idOf(String anyScript) {
    return ids.getOrDefault(canonical(anyScript, folder), -1);
  }

  /**
   * The SHA-256 of the folded keywords in their order, each ended by a line feed; says whether two
   * vocabularies number the same keywords the same way.
   */
  public String hash() {
    MessageDigest digest = Digests.sha256();
    for (String keyword : folded) {
      digest.update((keyword + "\n").getBytes(StandardCharsets.UTF_8));
    }
    return Digests.hex(digest);
  }
}
