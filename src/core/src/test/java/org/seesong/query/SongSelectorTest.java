package org.seesong.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.seesong.query.SongSelector.Candidate;
import org.seesong.query.SongSelector.Pick;
import org.seesong.vector.FloatVector;

class SongSelectorTest {
  private static final int ROUNDS = 500;

  private static List<Candidate> songs(String... ids) {
    List<Candidate> candidates = new ArrayList<>();
    for (String id : ids) {
      candidates.add(new Candidate(id, candidates.size()));
    }
    return candidates;
  }

  private static List<String> ids(List<Pick> picks) {
    return picks.stream().map(pick -> pick.song().songId()).toList();
  }

  private static List<List<Candidate>> randomLists(SplittableRandom random) {
    List<List<Candidate>> lists = new ArrayList<>();
    for (int i = random.nextInt(6); i >= 0; i--) {
      List<Candidate> list = new ArrayList<>();
      for (int song = 0; song < 15; song++) {
        if (random.nextInt(3) > 0) {
          list.add(new Candidate("s" + song, random.nextInt(5)));
        }
      }
      lists.add(list);
    }
    return lists;
  }

  @Test
  void songsAreDistinctAndAsManyAsPromisedWhereverThereAreSoMany() {
    SplittableRandom random = new SplittableRandom(1);
    for (int round = 0; round < ROUNDS; round++) {
      List<List<Candidate>> lists = randomLists(random);
      int songs = 1 + random.nextInt(20);
      List<Pick> answer = new SongSelector(songs).merge(lists);
      Set<String> all =
          lists.stream().flatMap(List::stream).map(Candidate::songId).collect(Collectors.toSet());
      assertThat(ids(answer)).doesNotHaveDuplicates().hasSize(Math.min(songs, all.size()));
    }
  }

  @Test
  void noQueryListsMoreSongsThanMemoryHas() throws IOException {
    FloatVector place = new FloatVector(new float[] {1, 2});
    Candidate one = new Candidate("s", 1, "a", place);
    List<SelectionOptions> sharings =
        List.of(
            SelectionOptions.PAPER,
            SelectionOptions.DEFAULT,
            SelectionOptions.PAPER.withDiversity(0.5),
            SelectionOptions.PAPER.withMaxPerArtist(1),
            SelectionOptions.DEFAULT.withLead(10).withMaxPerArtist(1));
    for (SelectionOptions sharing : sharings) {
      boolean choosy = sharing.diversity() > 0 || sharing.maxPerArtist() > 0;
      for (int pictures : new int[] {1, 7, 20, 150, 999, 1000}) {
        int songs =
            Math.min(
                sharing.diversity() > 0 ? 1000 : 10_000, (choosy ? 20_000 : 200_000) / pictures);
        // Refuses numbers that a caller could not give.
        new TwoHopOptions(
            pictures, songs, List.of(), List.of(), Set.of(), sharing, SearchMode.AUTO, 150);
        for (int asked : new int[] {songs, Math.min(songs, 10)}) {
          // One song in all lists leaves every answer short, so that the longest are asked for.
          new SongSelector(asked, sharing)
              .answer(
                  new SongSelector.Agreement(place, "p"),
                  pictures,
                  depth -> {
                    assertThat((long) depth * pictures)
                        .as("%s pictures, %s songs, %s", pictures, asked, sharing)
                        .isLessThanOrEqualTo(200_000);
                    List<Candidate> list = Collections.nCopies(depth, one);
                    return new SongSelector.Lists(list, Collections.nCopies(pictures, list));
                  });
        }
      }
    }
  }

  @Test
  void theOrderInWhichCandidatesComeDoesNotMatter() {
    SplittableRandom random = new SplittableRandom(2);
    for (int round = 0; round < ROUNDS; round++) {
      List<List<Candidate>> lists = randomLists(random);
      SongSelector merger = new SongSelector(10);
      List<Pick> answer = merger.merge(lists);
      lists.forEach(list -> Collections.shuffle(list, new java.util.Random(3)));
      assertThat(merger.merge(lists)).isEqualTo(answer);
    }
  }

