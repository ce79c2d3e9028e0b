package org.seesong.select;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.seesong.index.IndexLayout;
import org.seesong.select.SongSelector.Candidate;
import org.seesong.select.SongSelector.Pick;
import org.seesong.vector.FloatVector;

class SelectionTest {
  private static final int ROUNDS = 300;

  private record World(List<List<Candidate>> lists, Map<String, Candidate> songs) {}

  /** Some places and the songs around them, each song with an artist and a vector. */
  private static World world(SplittableRandom random) {
    Map<String, FloatVector> vectors = new HashMap<>();
    for (int i = 0; i < 30; i++) {
      vectors.put("s" + i, unit(random));
    }
    List<List<Candidate>> lists = new ArrayList<>();
    Map<String, Candidate> songs = new HashMap<>();
    for (int place = 0; place < 1 + random.nextInt(4); place++) {
      FloatVector from = unit(random);
      List<Candidate> list = new ArrayList<>();
      vectors.forEach(
          (id, vector) -> {
            int number = Integer.parseInt(id.substring(1));
            String artist = number % 7 == 0 ? "" : "a" + number % 7;
            list.add(new Candidate(id, distance(from.values(), vector), artist, vector, 0));
          });
      list.forEach(song -> songs.put(song.songId(), song));
      lists.add(list);
    }
    return new World(lists, songs);
  }

  private static double distance(float[] from, FloatVector to) {
    return Math.sqrt(to.squaredDistance(from));
  }

  private static FloatVector unit(SplittableRandom random) {
    float[] values = new float[4];
    double norm = 0;
    for (int i = 0; i < 4; i++) {
      values[i] = (float) random.nextDouble(-1, 1);
      norm += values[i] * values[i];
    }
    for (int i = 0; i < 4; i++) {
      values[i] /= (float) Math.sqrt(norm);
    }
    return new FloatVector(values);
  }

  private static List<String> ids(List<Pick> picks) {
    return picks.stream().map(pick -> pick.song().songId()).toList();
  }

  private static List<Candidate> sorted(List<Candidate> list) {
    return list.stream()
        .sorted(Comparator.comparingDouble(Candidate::distance).thenComparing(Candidate::songId))
        .toList();
  }

