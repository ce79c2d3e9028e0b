package org.seesong.keyword;

import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import org.apache.lucene.store.DataInput;
import org.apache.lucene.store.DataOutput;

/**
 * Where the words of one text start and end, one bit each for every character; a small stand-in for
 * its tokens, so that a catalogue is segmented once however often it is searched.
 *
 * <p>Layout: bit 2i says that a word starts at character i, bit 2i+1 that a word ends after it.
 */
final class WordBounds implements Serializable {
  private static final long serialVersionUID = 1;

  private final long[] bits;

  WordBounds(int characters, List<Token> tokens) {
    bits = new long[(2 * characters + 63) >> 6];
    for (Token token : tokens) {
      set(2 * token.start());
      set(2 * (token.end() - 1) + 1);
    }
  }

  private WordBounds(long[] bits) {
    this.bits = bits;
  }

  void write(DataOutput out) throws IOException {
    out.writeInt(bits.length);
    for (long some : bits) {
      out.writeLong(some);
    }
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @param most bytes that can be there
   */
  static WordBounds read(DataInput in, long most) throws IOException {
    int length = in.readInt();
    if (length < 0 || (long) length * Long.BYTES > most) {
      throw new IOException("word bounds of " + length + " numbers in " + most + " bytes");
    }
    long[] bits = new long[length];
    in.readLongs(bits, 0, length);
    return new WordBounds(bits);
  }

  private void set(int bit) {
    bits[bit >> 6] |= 1L << (bit & 63);
  }

  private boolean get(int bit) {
    return (bits[bit >> 6] & 1L << (bit & 63)) != 0;
  }

  /**
   * Whether a piece of text is made of whole words or lies inside one word: 上海 is in 去|上海 and in
   * 大上海, but not in 水上|海面.
   */
  boolean isWordOrInside(int start, int end) {
    boolean inside = true;
    for (int i = start; i < end - 1 && inside; i++) {
      inside = !get(2 * i + 1) && !get(2 * (i + 1));
    }
    return inside || (get(2 * start) && get(2 * (end - 1) + 1));
  }
}
