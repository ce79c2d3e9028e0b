package org.seesong.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.BytesRefHash;

/**
 * Words of several languages and how strongly they are tied.
 *
 * <p>Words are numbered; their texts lie in one pool of bytes, their ties in compressed rows, so
 * that all of ConceptNet's Chinese and English takes some two hundred megabytes. A tie between two
 * languages (only synonyms are taken) is a translation. Immutable, safe for any number of threads.
 */
final class ConceptGraph {
  private static final char SEPARATOR = '/';

  private final BytesRefHash words;
  private final int[] offsets;
  private final int[] targets;
  private final float[] strengths;
  private final byte[] languages;
  private final float[] within;
  private final float[] across;

  private ConceptGraph(
      BytesRefHash words, byte[] languages, int[] offsets, int[] targets, float[] strengths) {
    this.words = words;
    this.languages = languages;
    this.offsets = offsets;
    this.targets = targets;
    this.strengths = strengths;
    this.within = new float[words.size()];
    this.across = new float[words.size()];
    for (int word = 0; word < words.size(); word++) {
      for (int i = offsets[word]; i < offsets[word + 1]; i++) {
        (isTranslation(word, i) ? across : within)[word] += strengths[i];
      }
    }
  }

  int size() {
    return words.size();
  }

  int ties() {
    return targets.length / 2;
  }

  /** The number of a folded word, -1 if it is not there. */
  int find(String language, String folded) {
    return words.find(new BytesRef(language + SEPARATOR + folded));
  }

  String word(int number) {
    String text = text(number);
    return text.substring(text.indexOf(SEPARATOR) + 1);
  }

  String language(int number) {
    String text = text(number);
    return text.substring(0, text.indexOf(SEPARATOR));
  }

  private String text(int number) {
    return words.get(number, new BytesRef()).utf8ToString();
  }

  int rowStart(int word) {
    return offsets[word];
  }

  int target(int index) {
    return targets[index];
  }

  /** How strong a tie is, above 0; a tie named by several lines stands there several times. */
  float strength(int index) {
    return strengths[index];
  }

  /** Whether a word's tie leads into another language. */
  boolean isTranslation(int word, int index) {
    return languages[word] != languages[targets[index]];
  }

  /** Sum of the strengths of a word's translations, or of its other ties. */
  float total(int word, boolean translations) {
    return (translations ? across : within)[word];
  }

  /** The strongest translations of a folded word of some languages, at most so many. */
  List<String> translations(Set<String> languages, String folded, int most) {
    Map<String, Float> found = new TreeMap<>();
    for (String language : languages) {
      int word = find(language, folded);
      for (int i = word < 0 ? 0 : offsets[word]; word >= 0 && i < offsets[word + 1]; i++) {
        if (isTranslation(word, i)) {
          found.merge(word(targets[i]), strengths[i], Float::sum);
        }
      }
    }
    return found.entrySet().stream()
        .sorted(Map.Entry.<String, Float>comparingByValue().reversed())
        .limit(most)
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Collects ties. For one thread. */
  static final class Builder {
    private static final String SYNONYM = "/r/Synonym";

    private final BytesRefHash words = new BytesRefHash();
    private final List<String> names = new ArrayList<>();
    private byte[] languages = new byte[1 << 10];
    private int[] ends = new int[1 << 12];
    private float[] strengths = new float[1 << 11];
    private int size;

    void add(
        String startLanguage,
        String start,
        String endLanguage,
        String end,
        String relation,
        float strength) {
      if (!startLanguage.equals(endLanguage) && !relation.equals(SYNONYM)) {
        return;
      }
      if (size == strengths.length) {
        strengths = Arrays.copyOf(strengths, size + (size >> 1));
        ends = Arrays.copyOf(ends, 2 * strengths.length);
      }
      ends[2 * size] = number(startLanguage, start);
      ends[2 * size + 1] = number(endLanguage, end);
      strengths[size++] = strength;
    }

    private int number(String language, String word) {
      int number = words.add(new BytesRef(language + SEPARATOR + word));
      if (number < 0) {
        return -number - 1;
      }
      if (number == languages.length) {
        languages = Arrays.copyOf(languages, 2 * number);
      }
      if (!names.contains(language)) {
        names.add(language);
      }
      languages[number] = (byte) names.indexOf(language);
      return number;
    }

    boolean isEmpty() {
      return size == 0;
    }

    ConceptGraph build() {
      int[] offsets = new int[words.size() + 1];
      for (int i = 0; i < 2 * size; i++) {
        offsets[ends[i] + 1]++;
      }
      for (int i = 0; i < words.size(); i++) {
        offsets[i + 1] += offsets[i];
      }
      int[] fill = Arrays.copyOf(offsets, words.size());
      int[] targets = new int[2 * size];
      float[] rows = new float[2 * size];
      for (int i = 0; i < size; i++) {
        int a = ends[2 * i];
        int b = ends[2 * i + 1];
        rows[fill[a]] = strengths[i];
        targets[fill[a]++] = b;
        rows[fill[b]] = strengths[i];
        targets[fill[b]++] = a;
      }
      return new ConceptGraph(words, languages, offsets, targets, rows);
    }
  }
}
