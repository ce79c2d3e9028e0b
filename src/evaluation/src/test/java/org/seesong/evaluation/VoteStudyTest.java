package org.seesong.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seesong.evaluation.VoteStudy.Ballot;
import org.seesong.evaluation.VoteStudy.Precision;
import org.seesong.evaluation.VoteStudy.Song;

class VoteStudyTest {
  @TempDir private Path folder;

  private VoteStudy study() throws IOException {
    List<Song> songs = List.of(new Song("s", "Snow", "A", "la"), new Song("t", "Tea", "B", "lo"));
    Map<String, List<String>> systems = Map.of("two", List.of("s", "t"), "km", List.of("t"));
    VoteStudy.write(
        folder.resolve("study.json"),
        List.of(new VoteStudy.Case("q", "q.jpg", "snow", songs, systems)));
    return VoteStudy.open(folder);
  }

  @Test
  void aSongOfSeveralSystemsIsAskedOnceAndCountsForAll() throws IOException {
    VoteStudy study = study();
    List<Ballot> ballots = study.ballots("anna", 1);
    assertThat(ballots).hasSize(2);
    for (Ballot ballot : ballots) {
      study.cast("anna", ballot, ballot.song().id().equals("s"));
    }
    assertThat(study.precision().get("two"))
        .isEqualTo(Map.of("", new Precision(1, 2), "snow", new Precision(1, 2)));
    assertThat(study.precision().get("km").get("")).isEqualTo(new Precision(0, 1));
  }

  @Test
  void aStudyGoesOnWhereItWasLeftEvenAfterATornLine() throws IOException {
    VoteStudy study = study();
    Ballot first = study.ballots("anna", 1).get(0);
    study.cast("anna", first, true);
    Files.writeString(folder.resolve("votes.jsonl"), "{\"voter\": \"an", StandardOpenOption.APPEND);
    assertThat(VoteStudy.open(folder).ballots("anna", 1)).hasSize(1).doesNotContain(first);
    assertThat(VoteStudy.open(folder).ballots("ben", 1)).hasSize(2);
    Ballot second = VoteStudy.open(folder).ballots("anna", 1).get(0);
    VoteStudy.open(folder).cast("anna", second, true);
    assertThat(VoteStudy.open(folder).ballots("anna", 1)).isEmpty();
  }

  @Test
  void whereThereIsNoStudyOneIsToldHowToMakeIt() {
    assertThatThrownBy(() -> VoteStudy.open(folder))
        .hasMessage(
            folder + " holds no study; make one with 'seesong evaluate ... --out " + folder + "'");
  }
}
