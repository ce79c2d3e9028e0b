package org.seesong.keyword;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import org.apache.lucene.store.DataInput;
import org.apache.lucene.store.DataOutput;
import org.seesong.keyword.MeaningComparison.Compared;
import org.seesong.relevance.LyricFeatures;
import org.seesong.relevance.RelevanceModel;

/**
 * How often each song holds each keyword, in compressed rows as in {@link KeywordRows}, before
 * weights are known.
 */
final class SongCounts {
  private final int[] offsets;
  private final int[] lengths;

  /** Of the lyrics alone, in characters and in words. */
  private final int[] lyricCharacters;

  private final int[] lyricWords;
  private int rows;
  private int[] keywords = new int[64];
  private int[] lyrics = new int[64];
  private int[] title = new int[64];
  private int[] firstInLyrics = new int[64];
  private int[] lastInLyrics = new int[64];

  SongCounts(int songs) {
    offsets = new int[songs + 1];
    lengths = new int[songs];
    lyricCharacters = new int[songs];
    lyricWords = new int[songs];
  }

  void add(KeywordMatcher.Counts counts, SongTexts.Text text) {
    int size = offsets[rows];
    ensure(size + counts.size);
    for (int i = 0; i < counts.size; i++) {
      int keyword = counts.found[i];
      keywords[size] = keyword;
      lyrics[size] = counts.lyrics[keyword];
      firstInLyrics[size] = counts.firstInLyrics[keyword];
      lastInLyrics[size] = counts.lastInLyrics[keyword];
      title[size++] = counts.title[keyword];
    }
    lengths[rows] = letters(text.text());
    lyricCharacters[rows] = text.text().length() - text.titleLength() - 1;
    lyricWords[rows] = LyricFeatures.words(text.text(), text.titleLength() + 1);
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
    System.arraycopy(next.lastInLyrics, 0, lastInLyrics, size, more);
    System.arraycopy(next.lengths, 0, lengths, rows, next.rows);
    System.arraycopy(next.lyricCharacters, 0, lyricCharacters, rows, next.rows);
    System.arraycopy(next.lyricWords, 0, lyricWords, rows, next.rows);
    for (int row = 1; row <= next.rows; row++) {
      offsets[rows + row] = size + next.offsets[row];
    }
    rows += next.rows;
  }

