package org.seesong.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Limits of what is read from standard input; commands with it are tried end to end. */
class StandardInputTest {
  private final InputStream before = System.in;

  @AfterEach
  void restore() {
    System.setIn(before);
  }

  private static void send(byte[] bytes) {
    System.setIn(new ByteArrayInputStream(bytes));
  }

  @Test
  void aTableIsCopiedWholeUpToTheLimitAndGoneAfterwards() throws IOException {
    byte[] table = ("{" + "a".repeat(200_000)).getBytes(StandardCharsets.UTF_8);
    send(table);
    Path copy;
    try (StandardInput input = new StandardInput(table.length)) {
      List<Path> files = input.tables(List.of(Path.of("a.csv"), Path.of("-")));
      assertThat(files).hasSize(2).startsWith(Path.of("a.csv"));
      copy = files.get(1);
      assertThat(copy).hasFileName("standard-input.jsonl").hasBinaryContent(table);
    }
    assertThat(copy.getParent()).doesNotExist();
    send(table);
    try (StandardInput input = new StandardInput(table.length - 1)) {
      assertThatThrownBy(() -> input.tables(List.of(Path.of("-"))))
          .isInstanceOf(IOException.class)
          .hasMessage("standard input is larger than 200000 bytes; write it to a file");
    }
  }

  @Test
  void filesAloneMakeNoCopy() throws IOException {
    send(new byte[] {'{'});
    try (StandardInput input = new StandardInput()) {
      assertThat(input.tables(List.of(Path.of("./-")))).containsExactly(Path.of("./-"));
    }
    assertThat(System.in.read()).isEqualTo('{');
  }

  @Test
  void textHasALimitAndAnEncoding() throws IOException {
    send("雪".getBytes(StandardCharsets.UTF_8));
    assertThat(StandardInput.text(3)).isEqualTo("雪");
    send("雪!".getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> StandardInput.text(3))
        .hasMessage("standard input is larger than 3 bytes; write it to a file");
    send(new byte[] {(byte) 0xff});
    assertThatThrownBy(() -> StandardInput.text(3)).isInstanceOf(CharacterCodingException.class);
  }
}
