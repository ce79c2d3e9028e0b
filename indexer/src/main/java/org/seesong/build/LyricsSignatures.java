package org.seesong.build;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import org.seesong.catalogue.Song;
import org.seesong.index.LyricsSignature;
import org.seesong.keyword.ScriptFolder;

/**
 * Tells versions of one song by their words: a catalogue often holds a song once for each album,
 * live recording and reissue. Songs have the same key if the letters of their lyrics are the same,
 * whatever script, case, spaces and punctuation. Lyrics too short to be a song's own, such as la la
 * la, count together with title and artist.
 *
 * <p>Shingles of the MinHash signature are pairs of neighbouring words; in Chinese and Japanese,
 * which do not separate words, of characters. Repeats do not count.
 */
final class LyricsSignatures {
  /** Different shingles of lyrics that tell a song alone, even if some of them are missing. */
  private static final int MIN_SHINGLES = 20;

  /** Letters of lyrics that tell a song alone if they are the same. */
  private static final int MIN_LETTERS = 40;

  private static final int GOLDEN = 0x9e3779b9;

  /** The hash functions x to a x + b, modulo 2^32. */
  private static final int[] FACTORS = new int[LyricsSignature.HASHES];

  private static final int[] SUMMANDS = new int[LyricsSignature.HASHES];

  static {
    for (int i = 0; i < LyricsSignature.HASHES; i++) {
      FACTORS[i] = mix(2 * i + 1) | 1;
      SUMMANDS[i] = mix(2 * i + 2);
    }
  }

  private LyricsSignatures() {}

  /** The song's signature; without a key where too little is known to tell its versions. */
  static LyricsSignature of(Song song, String foldedLyrics, ScriptFolder folder) {
    Fingerprint fingerprint = new Fingerprint();
    String lyrics = letters(foldedLyrics);
    fingerprint.add(lyrics);
    int[] shingles = shingles(foldedLyrics);
    boolean compared = shingles.length >= MIN_SHINGLES;
    if (!compared && lyrics.length() < MIN_LETTERS) {
      String title = letters(folder.fold(song.title()));
      String artist = letters(folder.fold(song.artist()));
      if (title.isEmpty() || artist.isEmpty()) {
        return LyricsSignature.NONE;
      }
      fingerprint.add(title).add(artist);
    }
    byte[] digest = HexFormat.of().parseHex(fingerprint.hex());
    long key = ByteBuffer.wrap(digest).getLong();
    return new LyricsSignature(key == 0 ? 1 : key, compared ? minHashes(shingles) : new byte[0]);
  }

  private static String letters(String text) {
    StringBuilder letters = new StringBuilder(text.length());
    text.codePoints().filter(Character::isLetterOrDigit).forEach(letters::appendCodePoint);
    return letters.toString();
  }

  /** Hashes of the different pairs of neighbouring words. */
  private static int[] shingles(String text) {
    int[] pairs = new int[text.length()];
    int count = 0;
    int previous = 0;
    int word = 0;
    for (int i = 0; i <= text.length(); ) {
      int c = i < text.length() ? text.codePointAt(i) : ' ';
      boolean alone = isWord(c);
      if (word != 0 && (alone || !Character.isLetterOrDigit(c))) {
        pairs[count] = mix(GOLDEN * previous + word);
        count += previous == 0 ? 0 : 1;
        previous = word;
        word = 0;
      }
      if (Character.isLetterOrDigit(c)) {
        word = mix(GOLDEN * word + c) | 1;
      }
      i += Character.charCount(c);
    }
    return Arrays.stream(pairs, 0, count).distinct().toArray();
  }

  /** Whether a character is taken for a word. */
  private static boolean isWord(int c) {
    return Character.isIdeographic(c)
        || Character.UnicodeScript.of(c) == Character.UnicodeScript.HIRAGANA
        || Character.UnicodeScript.of(c) == Character.UnicodeScript.KATAKANA;
  }

  private static byte[] minHashes(int[] shingles) {
    int[] least = new int[LyricsSignature.HASHES];
    Arrays.fill(least, Integer.MAX_VALUE);
    for (int shingle : shingles) {
      for (int i = 0; i < least.length; i++) {
        least[i] = Math.min(least[i], FACTORS[i] * shingle + SUMMANDS[i]);
      }
    }
    byte[] hashes = new byte[least.length];
    for (int i = 0; i < hashes.length; i++) {
      hashes[i] = (byte) mix(least[i]);
    }
    return hashes;
  }

  /** The finaliser of MurmurHash3. */
  private static int mix(int x) {
    int y = (x ^ x >>> 16) * 0x85ebca6b;
    y = (y ^ y >>> 13) * 0xc2b2ae35;
    return y ^ y >>> 16;
  }
}
