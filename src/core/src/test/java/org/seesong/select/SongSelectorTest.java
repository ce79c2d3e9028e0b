package org.seesong.select;

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
import org.seesong.select.SongSelector.Candidate;
import org.seesong.select.SongSelector.Pick;
import org.seesong.vector.FloatVector;

class SongSelectorTest {
  private static final int ROUNDS = 500;

  private static SongSelector selector(int songs) {
    return new SongSelector(songs, SelectionOptions.PAPER);
  }

  private static Candidate candidate(String id, double distance) {
    return new Candidate(id, distance, "", FloatVector.empty(), 0);
  }

  private static List<Candidate> songs(String... ids) {
    List<Candidate> candidates = new ArrayList<>();
    for (String id : ids) {
      candidates.add(candidate(id, candidates.size()));
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
          list.add(candidate("s" + song, random.nextInt(5)));
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
      List<Pick> answer = selector(songs).select(Centroid.NONE, lists);
      Set<String> all =
          lists.stream().flatMap(List::stream).map(Candidate::songId).collect(Collectors.toSet());
      assertThat(ids(answer)).doesNotHaveDuplicates().hasSize(Math.min(songs, all.size()));
    }
  }

  @Test
  void noQueryListsMoreSongsThanMemoryHas() throws IOException {
    FloatVector embedding = new FloatVector(new float[] {1, 2});
    Candidate one = new Candidate("s", 1, "a", embedding, 0);
    for (SelectionOptions options :
        List.of(
            SelectionOptions.PAPER,
            SelectionOptions.DEFAULT,
            new SelectionOptions(0, 0, 1),
            new SelectionOptions(0.15, 0, 1))) {
      for (int pictures : new int[] {1, 7, 20, 150, 999, 1000}) {
        int songs = Math.min(10_000, 200_000 / pictures);
        for (int asked : new int[] {songs, Math.min(songs, 10)}) {
          // One song in all lists leaves every answer short, so that the longest are asked for.
          new SongSelector(asked, options)
              .select(
                  new Centroid(embedding, "p"),
                  pictures,
                  depth -> {
                    assertThat((long) depth * pictures)
                        .as("%s pictures, %s songs, %s", pictures, asked, options)
                        .isLessThanOrEqualTo(200_000);
                    return Collections.nCopies(pictures, Collections.nCopies(depth, one));
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
      SongSelector merger = selector(10);
      List<Pick> answer = merger.select(Centroid.NONE, lists);
      lists.forEach(list -> Collections.shuffle(list, new java.util.Random(3)));
      assertThat(merger.select(Centroid.NONE, lists)).isEqualTo(answer);
    }
  }

  @Test
  void aSongComesFromTheFirstPictureThatCouldBringItInItsTurn() {
    SplittableRandom random = new SplittableRandom(4);
    for (int round = 0; round < ROUNDS; round++) {
      List<List<Candidate>> lists = randomLists(random);
      List<Pick> answer = selector(10).select(Centroid.NONE, lists);
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
      SongSelector merger = selector(songs);
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
      assertThat(merger.select(Centroid.NONE, cut)).isEqualTo(merger.select(Centroid.NONE, lists));
    }
  }

  @Test
  void thePapersNumbersGiveTwoSongsOfEachOfFivePictures() {
    List<Pick> answer =
        selector(10)
            .select(
                Centroid.NONE,
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
    SongSelector merger = selector(6);
    assertThat(
            ids(
                merger.select(
                    Centroid.NONE,
                    List.of(songs("a", "b", "c", "d"), List.of(), songs("a", "b", "c", "x")))))
        .containsExactly("a", "b", "c", "x", "d");
    assertThat(merger.select(Centroid.NONE, List.of())).isEmpty();
  }

  @Test
  void numbersBelowOneAreRefused() {
    assertThatThrownBy(() -> selector(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("songs must be at least 1; got: 0");
    assertThatThrownBy(() -> candidate("s1", Double.NaN))
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
    second.add(candidate("unknown too", 50));
    List<Pick> picks = selector(20).select(Centroid.NONE, List.of(first, second));
    assertThat(picks)
        .extracting(pick -> pick.song().songId())
        .containsExactly(
            "a0", "b8", "a10", "a15", "a20", "a25", "a30", "a35", "unknown", "unknown too");
  }
}
