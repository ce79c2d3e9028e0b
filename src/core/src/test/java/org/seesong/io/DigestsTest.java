package org.seesong.io;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DigestsTest {
  /** FIPS 180-2, appendices B.1 and B.3. */
  private static final String ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  private static final String MILLION_A =
      "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0";

  @TempDir Path folder;

  @Test
  void bytesAndFilesHaveTheDigestsOfTheStandard() throws IOException {
    assertThat(Digests.sha256("abc".getBytes(US_ASCII))).isEqualTo(ABC);
    byte[] many = "a".repeat(1_000_000).getBytes(US_ASCII);
    assertThat(Digests.sha256(many)).isEqualTo(MILLION_A);
    assertThat(Digests.sha256(Files.write(folder.resolve("f"), many))).isEqualTo(MILLION_A);
  }

  @Test
  void aDigestMayBeGivenItsBytesInParts() {
    MessageDigest digest = Digests.sha256();
    digest.update("a".getBytes(US_ASCII));
    digest.update("bc".getBytes(US_ASCII));
    assertThat(Digests.hex(digest)).isEqualTo(ABC);
  }
}