  void write(DataOutput out) throws IOException {
    out.writeInt(rows);
    out.writeInt(offsets[rows]);
    for (int row = 0; row < rows; row++) {
      out.writeInt(offsets[row + 1]);
      out.writeInt(lengths[row]);
      out.writeInt(lyricCharacters[row]);
      out.writeInt(lyricWords[row]);
    }
    for (int i = 0; i < offsets[rows]; i++) {
      out.writeInt(keywords[i]);
      out.writeInt(lyrics[i]);
      out.writeInt(title[i]);
      out.writeInt(firstInLyrics[i]);
      out.writeInt(lastInLyrics[i]);
    }
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @param bytes how many there are
   */
  static SongCounts read(DataInput in, long bytes) throws IOException {
    int rows = in.readInt();
    int size = in.readInt();
    if (rows < 0 || size < 0 || 4L * Integer.BYTES * rows + 5L * Integer.BYTES * size > bytes) {
      throw new IOException(size + " counts of " + rows + " songs in " + bytes + " bytes");
    }
    SongCounts all = new SongCounts(rows);
    all.rows = rows;
    all.ensure(size);
    for (int row = 0; row < rows; row++) {
      all.offsets[row + 1] = in.readInt();
      all.lengths[row] = in.readInt();
      all.lyricCharacters[row] = in.readInt();
      all.lyricWords[row] = in.readInt();
    }
    for (int i = 0; i < size; i++) {
      all.keywords[i] = in.readInt();
      all.lyrics[i] = in.readInt();
      all.title[i] = in.readInt();
      all.firstInLyrics[i] = in.readInt();
      all.lastInLyrics[i] = in.readInt();
    }
    return all;
  }

  private void ensure(int size) {
    if (size > keywords.length) {
      int capacity = Math.max(size, 2 * keywords.length);
      keywords = Arrays.copyOf(keywords, capacity);
      lyrics = Arrays.copyOf(lyrics, capacity);
      title = Arrays.copyOf(title, capacity);
      firstInLyrics = Arrays.copyOf(firstInLyrics, capacity);
      lastInLyrics = Arrays.copyOf(lastInLyrics, capacity);
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
          some.firstInLyrics[size] = firstInLyrics[i];
          some.lastInLyrics[size++] = lastInLyrics[i];
        }
      }
      some.lengths[row] = lengths[row];
      some.lyricCharacters[row] = lyricCharacters[row];
      some.lyricWords[row] = lyricWords[row];
      some.offsets[row + 1] = size;
    }
    some.rows = rows;
    return some;
  }

  /**
   * Weights by the statistics of a model, whose vocabulary the counts are of.
   *
   * @param compared what a text encoder says of some entries
   */
  KeywordRows weighed(KeywordModel model, Optional<Compared> compared) {
    boolean byRelevance = model.weighting().formula() == KeywordWeighting.Formula.RELEVANCE;
    int[] documents = model.documents().stream().mapToInt(Integer::intValue).toArray();
    KeywordRows.Builder builder = new KeywordRows.Builder();
    for (int song = 0; song < rows; song++) {
      double length = lengths[song] / model.meanLength();
      for (int i = offsets[song]; i < offsets[song + 1]; i++) {
        if (!byRelevance) {
          float weight =
              model
                  .weighting()
                  .weight(lyrics[i], title[i], model.songs(), documents[keywords[i]], length);
          builder.add(keywords[i], weight, firstInLyrics[i]);
        } else if (isSung(song, i)) {
          double relevance =
              compared.isPresent() && compared.get().has(i)
                  ? RelevanceModel.builtIn()
                      .relevance(features(song, i), compared.get().of(i, model.meaning()))
                  : relevance(song, i);
          builder.add(keywords[i], Math.max((float) relevance, Float.MIN_NORMAL), firstInLyrics[i]);
        }
      }
      builder.endRow();
    }
    return builder.build();
  }

  /** Takes an entry and the song it is of. */
  interface EntryVisitor {
    void visit(int song, int entry);
  }

  /** Visits the entries whose keyword is sung, song by song. */
  void forEachSung(EntryVisitor visitor) {
    for (int song = 0; song < rows; song++) {
      for (int entry = offsets[song]; entry < offsets[song + 1]; entry++) {
        if (isSung(song, entry)) {
          visitor.visit(song, entry);
        }
      }
    }
  }

  /** Relevance of a sung keyword by the lyrics' features alone. */
  double relevance(int song, int entry) {
    return RelevanceModel.builtIn().relevance(features(song, entry));
  }

  /** Whether the lyrics hold a keyword, or the title of a song without lyrics. */
  private boolean isSung(int song, int entry) {
    return lyrics[entry] > 0 || lyricWords[song] == 0;
  }

  /** How a song holds a keyword, by {@link LyricFeatures}. */
  double[] features(int song, int entry) {
    if (lyrics[entry] == 0) {
      return LyricFeatures.of(title[entry], true, title[entry], 0, 0);
    }
    double characters = lyricCharacters[song];
    return LyricFeatures.of(
        lyrics[entry],
        title[entry] > 0,
        lyricWords[song],
        firstInLyrics[entry] / characters,
        1 - lastInLyrics[entry] / characters);
  }

  /** Number of entries, the pairs of a song and a keyword that it holds. */
  int size() {
    return offsets[rows];
  }

  int keyword(int entry) {
    return keywords[entry];
  }

  /** See {@link KeywordRows#firstInLyrics}. */
  int firstInLyrics(int entry) {
    return firstInLyrics[entry];
  }
}
