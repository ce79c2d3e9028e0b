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
    assertThat(VoteCheck.of(file)).isEqualTo(new VoteCheck(3, 1, true, 0, List.of()));
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
  void everyTornEndIsFoundAndWhereItIsBetweenLinesHowMuchIsMissing() throws IOException {
    for (int length = checked; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      VoteCheck found = VoteCheck.of(file);
      boolean between = whole[length - 1] == '\n' || whole[length] == '\n';
      assertThat(found.problemCount()).as("%d bytes", length).isEqualTo(between ? 1 : 2);
      assertThat(found.problems().get(between ? 0 : 1))
          .isEqualTo(
              file
                  + " has "
                  + (whole.length - length)
                  + " bytes fewer than were written: the votes at its end are lost; take the file"
                  + " back from a copy, or remove "
                  + file
                  + ".length to go on without them");
    }
  }

  @Test
  void aLostEndIsToldUntilAServerGoesOnWithTheFile() throws IOException {
    Files.write(file, Arrays.copyOf(whole, checked));
    vote("s5", "{}");
    assertThat(VoteCheck.of(file)).isEqualTo(new VoteCheck(2, 1, true, 0, List.of()));
  }

  @Test
  void everyChangeOfTheRecordedLengthIsFoundAndTheNextServerMendsIt() throws IOException {
    Path length = Path.of(file + ".length");
    byte[] recorded = Files.readAllBytes(length);
    assertThat(recorded).hasSize(26);
    String problem =
        length
            + " is changed or cut off, so that a lost end of "
            + file
            + " would not be seen; remove it, the next server makes it anew";
    for (int at = 0; at < 8 * recorded.length; at++) {
      byte[] damaged = recorded.clone();
      damaged[at / 8] ^= (byte) (1 << (at % 8));
      Files.write(length, damaged);
      assertThat(VoteCheck.of(file).problems()).as("bit %d", at).containsExactly(problem);
    }
    for (int bytes = 0; bytes < recorded.length; bytes++) {
      Files.write(length, Arrays.copyOf(recorded, bytes));
      assertThat(VoteCheck.of(file).problems()).as("%d bytes", bytes).containsExactly(problem);
    }
    vote("s6", "{}");
    assertThat(VoteCheck.of(file)).isEqualTo(new VoteCheck(4, 1, true, 0, List.of()));
    Files.delete(length);
    assertThat(VoteCheck.of(file)).isEqualTo(new VoteCheck(4, 1, false, 0, List.of()));
  }

  @Test
  void theMessageSaysWhereAndWhatToDo() throws IOException {
    Files.writeString(file, "{\"time\":\"2026", StandardOpenOption.APPEND);
    vote("s4", "{}");
    assertThat(VoteCheck.of(file).problems())
        .containsExactly(
            file
                + ", line 4: changed or cut off, and its vote is lost; remove the line and "
                + file
                + ".length while no server writes to the file");
    assertThat(VoteCheck.of(file).votes()).isEqualTo(4);
    Files.writeString(file, "no JSON\n".repeat(1000));
    assertThat(VoteCheck.of(file).problemCount()).isEqualTo(1000);
    assertThat(VoteCheck.of(file).problems()).hasSize(20);
  }
}
