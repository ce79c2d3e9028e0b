package org.seesong.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VoteCommandTest {
  private static final String STUDY =
      """
      {"study": 2, "cases": [{"query": "q", "file": "q.jpg", "theme": "snow",
       "songs": [{"id": "s", "title": "Snow", "artist": "A", "line": "la"},
                 {"id": "t", "title": "Tea", "artist": "B", "line": "lo"}],
       "systems": {"closed-form": ["s", "t"], "km": ["t"]}}]}
      """;

  @TempDir private Path folder;

  private final ByteArrayOutputStream data = new ByteArrayOutputStream();
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();

  @BeforeEach
  void study() throws Exception {
    Files.writeString(folder.resolve("study.json"), STUDY);
  }

  private int vote(String input, String... more) {
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
    try {
      String[] arguments = new String[more.length + 2];
      arguments[0] = "vote";
      arguments[1] = folder.toString();
      System.arraycopy(more, 0, arguments, 2, more.length);
      return Seesong.run(
          arguments,
          new PrintStream(data, true, StandardCharsets.UTF_8),
          new PrintStream(log, true, StandardCharsets.UTF_8));
    } finally {
      System.setIn(before);
    }
  }

  @Test
  void votersDoNotLearnWhoRecommendsAndMayLeaveAndComeBack() {
    assertThat(vote("maybe\ny\nq\n")).isZero();
    assertThat(log.toString(StandardCharsets.UTF_8))
        .contains("Picture: q.jpg", "(1/2)", "(2/2)")
        .doesNotContain("closed-form", "km");
    assertThat(vote("y\n")).isZero();
    assertThat(log.toString(StandardCharsets.UTF_8)).contains("(1/1)", "that was all");
    assertThat(data.toString(StandardCharsets.UTF_8))
        .contains("closed-form              all          P@10 1.000 (2 votes)")
        .contains("km                       snow         P@10 1.000 (1 votes)");
  }

  @Test
  void aFolderWithoutAStudyIsToldOf() throws Exception {
    Files.delete(folder.resolve("study.json"));
    assertThat(vote("")).isEqualTo(Seesong.FAILED);
    assertThat(log.toString(StandardCharsets.UTF_8)).contains(folder + " holds no study");
  }
}