  @Test
  void aSongComesFromTheFirstPictureThatCouldBringItInItsTurn() {
    SplittableRandom random = new SplittableRandom(4);
    for (int round = 0; round < ROUNDS; round++) {
      List<List<Candidate>> lists = randomLists(random);
      List<Pick> answer = new SongSelector(10).merge(lists);
      for (Pick pick : answer) {
        assertThat(lists.get(pick.picture())).contains(pick.song());
      }
      for (int picture = 0; picture < lists.size(); picture++) {
        int number = picture;
        assertThat(
                answer.stream()
                    .filter(pick -> pick.picture() == number)
                    .map(pick -> pick.song().distance()))
            .isSorted();
      }
    }
  }

  @Test
  void listsAsLongAsTheAnswerAreLongEnough() {
    SplittableRandom random = new SplittableRandom(5);
    for (int round = 0; round < ROUNDS; round++) {
      List<List<Candidate>> lists = randomLists(random);
      int songs = 1 + random.nextInt(8);
      SongSelector merger = new SongSelector(songs);
      List<List<Candidate>> cut =
          lists.stream()
              .map(
                  list ->
                      list.stream()
                          .sorted(
                              java.util.Comparator.comparingDouble(Candidate::distance)
                                  .thenComparing(Candidate::songId))
                          .limit(songs)
                          .toList())
              .toList();
      assertThat(merger.merge(cut)).isEqualTo(merger.merge(lists));
    }
  }

  @Test
  void thePapersNumbersGiveTwoSongsOfEachOfFivePictures() {
    List<Pick> answer =
        new SongSelector(10)
            .merge(
                List.of(
                    songs("a", "b", "c"),
                    songs("a", "d", "e"),
                    songs("f", "g", "h"),
                    songs("i", "j"),
                    songs("k", "l")));
    assertThat(ids(answer)).containsExactly("a", "d", "f", "i", "k", "b", "e", "g", "j", "l");
    assertThat(answer.stream().map(Pick::picture)).containsExactly(0, 1, 2, 3, 4, 0, 1, 2, 3, 4);
  }

  @Test
  void furtherRoundsFillWhatOthersLeave() {
    SongSelector merger = new SongSelector(6);
    assertThat(
            ids(
                merger.merge(
                    List.of(songs("a", "b", "c", "d"), List.of(), songs("a", "b", "c", "x")))))
        .containsExactly("a", "b", "c", "x", "d");
    assertThat(merger.merge(List.of())).isEmpty();
  }

  @Test
  void numbersBelowOneAreRefused() {
    assertThatThrownBy(() -> new SongSelector(0))
        .isInstanceOf(QueryException.class)
        .hasMessage("songs must be at least 1; got: 0");
    assertThatThrownBy(() -> new Candidate("s1", Double.NaN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("distance of song 's1' must not be NaN");
  }

  @Test
  void versionsOfASongTakeOnePlaceWhereverTheyComeFrom() {
    List<Candidate> first = new ArrayList<>();
    List<Candidate> second = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      first.add(new Candidate("a" + i, i, "", FloatVector.empty(), 1 + i / 5));
      second.add(new Candidate("b" + i, i, "", FloatVector.empty(), 1 + i / 8));
    }
    first.add(new Candidate("unknown", 50, "", FloatVector.empty(), 0));
    second.add(new Candidate("unknown too", 50));
    List<Pick> picks = new SongSelector(20).merge(List.of(first, second));
    assertThat(picks)
        .extracting(pick -> pick.song().songId())
        .containsExactly(
            "a0", "b8", "a10", "a15", "a20", "a25", "a30", "a35", "unknown", "unknown too");
  }
}
