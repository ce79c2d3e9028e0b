package org.seesong.io;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ContentKeyTest {
  @Test
  void aKeyIsTheSha256OfTheContent() {
    assertThat(ContentKey.of("abc".getBytes(UTF_8)))
        .hasToString("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        .isEqualTo(ContentKey.of("abc".getBytes(UTF_8)))
        .isNotEqualTo(ContentKey.of("abd".getBytes(UTF_8)));
  }
}
