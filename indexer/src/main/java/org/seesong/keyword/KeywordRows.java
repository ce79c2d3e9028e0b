package org.seesong.keyword;

import java.io.IOException;
import java.io.Serializable;
import java.util.Arrays;
import org.apache.lucene.store.DataInput;
import org.apache.lucene.store.DataOutput;

/**
 * Which keywords each song (or each picture) holds, and how strongly: a sparse matrix with a row
 * for each.
 *
 * <p>Compressed rows: the keywords of row r are {@code keywords()[i]} with weight {@code
 * weights()[i]} for i from {@code offsets()[r]} up to {@code offsets()[r + 1]}, ids ascending in a
 * row, weights finite and above 0. A row may be empty.
 *
 * <p>The weight of a keyword in a song, with N songs of which df hold it, and tf = times in the
 * lyrics + titleBoost * times in the title:
 *
 * <ul>
 *   <li>relevance: the song's expected grade for a picture of the keyword's thing, 0 to 1, see
 *       {@link org.seesong.relevance.RelevanceModel}; a song whose title alone holds the keyword
 *       has none, unless it has no lyrics
 *   <li>TF-IDF: (1 + ln tf) * ln(1 + N / df)
 *   <li>BM25: ln(1 + (N - df + 0.5) / (df + 0.5)) * tf * (k1 + 1) / (tf + k1 * (1 - b + b * length
 *       / mean length)), length in letters
 * </ul>
 *
 * <p>The weight of a keyword in a picture is the one its owner gave, 1 if none; the largest, if the
 * keyword is named twice.
 *
 * <p>The arrays are shared, not copied; read only by convention. Safe for any number of readers.
 */
public final class KeywordRows implements Serializable {
  private static final long serialVersionUID = 1;

  private final int[] offsets;
  private final int[] keywords;
  private final float[] weights;
  private final int[] firstInLyrics;

  KeywordRows(int[] offsets, int[] keywords, float[] weights) {
    this(offsets, keywords, weights, new int[0]);
  }

  KeywordRows(int[] offsets, int[] keywords, float[] weights, int[] firstInLyrics) {
    this.offsets = offsets;
    this.keywords = keywords;
    this.weights = weights;
    this.firstInLyrics = firstInLyrics;
    assert isWellFormed();
  }

  private boolean isWellFormed() {
    for (int row = 0; row < rows(); row++) {
      for (int i = offsets[row]; i < offsets[row + 1]; i++) {
        boolean ascending = i == offsets[row] || keywords[i] > keywords[i - 1];
        if (!ascending || !(weights[i] > 0) || !Float.isFinite(weights[i])) {
          return false;
        }
      }
    }
    return offsets[rows()] == keywords.length && keywords.length == weights.length;
  }

  /** Number of songs or pictures. */
  public int rows() {
    return offsets.length - 1;
  }

  /**
   * Where rows start.
   *
   * @return {@link #rows()} + 1 ascending positions
   */
  public int[] offsets() {
    return offsets;
  }

  /** Keyword ids, row after row. */
  public int[] keywords() {
    return keywords;
  }

  /**
   * Weights beside {@link #keywords()}.
   *
   * @return finite numbers above 0
   */
  public float[] weights() {
    return weights;
  }

  /**
   * Where the lyrics hold a keyword first, beside {@link #keywords}.
   *
   * @return positions for {@link LyricLines}, -1 where only the title holds the keyword; empty for
   *     pictures
   */
  public int[] firstInLyrics() {
    return firstInLyrics;
  }

  /** A copy of the rows from {@code start} to {@code end}, exclusive. */
  public KeywordRows slice(int start, int end) {
    int from = offsets[start];
    int to = offsets[end];
    int[] some = new int[end - start + 1];
    for (int row = 0; row < some.length; row++) {
      some[row] = offsets[start + row] - from;
    }
    return new KeywordRows(
        some,
        Arrays.copyOfRange(keywords, from, to),
        Arrays.copyOfRange(weights, from, to),
        firstInLyrics.length == 0 ? firstInLyrics : Arrays.copyOfRange(firstInLyrics, from, to));
  }

