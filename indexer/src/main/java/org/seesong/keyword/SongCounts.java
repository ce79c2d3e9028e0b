package org.seesong.keyword;

import java.util.Arrays;

/**
 * How often each song holds each keyword, in compressed rows as in {@link KeywordRows}, before
 * weights are known.
 */
final class SongCounts {
  private final int[] offsets;
  private final int[] lengths;
  private int rows;
  private int[] keywords = new int[64];
  private int[] lyrics = new int[64];
  private int[] title = new int[64];
  private int[] firstInLyrics = new int[64];

  SongCounts(int songs) {
    offsets = new int[songs + 1];
    lengths = new int[songs];
  }

  void add(KeywordMatcher.Counts counts, SongTexts.Text text) {
    int size = offsets[rows];
    ensure(size + counts.size);
    for (int i = 0; i < counts.size; i++) {
      int keyword = counts.found[i];
      keywords[size] = keyword;
      lyrics[size] = counts.lyrics[keyword];
      firstInLyrics[size] = counts.firstInLyrics[keyword];
      title[size++] = counts.title[keyword];
    }
    lengths[rows] = letters(text.text());
    offsets[++rows] = size;
  }

  void addAll(SongCounts next) {
    int size = offsets[rows];
    int more = next.offsets[next.rows];
    ensure(size + more);
    System.arraycopy(next.keywords, 0, keywords, size, more);
    System.arraycopy(next.lyrics, 0, lyrics, size, more);
    System.arraycopy(next.title, 0, title, size, more);
    System.arraycopy(next.firstInLyrics, 0, firstInLyrics, size, more);
    System.arraycopy(next.lengths, 0, lengths, rows, next.rows);
    for (int row = 1; row <= next.rows; row++) {
      offsets[rows + row] = size + next.offsets[row];
    }
    rows += next.rows;
  }

  private void ensure(int size) {
    if (size > keywords.length) {
      int capacity = Math.max(size, 2 * keywords.length);
      keywords = Arrays.copyOf(keywords, capacity);
      lyrics = Arrays.copyOf(lyrics, capacity);
      title = Arrays.copyOf(title, capacity);
      firstInLyrics = Arrays.copyOf(firstInLyrics, capacity);
    }
  }

  int songs() {
    return rows;
  }

  /** Letters of all songs together. */
  long letters() {
    long total = 0;
    for (int song = 0; song < rows; song++) {
      total += lengths[song];
    }
    return total;
  }

  static int letters(String text) {
    int letters = 0;
    for (int i = 0; i < text.length(); i++) {
      if (Character.isLetterOrDigit(text.charAt(i))) {
        letters++;
      }
    }
    return letters;
  }

  /** How many songs hold each keyword. */
  int[] documents(int vocabularySize) {
    int[] documents = new int[vocabularySize];
    for (int i = 0; i < offsets[rows]; i++) {
      documents[keywords[i]]++;
    }
    return documents;
  }

  /**
   * The counts of some keywords only.
   *
   * @param newIds the new id of each keyword, -1 for those left out; those that stay keep their
   *     order
   */
  SongCounts restrictedTo(int[] newIds) {
    SongCounts some = new SongCounts(rows);
    some.ensure(offsets[rows]);
    int size = 0;
    for (int row = 0; row < rows; row++) {
      for (int i = offsets[row]; i < offsets[row + 1]; i++) {
        if (newIds[keywords[i]] >= 0) {
          some.keywords[size] = newIds[keywords[i]];
          some.lyrics[size] = lyrics[i];
          some.title[size] = title[i];
          some.firstInLyrics[size++] = firstInLyrics[i];
        }
      }
      some.lengths[row] = lengths[row];
      some.offsets[row + 1] = size;
    }
    some.rows = rows;
    return some;
  }

  /** Weights by the statistics of a model, whose vocabulary the counts are of. */
  KeywordRows weighed(KeywordModel model) {
    int[] documents = model.documents().stream().mapToInt(Integer::intValue).toArray();
    int size = offsets[rows];
    float[] weights = new float[size];
    for (int song = 0; song < rows; song++) {
      double length = lengths[song] / model.meanLength();
      for (int i = offsets[song]; i < offsets[song + 1]; i++) {
        weights[i] =
            model
                .weighting()
                .weight(lyrics[i], title[i], model.songs(), documents[keywords[i]], length);
      }
    }
    return new KeywordRows(
        offsets, Arrays.copyOf(keywords, size), weights, Arrays.copyOf(firstInLyrics, size));
  }
}