  @Test
  void presetsAreDocumented() {
    assertThat(SelectionOptions.PAPER).isEqualTo(new SelectionOptions(0, 0, 0));
    assertThat(SelectionOptions.DEFAULT).isEqualTo(new SelectionOptions(0.15, 1, 0));
    assertThatThrownBy(() -> new SelectionOptions(1.5, 0, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("coverage must be 0 to 1; got: 1.5");
    assertThatThrownBy(() -> new SelectionOptions(0, Double.NaN, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("variety must be 0 to 1; got: NaN");
  }

  @Test
  void aDocumentsIdAndTheOwnersAreOrderedAlike() {
    FloatVector same = new FloatVector(new float[] {0.6f, 0.8f});
    Centroid centroid = new Centroid(same, "p");
    List<Candidate> owners = new ArrayList<>();
    List<Candidate> documents = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      owners.add(new Candidate("s" + i, 0.5, "", same, 0));
      documents.add(
          new Candidate(IndexLayout.documentId(IndexLayout.SONG, "s" + i), 0.5, "", same, 0));
    }
    SongSelector selector = new SongSelector(10, SelectionOptions.DEFAULT);
    assertThat(ids(selector.select(centroid, List.of(documents))))
        .isEqualTo(
            ids(selector.select(centroid, List.of(owners))).stream()
                .map(id -> IndexLayout.documentId(IndexLayout.SONG, id))
                .toList());
  }

  @Test
  void noArtistGetsMoreThanItsShareAndPlacesStayFreeOnlyWhereNobodyMayFillThem() {
    SplittableRandom random = new SplittableRandom(2);
    for (int round = 0; round < ROUNDS; round++) {
      World world = world(random);
      int most = 1 + random.nextInt(3);
      int songs = 1 + random.nextInt(30);
      List<Pick> picks =
          new SongSelector(songs, new SelectionOptions(0, 0, most))
              .select(Centroid.NONE, world.lists());
      Map<String, Long> byArtist =
          picks.stream()
              .collect(Collectors.groupingBy(pick -> pick.song().artist(), Collectors.counting()));
      long unknown = byArtist.getOrDefault("", 0L);
      byArtist.remove("");
      assertThat(byArtist.values()).allMatch(count -> count <= most);
      assertThat(picks).hasSize(Math.min(songs, 5 + 6 * Math.min(most, 4) - missing(most)));
      assertThat(unknown).isLessThanOrEqualTo(5);
    }
  }

  /** Of 30 songs numbered from 0, artists a3 to a6 have four and the others five. */
  private static int missing(int most) {
    return most > 3 ? 6 : 0;
  }

  @Test
  void eachStepTakesTheNearestToWhatIsNotCoveredYet() {
    SplittableRandom random = new SplittableRandom(7);
    for (int round = 0; round < ROUNDS; round++) {
      World world = world(random);
      double coverage = random.nextDouble(0.01, 1);
      int songs = 1 + random.nextInt(12);
      float[] centroid = unit(random).values();
      List<Pick> picks =
          new SongSelector(songs, new SelectionOptions(coverage, 0, 0))
              .select(new Centroid(new FloatVector(centroid), "p" + round), world.lists());
      assertThat(picks).hasSize(songs);
      assertThat(ids(picks)).doesNotHaveDuplicates();
      List<Candidate> all = world.lists().stream().flatMap(List::stream).toList();
      double[] point = new double[centroid.length];
      for (int i = 0; i < point.length; i++) {
        point[i] = centroid[i];
      }
      Set<String> taken = new HashSet<>();
      for (Pick pick : picks) {
        double[] aim = point.clone();
        double best =
            all.stream()
                .filter(song -> !taken.contains(song.songId()))
                .mapToDouble(song -> cosine(song, aim))
                .max()
                .orElseThrow();
        assertThat(pick.isFromCentroid()).isTrue();
        assertThat(cosine(pick.song(), aim)).isCloseTo(best, within(1e-5));
        assertThat(pick.song().distance()).isEqualTo(distance(centroid, pick.song().embedding()));
        taken.add(pick.song().songId());
        for (int i = 0; i < point.length; i++) {
          point[i] += coverage * (centroid[i] - pick.song().embedding().values()[i]);
        }
      }
    }
  }

  private static double cosine(Candidate song, double[] aim) {
    double dot = 0;
    double square = 0;
    for (int i = 0; i < aim.length; i++) {
      dot += aim[i] * song.embedding().values()[i];
      square += aim[i] * aim[i];
    }
    return dot / Math.sqrt(square);
  }

  @Test
  void coverageIsInProportionToTheCentroid() {
    FloatVector snow = new FloatVector(new float[] {1, 0});
    FloatVector dog = new FloatVector(new float[] {0, 1});
    List<Candidate> list = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      list.add(new Candidate("snow" + i, 0.5, "", snow, 0));
      list.add(new Candidate("dog" + i, 0.9, "", dog, 0));
    }
    Centroid centroid = new Centroid(new FloatVector(new float[] {0.8f, 0.6f}), "p");
    List<String> picks =
        ids(new SongSelector(50, new SelectionOptions(1, 0, 0)).select(centroid, List.of(list)));
    // Herding's mean is the centroid: 4 to 3.
    assertThat(picks.stream().filter(id -> id.startsWith("snow")).count()).isBetween(27L, 30L);
    assertThat(picks.get(0)).startsWith("snow");
    assertThat(picks.get(1)).startsWith("dog");
  }

  /** Songs at growing distances from a centroid, each a little farther than the one before. */
  private static List<Candidate> graded(FloatVector centroid, int songs) {
    List<Candidate> list = new ArrayList<>();
    for (int i = 0; i < songs; i++) {
      double angle = 0.2 + 0.01 * i;
      FloatVector vector =
          new FloatVector(new float[] {(float) Math.cos(angle), (float) Math.sin(angle)});
      list.add(new Candidate("s" + i, distance(centroid.values(), vector), "", vector, 0));
    }
    return list;
  }

  @Test
  void withVarietyNearlyEqualSongsTakeTurnsAndFarOnesGetNone() {
    FloatVector center = new FloatVector(new float[] {1, 0});
    List<Candidate> list = graded(center, 50);
    Map<Double, Set<String>> given = new HashMap<>();
    for (double variety : new double[] {0, 0.2, 0.5}) {
      SongSelector selector = new SongSelector(5, new SelectionOptions(0.01, variety, 0));
      Set<String> all = given.computeIfAbsent(variety, v -> new HashSet<>());
      for (int picture = 0; picture < 200; picture++) {
        Centroid centroid = new Centroid(center, "p" + picture);
        List<String> answer = ids(selector.select(centroid, List.of(list)));
        Collections.reverse(list);
        assertThat(ids(selector.select(centroid, List.of(list)))).isEqualTo(answer);
        all.addAll(answer);
      }
    }
    assertThat(given.get(0.0)).containsExactlyInAnyOrder("s0", "s1", "s2", "s3", "s4");
    assertThat(given.get(0.2)).hasSizeBetween(8, 15);
    assertThat(given.get(0.5)).hasSizeBetween(16, 30).containsAll(given.get(0.2));
    assertThat(given.get(0.5)).allMatch(id -> Integer.parseInt(id.substring(1)) < 30);
  }

  @Test
  void whereFewSongsAreNearOthersStayBehindThem() {
    FloatVector center = new FloatVector(new float[] {1, 0});
    List<Candidate> list = new ArrayList<>(graded(center, 4));
    FloatVector other = new FloatVector(new float[] {0, 1});
    for (int i = 0; i < 50; i++) {
      list.add(new Candidate("other" + i, distance(center.values(), other), "", other, 0));
    }
    SongSelector selector = new SongSelector(10, new SelectionOptions(0.01, 1, 0));
    for (int picture = 0; picture < 200; picture++) {
      List<String> answer =
          ids(selector.select(new Centroid(center, "p" + picture), List.of(list)));
      assertThat(answer.subList(0, 4)).containsExactlyInAnyOrder("s0", "s1", "s2", "s3");
    }
  }

  @Test
  void varietyPrefersWhatIsNearer() {
    FloatVector center = new FloatVector(new float[] {1, 0});
    List<Candidate> list = graded(center, 50);
    SongSelector selector = new SongSelector(5, new SelectionOptions(0.01, 0.4, 0));
    int[] times = new int[50];
    for (int picture = 0; picture < 500; picture++) {
      ids(selector.select(new Centroid(center, "p" + picture), List.of(list)))
          .forEach(id -> times[Integer.parseInt(id.substring(1))]++);
    }
    assertThat(times[0]).isGreaterThan(times[6]);
    assertThat(times[6]).isGreaterThan(times[14]);
    assertThat(times[14]).isPositive();
  }

  @Test
  void undeservingSongsGetNoPlaceAndListsAreNotMadeLongerForThem() throws IOException {
    FloatVector center = new FloatVector(new float[] {1, 0});
    for (SelectionOptions options : List.of(SelectionOptions.PAPER, SelectionOptions.DEFAULT)) {
      for (int deserving : new int[] {0, 1, 7, 50}) {
        List<Integer> depths = new ArrayList<>();
        Map<String, Integer> tests = new HashMap<>();
        SongSelector selector =
            new SongSelector(
                10,
                options,
                song -> {
                  tests.merge(song.songId(), 1, Integer::sum);
                  return Integer.parseInt(song.songId().substring(1)) < deserving;
                });
        List<String> picks =
            ids(
                selector.select(
                    new Centroid(center, "p"),
                    1,
                    depth -> {
                      depths.add(depth);
                      return List.of(graded(center, Math.min(depth, 500)));
                    }));
        assertThat(picks).hasSize(Math.min(10, deserving)).doesNotHaveDuplicates();
        assertThat(picks).allMatch(id -> Integer.parseInt(id.substring(1)) < deserving);
        assertThat(depths).hasSize(1);
        assertThat(tests.values()).allMatch(times -> times == 1);
      }
    }
  }

  @Test
  void equallyGoodSongsTakeTurnsFromPictureToPicture() {
    FloatVector same = new FloatVector(new float[] {0.6f, 0.8f});
    List<Candidate> equals = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      equals.add(new Candidate("s" + i, 0.5, "", same, 0));
    }
    SongSelector selector = new SongSelector(10, SelectionOptions.DEFAULT);
    Set<String> given = new HashSet<>();
    for (int picture = 0; picture < 20; picture++) {
      Centroid centroid = new Centroid(same, "p" + picture);
      List<String> answer = ids(selector.select(centroid, List.of(equals)));
      Collections.reverse(equals);
      assertThat(ids(selector.select(centroid, List.of(equals)))).isEqualTo(answer);
      given.addAll(answer);
    }
    assertThat(given).hasSizeGreaterThan(35);
  }

  @Test
  void songsBeyondTheFirstHundredComeInTurns() {
    SplittableRandom random = new SplittableRandom(8);
    List<Candidate> list = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      list.add(new Candidate("s" + i, random.nextDouble(), "", unit(random), 0));
    }
    SongSelector selector = new SongSelector(150, SelectionOptions.DEFAULT);
    List<Pick> picks = selector.select(new Centroid(unit(random), "p"), List.of(sorted(list)));
    assertThat(picks).hasSize(150);
    assertThat(ids(picks)).doesNotHaveDuplicates();
    assertThat(picks.subList(0, 100)).allMatch(pick -> pick.isFromCentroid());
    assertThat(picks.subList(100, 150)).allMatch(pick -> pick.picture() == 0);
    assertThat(selector.depth()).isEqualTo(400);
    assertThat(new SongSelector(10, SelectionOptions.DEFAULT).depth()).isEqualTo(50);
  }

