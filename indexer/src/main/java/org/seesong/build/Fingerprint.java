package org.seesong.build;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.seesong.catalogue.Song;
import org.seesong.io.Digests;

/**
 * A digest of values in order; every text is preceded by its length, so that parts cannot shift.
 */
final class Fingerprint {
  private final MessageDigest digest = Digests.sha256();
  private final ByteBuffer buffer = ByteBuffer.allocate(1 << 12);

  Fingerprint add(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    add(bytes.length);
    flush();
    digest.update(bytes);
    return this;
  }

  Fingerprint add(long number) {
    if (buffer.remaining() < Long.BYTES) {
      flush();
    }
    buffer.putLong(number);
    return this;
  }

  private void flush() {
    digest.update(buffer.flip());
    buffer.clear();
  }

  Fingerprint add(double number) {
    return add(Double.doubleToLongBits(number));
  }

  /** Adds all that a song is. */
  Fingerprint add(Song song) {
    add(song.id()).add(song.title()).add(song.artist()).add(song.lyrics());
    add(song.language()).add(song.popularity()).add(song.year());
    return add(song.attributes().toString());
  }

  /** Ends the digest: 64 hexadecimal digits. */
  String hex() {
    flush();
    return Digests.hex(digest);
  }
}
