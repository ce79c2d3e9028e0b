package org.seesong.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VoteCheckTest {
  /** As they were before lines had checksums. */
  private static final String EARLIER =
      "{\"time\":\"2026-01-02T03:04:05.678Z\",\"song\":\"s1\",\"vote\":1,\"query\":{}}\n";

  @TempDir Path folder;
  private Path file;

  /** Where the lines with checksums begin. */
  private int checked;

  private byte[] whole;

  @BeforeEach
  void write() throws IOException {
    file = Files.writeString(folder.resolve("votes.jsonl"), EARLIER);
    checked = EARLIER.length();
    vote("s1", "{\"words\":\"雪\"}");
    vote("s\"2", "{\"crc32c\":\"00000000\"}");
    whole = Files.readAllBytes(file);
  }

  private void vote(String song, String query) throws IOException {
    try (VoteLog log = VoteLog.open(file)) {
      ObjectNode json = Json.readObject(query.getBytes(StandardCharsets.UTF_8));
      log.add(song, -1, json);
    }
  }

  @Test
  void wholeLinesAreCountedAndSoAreThoseWithoutChecksums() throws IOException {
    assertThat(VoteCheck.of(file)).isEqualTo(new VoteCheck(3, 1, 0, List.of()));
    for (String line : Files.readAllLines(file)) {
      ObjectNode vote = Json.readObject(line.getBytes(StandardCharsets.UTF_8));
      assertThat(vote.get("song").asText()).startsWith("s");
    }
  }

  @Test
  void everyFlippedBitInALineWithAChecksumIsFoundAndTheLineNamed() throws IOException {
    int line = 2;
    for (int at = checked; at < whole.length; at++) {
      for (int bit = 0; bit < 8; bit++) {
        byte[] damaged = whole.clone();
        damaged[at] ^= (byte) (1 << bit);
        Files.write(file, damaged);
        assertThat(VoteCheck.of(file).problems())
            .as("bit %d of byte %d", bit, at)
            .isNotEmpty()
            .first(STRING)
            .startsWith(file + ", line " + line + ": ");
      }
      line += whole[at] == '\n' ? 1 : 0;
    }
  }

  @Test
  void everyTornEndIsFoundButBetweenLines() throws IOException {
    for (int length = checked; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      VoteCheck found = VoteCheck.of(file);
      boolean between = whole[length - 1] == '\n' || whole[length] == '\n';
      assertThat(found.problemCount()).as("%d bytes", length).isEqualTo(between ? 0 : 1);
    }
  }

  @Test
  void theMessageSaysWhereAndWhatToDo() throws IOException {
    Files.writeString(file, "{\"time\":\"2026", StandardOpenOption.APPEND);
    vote("s4", "{}");
    assertThat(VoteCheck.of(file).problems())
        .containsExactly(
            file
                + ", line 4: changed or cut off, and its vote is lost; remove the line while no"
                + " server writes to the file");
    assertThat(VoteCheck.of(file).votes()).isEqualTo(4);
    Files.writeString(file, "no JSON\n".repeat(1000));
    assertThat(VoteCheck.of(file).problemCount()).isEqualTo(1000);
    assertThat(VoteCheck.of(file).problems()).hasSize(20);
  }
}