  /**
   * Writes them: rows 4, their ends 4 each, keywords 4, whether they are of songs 4, and for each
   * keyword its id 4, weight 4 and, of songs, first position 4.
   */
  public void write(DataOutput out) throws IOException {
    out.writeInt(rows());
    for (int row = 0; row < rows(); row++) {
      out.writeInt(offsets[row + 1]);
    }
    out.writeInt(keywords.length);
    out.writeInt(firstInLyrics.length);
    for (int i = 0; i < keywords.length; i++) {
      out.writeInt(keywords[i]);
      out.writeInt(Float.floatToIntBits(weights[i]));
      if (firstInLyrics.length > 0) {
        out.writeInt(firstInLyrics[i]);
      }
    }
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @param most bytes that can be there
   */
  public static KeywordRows read(DataInput in, long most) throws IOException {
    int[] offsets = new int[1 + count(in, most)];
    in.readInts(offsets, 1, offsets.length - 1);
    int[] keywords = new int[count(in, most)];
    float[] weights = new float[keywords.length];
    int[] first = new int[count(in, most)];
    for (int i = 0; i < keywords.length; i++) {
      keywords[i] = in.readInt();
      weights[i] = Float.intBitsToFloat(in.readInt());
      if (first.length > 0) {
        first[i] = in.readInt();
      }
    }
    return new KeywordRows(offsets, keywords, weights, first);
  }

  private static int count(DataInput in, long most) throws IOException {
    int count = in.readInt();
    if (count < 0 || (long) count * Integer.BYTES > most) {
      throw new IOException(count + " keywords or rows in " + most + " bytes");
    }
    return count;
  }

  /** Where a row starts; 0 for rows behind the last. */
  int start(int row) {
    return row < rows() ? offsets[row] : 0;
  }

  /** Where a row ends; 0 for rows behind the last. */
  int end(int row) {
    return row < rows() ? offsets[row + 1] : 0;
  }

  /** The mean of all weights, in their order; 0 if there are none. */
  public double meanWeight() {
    double sum = 0;
    for (float weight : weights) {
      sum += weight;
    }
    return weights.length == 0 ? 0 : sum / weights.length;
  }

  /**
   * How many rows hold no keyword.
   *
   * @return number of empty rows
   */
  public int emptyRows() {
    int empty = 0;
    for (int row = 0; row < rows(); row++) {
      if (offsets[row] == offsets[row + 1]) {
        empty++;
      }
    }
    return empty;
  }

  /** Makes rows one after another. For one thread. */
  public static final class Builder {
    private int[] offsets = new int[64];
    private int[] keywords = new int[64];
    private float[] weights = new float[64];
    private int[] firstInLyrics = new int[64];
    private boolean ofSongs;
    private int rows;
    private int size;

    /**
     * Adds a keyword to the row that is being made.
     *
     * @param keyword its id, above those already in the row
     * @param weight finite and above 0
     * @throws IllegalArgumentException if the id is not above the last one of the row, or the
     *     weight is not a finite number above 0
     */
    public void add(int keyword, float weight) {
      int last = size == offsets[rows] ? -1 : keywords[size - 1];
      if (keyword <= last) {
        throw new IllegalArgumentException(
            "keywords of a row must ascend from 0; got " + keyword + " after " + last);
      }
      if (!(weight > 0) || !Float.isFinite(weight)) {
        throw new IllegalArgumentException(
            "weight of a keyword must be a finite number above 0; got: " + weight);
      }
      if (size == keywords.length) {
        keywords = Arrays.copyOf(keywords, 2 * size);
        weights = Arrays.copyOf(weights, 2 * size);
        firstInLyrics = Arrays.copyOf(firstInLyrics, 2 * size);
      }
      keywords[size] = keyword;
      weights[size++] = weight;
    }

    /** Adds a keyword of a song, with its {@link KeywordRows#firstInLyrics}. */
    void add(int keyword, float weight, int first) {
      add(keyword, weight);
      firstInLyrics[size - 1] = first;
      ofSongs = true;
    }

    /** Ends a row, which may be empty, and begins the next. */
    public void endRow() {
      if (rows + 1 == offsets.length) {
        offsets = Arrays.copyOf(offsets, 2 * offsets.length);
      }
      offsets[++rows] = size;
    }

    /** The rows ended so far. */
    public KeywordRows build() {
      return new KeywordRows(
          Arrays.copyOf(offsets, rows + 1),
          Arrays.copyOf(keywords, size),
          Arrays.copyOf(weights, size),
          ofSongs ? Arrays.copyOf(firstInLyrics, size) : new int[0]);
    }
  }
}