  @Test
  void withoutACentroidPicturesTakeTurns() {
    World world = world(new SplittableRandom(9));
    FloatVector nowhere =
        new FloatVector(new float[world.lists().get(0).get(0).embedding().dimension()]);
    List<Pick> turns =
        new SongSelector(10, SelectionOptions.PAPER).select(Centroid.NONE, world.lists());
    SongSelector selector = new SongSelector(10, SelectionOptions.DEFAULT);
    assertThat(selector.select(Centroid.NONE, world.lists())).isEqualTo(turns);
    assertThat(selector.select(new Centroid(nowhere, "p"), world.lists())).isEqualTo(turns);
    assertThatThrownBy(
            () ->
                selector.select(
                    new Centroid(new FloatVector(new float[] {1}), "p"),
                    List.of(List.of(new Candidate("s1", 1, "", FloatVector.empty(), 0)))))
        .hasMessage("coverage needs 1 numbers of song 's1'; got: 0");
  }

  @Test
  void listsLongerThanTheDepthNeverChangeAnAnswerThatIsFull() {
    SplittableRandom random = new SplittableRandom(4);
    for (int round = 0; round < 100; round++) {
      List<Candidate> list = new ArrayList<>();
      for (int i = 0; i < 400; i++) {
        list.add(new Candidate("s" + i, random.nextDouble(), "a" + i % 50, unit(random), 0));
      }
      SongSelector selector = new SongSelector(10, new SelectionOptions(0, 0, 1));
      assertThat(selector.depth()).isEqualTo(50);
      List<Pick> full = selector.select(Centroid.NONE, List.of(list));
      assertThat(selector.select(Centroid.NONE, List.of(sorted(list).subList(0, 50))))
          .isEqualTo(full);
    }
    assertThat(new SongSelector(10, SelectionOptions.PAPER).depth()).isEqualTo(10);
    assertThat(new SongSelector(20, new SelectionOptions(0, 0, 1)).depth()).isEqualTo(80);
  }

  @Test
  void aCentroidOfEquallyNearPicturesIsTheirMeanAndLeansTowardsTheNearest() {
    assertThat(centroid(2, 2)).containsExactly(0.5f, 0.5f);
    assertThat(centroid(0, 0)).containsExactly(0.5f, 0.5f);
    float[] leaning = centroid(1, 3);
    double near = Math.exp(-0.25);
    double far = Math.exp(-2.25);
    assertThat((double) leaning[0]).isCloseTo(near / (near + far), within(1e-6));
    assertThat((double) leaning[1]).isCloseTo(far / (near + far), within(1e-6));
    assertThat(Centroid.of(List.of())).isEqualTo(Centroid.NONE);
  }

  private static float[] centroid(double one, double other) {
    return Centroid.of(
            List.of(
                new Centroid.Member("p1", new FloatVector(new float[] {1, 0}), one),
                new Centroid.Member("p2", new FloatVector(new float[] {0, 1}), other)))
        .vector()
        .values();
  }
}
