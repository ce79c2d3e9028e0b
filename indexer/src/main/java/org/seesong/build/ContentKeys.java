package org.seesong.build;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.seesong.catalogue.Song;
import org.seesong.keyword.ScriptFolder;

/**
 * Tells versions of one song by their words: a catalogue often holds a song once for each album,
 * live recording and reissue. Songs have the same key if the letters of their lyrics are the same,
 * whatever script, case, spaces and punctuation. Lyrics too short to be a song's own, such as la la
 * la, count together with title and artist.
 */
final class ContentKeys {
  /** Letters of lyrics that tell a song alone; a quatrain of seven characters a line has 28. */
  private static final int OWN_LYRICS = 40;

  private ContentKeys() {}

  /** The song's key; 0 where too little is known of it to tell its versions from other songs. */
  static long of(Song song, String foldedLyrics, ScriptFolder folder) {
    Fingerprint fingerprint = new Fingerprint();
    String lyrics = letters(foldedLyrics);
    fingerprint.add(lyrics);
    if (lyrics.length() < OWN_LYRICS) {
      String title = letters(folder.fold(song.title()));
      String artist = letters(folder.fold(song.artist()));
      if (title.isEmpty() || artist.isEmpty()) {
        return 0;
      }
      fingerprint.add(title).add(artist);
    }
    byte[] digest = HexFormat.of().parseHex(fingerprint.hex());
    long key = ByteBuffer.wrap(digest).getLong();
    return key == 0 ? 1 : key;
  }

  private static String letters(String text) {
    StringBuilder letters = new StringBuilder(text.length());
    text.codePoints().filter(Character::isLetterOrDigit).forEach(letters::appendCodePoint);
    return letters.toString();
  }
}
