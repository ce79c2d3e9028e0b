package org.seesong.index;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.lucene.util.BytesRef;

/**
 * A song's lyrics as a key, the same for the same lyrics, and a MinHash signature (Broder 1997), by
 * which nearly the same lyrics are found: the share of equal hashes of two signatures estimates the
 * Jaccard similarity of their sets of shingles. Immutable.
 */
public final class LyricsSignature {
  /** Hashes of a signature; the estimate's standard deviation is at most 0.044. */
  public static final int HASHES = 128;

  /** For a song of whose lyrics too little is known. */
  public static final LyricsSignature NONE = new LyricsSignature(0, new byte[0]);

  /**
   * Least share of equal hashes of versions of a song; src/docs/search.md has the measurement. Two
   * songs that share half of each have 1/3.
   */
  private static final double MIN_SIMILARITY = 0.5;

  /**
   * Locality-sensitive hashing: songs are compared if the hashes of a band are equal in both. 16
   * bands of 3 find a similarity of 0.6 with probability .98, of 0.7 with .998.
   */
  static final int BANDS = 16;

  private static final int HASHES_PER_BAND = 3;

  private final long contentKey;
  private final byte[] hashes;

  /**
   * A signature.
   *
   * @param contentKey the same for songs with the same lyrics, such as one in two editions of an
   *     album; 0 if unknown
   * @param hashes the lowest 8 bits of each MinHash, {@value #HASHES} of them; none for lyrics that
   *     are compared by their key only
   * @throws IllegalArgumentException if the number of hashes is another, or there are some without
   *     a key
   */
  public LyricsSignature(long contentKey, byte[] hashes) {
    if (hashes.length != 0 && (hashes.length != HASHES || contentKey == 0)) {
      throw new IllegalArgumentException(
          "a signature has a key and 0 or " + HASHES + " hashes; got: " + hashes.length);
    }
    this.contentKey = contentKey;
    this.hashes = hashes.clone();
  }

  /** The same number for songs with the same lyrics; 0 if unknown. */
  public long contentKey() {
    return contentKey;
  }

  /** Whether similar lyrics can be found by it, not only the same. */
  boolean hasHashes() {
    return hashes.length > 0;
  }

  /** Whether lyrics are nearly the same; both have hashes. */
  boolean isLike(LyricsSignature other) {
    int equal = 0;
    for (int i = 0; i < HASHES; i++) {
      equal += hashes[i] == other.hashes[i] ? 1 : 0;
    }
    return equal >= MIN_SIMILARITY * HASHES;
  }

  /** The hashes of a band with its number. */
  int band(int band) {
    int value = band;
    for (int i = band * HASHES_PER_BAND; i < (band + 1) * HASHES_PER_BAND; i++) {
      value = (value << Byte.SIZE) | (hashes[i] & 0xff);
    }
    return value;
  }

  /** Terms that signatures have in common if a band is equal; none without hashes. */
  List<BytesRef> bandTerms() {
    List<BytesRef> terms = new ArrayList<>(BANDS);
    for (int band = 0; band < BANDS && hasHashes(); band++) {
      byte[] term = new byte[1 + HASHES_PER_BAND];
      term[0] = (byte) band;
      System.arraycopy(hashes, band * HASHES_PER_BAND, term, 1, HASHES_PER_BAND);
      terms.add(new BytesRef(term));
    }
    return terms;
  }

  /** The lowest 8 bits of each MinHash; none for lyrics that are compared by their key only. */
  public byte[] hashes() {
    return hashes.clone();
  }

  BytesRef bytes() {
    return new BytesRef(hashes.clone());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LyricsSignature signature
        && contentKey == signature.contentKey
        && Arrays.equals(hashes, signature.hashes);
  }

  @Override
  public int hashCode() {
    return Long.hashCode(contentKey);
  }

  @Override
  public String toString() {
    return "LyricsSignature[" + Long.toHexString(contentKey) + (hasHashes() ? "]" : ", no hashes]");
  }
}
