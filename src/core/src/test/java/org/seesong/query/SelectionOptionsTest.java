package org.seesong.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

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
import org.seesong.query.SongSelector.Agreement;
import org.seesong.query.SongSelector.Candidate;
import org.seesong.query.SongSelector.Pick;
import org.seesong.vector.FloatVector;

class SelectionOptionsTest {
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
            list.add(
                new Candidate(
                    id, BruteForce.distance(from.values(), vector.values()), artist, vector));
          });
      list.forEach(song -> songs.put(song.songId(), song));
      lists.add(list);
    }
    return new World(lists, songs);
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
  void presetsAreDocumentedAndEachPartChangesAlone() {
    assertThat(SelectionOptions.PAPER).isEqualTo(new SelectionOptions(0, 0, 0, 0));
    assertThat(SelectionOptions.DEFAULT).isEqualTo(new SelectionOptions(0, 0.15, 0, 0));
    assertThat(
            SelectionOptions.PAPER
                .withLead(2)
                .withBalance(0.5)
                .withDiversity(0.25)
                .withMaxPerArtist(1))
        .isEqualTo(new SelectionOptions(2, 0.5, 0.25, 1));
  }

  @Test
  void theConsensusTakesTheFirstPlacesAndTheRestIsSharedAsEver() {
    SplittableRandom random = new SplittableRandom(1);
    for (int round = 0; round < ROUNDS; round++) {
      World world = world(random);
      List<Candidate> consensus = world(random).lists().get(0);
      int lead = random.nextInt(6);
      int songs = 1 + random.nextInt(12);
      List<Pick> picks =
          new SongSelector(songs, SelectionOptions.PAPER.withLead(lead))
              .merge(Agreement.NONE, consensus, world.lists());
      int first = Math.min(lead, songs);
      assertThat(picks).hasSize(songs);
      assertThat(picks.subList(0, first))
          .isEqualTo(
              sorted(consensus).subList(0, first).stream()
                  .map(song -> new Pick(Pick.CONSENSUS, song))
                  .toList());
      if (songs > first) {
        Set<String> taken = new HashSet<>(ids(picks.subList(0, first)));
        List<List<Candidate>> rest =
            world.lists().stream()
                .map(list -> list.stream().filter(s -> !taken.contains(s.songId())).toList())
                .toList();
        assertThat(picks.subList(first, songs))
            .isEqualTo(new SongSelector(songs - first).merge(rest));
      }
    }
  }

  @Test
  void noArtistGetsMoreThanItsShareAndPlacesStayFreeOnlyWhereNobodyMayFillThem() {
    SplittableRandom random = new SplittableRandom(2);
    for (int round = 0; round < ROUNDS; round++) {
      World world = world(random);
      int most = 1 + random.nextInt(3);
      int songs = 1 + random.nextInt(30);
      List<Pick> picks =
          new SongSelector(songs, SelectionOptions.PAPER.withMaxPerArtist(most))
              .merge(world.lists());
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
  void balanceGivesEachPlaceToWhatTheAnswerSoFarLeavesOfTheAgreement() {
    SplittableRandom random = new SplittableRandom(7);
    for (int round = 0; round < ROUNDS; round++) {
      World world = world(random);
      double balance = random.nextDouble(0.01, 1);
      int songs = 1 + random.nextInt(12);
      int lead = random.nextInt(3);
      float[] agreed = unit(random).values();
      List<Candidate> consensus = sorted(world.lists().get(0));
      List<Pick> picks =
          new SongSelector(songs, SelectionOptions.PAPER.withLead(lead).withBalance(balance))
              .merge(new Agreement(new FloatVector(agreed), "p" + round), consensus, world.lists());
      assertThat(picks).hasSize(songs);
      assertThat(ids(picks)).doesNotHaveDuplicates();
      List<Candidate> all = world.lists().stream().flatMap(List::stream).toList();
      double[] point = new double[agreed.length];
      for (int i = 0; i < point.length; i++) {
        point[i] = agreed[i];
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
        assertThat(pick.picture()).isEqualTo(Pick.CONSENSUS);
        if (taken.size() >= lead) {
          assertThat(cosine(pick.song(), aim)).isCloseTo(best, within(1e-5));
          assertThat(pick.song().distance())
              .isEqualTo(BruteForce.distance(agreed, pick.song().networkVector().values()));
        }
        taken.add(pick.song().songId());
        for (int i = 0; i < point.length; i++) {
          point[i] += balance * (agreed[i] - pick.song().networkVector().values()[i]);
        }
      }
    }
  }

  private static double cosine(Candidate song, double[] aim) {
    double dot = 0;
    double square = 0;
    for (int i = 0; i < aim.length; i++) {
      dot += aim[i] * song.networkVector().values()[i];
      square += aim[i] * aim[i];
    }
    return dot / Math.sqrt(square);
  }

  @Test
  void balanceSaysAllThatThePicturesAgreeOn() {
    FloatVector snow = new FloatVector(new float[] {1, 0});
    FloatVector dog = new FloatVector(new float[] {0, 1});
    List<Candidate> list = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      list.add(new Candidate("snow" + i, 0.5, "", snow));
      list.add(new Candidate("dog" + i, 0.9, "", dog));
    }
    Agreement agreement = new Agreement(new FloatVector(new float[] {0.8f, 0.6f}), "p");
    List<String> picks =
        ids(
            new SongSelector(50, SelectionOptions.PAPER.withBalance(1))
                .merge(agreement, List.of(), List.of(list)));
    // Herding's mean is the agreement: 4 to 3.
    assertThat(picks.stream().filter(id -> id.startsWith("snow")).count()).isBetween(27L, 30L);
    assertThat(picks.get(0)).startsWith("snow");
    assertThat(picks.get(1)).startsWith("dog");
  }

  @Test
  void equallyGoodSongsTakeTurnsFromPictureToPicture() {
    FloatVector same = new FloatVector(new float[] {0.6f, 0.8f});
    List<Candidate> equals = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      equals.add(new Candidate("s" + i, 0.5, "", same));
    }
    SongSelector merger = new SongSelector(10, SelectionOptions.DEFAULT);
    Set<String> given = new HashSet<>();
    for (int picture = 0; picture < 20; picture++) {
      Agreement agreement = new Agreement(same, "p" + picture);
      List<String> answer = ids(merger.merge(agreement, List.of(), List.of(equals)));
      Collections.reverse(equals);
      assertThat(ids(merger.merge(agreement, List.of(), List.of(equals)))).isEqualTo(answer);
      given.addAll(answer);
    }
    assertThat(given).hasSizeGreaterThan(35);
  }

  @Test
  void placesBeyondTheBalancedAreFilledInTurns() {
    SplittableRandom random = new SplittableRandom(8);
    List<Candidate> list = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      list.add(new Candidate("s" + i, random.nextDouble(), "", unit(random)));
    }
    SongSelector merger = new SongSelector(150, SelectionOptions.DEFAULT);
    List<Pick> picks =
        merger.merge(new Agreement(unit(random), "p"), List.of(), List.of(sorted(list)));
    assertThat(picks).hasSize(150);
    assertThat(ids(picks)).doesNotHaveDuplicates();
    assertThat(picks.subList(0, 100)).allMatch(pick -> pick.picture() == Pick.CONSENSUS);
    assertThat(picks.subList(100, 150)).allMatch(pick -> pick.picture() == 0);
    assertThat(merger.depth()).isEqualTo(400);
    assertThat(new SongSelector(10, SelectionOptions.DEFAULT).depth()).isEqualTo(50);
  }

  @Test
  void withoutAnAgreementNothingIsBalanced() {
    World world = world(new SplittableRandom(9));
    FloatVector nowhere =
        new FloatVector(new float[world.lists().get(0).get(0).networkVector().dimension()]);
    List<Pick> turns = new SongSelector(10).merge(world.lists());
    SongSelector merger = new SongSelector(10, SelectionOptions.DEFAULT);
    assertThat(merger.merge(world.lists())).isEqualTo(turns);
    assertThat(merger.merge(new Agreement(nowhere, "p"), List.of(), world.lists()))
        .isEqualTo(turns);
    assertThatThrownBy(
            () ->
                merger.merge(
                    new Agreement(new FloatVector(new float[] {1}), "p"),
                    List.of(),
                    List.of(List.of(new Candidate("s1", 1)))))
        .hasMessage("balance needs 1 numbers of song 's1'; got: 0");
  }

  @Test
  void diversityIsMaximalMarginalRelevance() {
    SplittableRandom random = new SplittableRandom(3);
    for (int round = 0; round < ROUNDS; round++) {
      World world = world(random);
      double lambda = random.nextDouble(0.05, 1);
      int songs = 1 + random.nextInt(12);
      List<Pick> picks =
          new SongSelector(songs, SelectionOptions.PAPER.withDiversity(lambda))
              .merge(world.lists());
      List<Candidate> before = new ArrayList<>();
      for (Pick pick : picks) {
        double best =
            world.lists().get(pick.picture()).stream()
                .filter(song -> before.stream().noneMatch(b -> b.songId().equals(song.songId())))
                .mapToDouble(song -> relevance(song, before, lambda))
                .max()
                .orElseThrow();
        assertThat(relevance(pick.song(), before, lambda)).isCloseTo(best, within(1e-5));
        before.add(pick.song());
      }
    }
  }

  /** As Carbonell and Goldstein write it, with cosines; for unit vectors. */
  private static double relevance(Candidate song, List<Candidate> before, double lambda) {
    double nearest = 1 - song.distance() * song.distance() / 2;
    if (before.isEmpty()) {
      return nearest;
    }
    double seen =
        before.stream()
            .mapToDouble(
                b -> BruteForce.distance(b.networkVector().values(), song.networkVector().values()))
            .map(distance -> 1 - distance * distance / 2)
            .max()
            .orElseThrow();
    return (1 - lambda) * nearest - lambda * seen;
  }

  @Test
  void listsLongerThanTheDepthNeverChangeAnAnswerThatIsFull() {
    SplittableRandom random = new SplittableRandom(4);
    for (int round = 0; round < 100; round++) {
      List<Candidate> list = new ArrayList<>();
      for (int i = 0; i < 400; i++) {
        list.add(new Candidate("s" + i, random.nextDouble(), "a" + i % 50, unit(random)));
      }
      SongSelector merger =
          new SongSelector(10, new SelectionOptions(0, 0, 0.5 * random.nextInt(2), 1));
      assertThat(merger.depth()).isEqualTo(50);
      List<Pick> full = merger.merge(List.of(list));
      assertThat(merger.merge(List.of(sorted(list).subList(0, 50)))).isEqualTo(full);
    }
    assertThat(new SongSelector(10).depth()).isEqualTo(10);
    assertThat(new SongSelector(20, new SelectionOptions(0, 0, 0, 1)).depth()).isEqualTo(80);
  }

  @Test
  void aConsensusOfEqualVotesIsTheirMeanAndLeansTowardsTheNearest() {
    FloatVector one = new FloatVector(new float[] {1, 0});
    FloatVector other = new FloatVector(new float[] {0, 1});
    assertThat(
            Centroid.of(List.of(new Centroid.Vote(one, 2), new Centroid.Vote(other, 2))).values())
        .containsExactly(0.5f, 0.5f);
    assertThat(
            Centroid.of(List.of(new Centroid.Vote(one, 0), new Centroid.Vote(other, 0))).values())
        .containsExactly(0.5f, 0.5f);
    float[] leaning =
        Centroid.of(List.of(new Centroid.Vote(one, 1), new Centroid.Vote(other, 3))).values();
    double near = Math.exp(-0.25);
    double far = Math.exp(-2.25);
    assertThat((double) leaning[0]).isCloseTo(near / (near + far), within(1e-6));
    assertThat((double) leaning[1]).isCloseTo(far / (near + far), within(1e-6));
  }

  @Test
  void whatIsOutOfRangeIsRefused() {
    assertThatThrownBy(() -> SelectionOptions.PAPER.withDiversity(Double.NaN))
        .isInstanceOf(QueryException.class)
        .hasMessage("diversity must be 0 to 1; got: NaN");
    assertThatThrownBy(() -> SelectionOptions.PAPER.withLead(-1))
        .isInstanceOf(QueryException.class)
        .hasMessage("lead must be 0 to 10000; got: -1");
    assertThatThrownBy(() -> SelectionOptions.PAPER.withMaxPerArtist(10_001))
        .isInstanceOf(QueryException.class)
        .hasMessage("maxPerArtist must be 0 to 10000; got: 10001");
    SelectionOptions diverse = SelectionOptions.PAPER.withDiversity(0.5);
    assertThatThrownBy(() -> new SongSelector(1001, diverse))
        .isInstanceOf(QueryException.class)
        .hasMessage("songs must be at most 1000 with diversity; got: 1001");
    assertThatThrownBy(
            () -> TwoHopOptions.PAPER.withSharing(diverse).withSongs(100).withPictures(201))
        .isInstanceOf(QueryException.class)
        .hasMessage(
            "with diversity or maxPerArtist, pictures times songs must be at most 20000; got:"
                + " 20100 (201 pictures, 100 songs)");
    assertThatThrownBy(
            () ->
                new SongSelector(3, diverse)
                    .merge(List.of(List.of(new Candidate("a", 1), new Candidate("b", 2)))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("diversity needs the network vector of song 'b'");
  }
}
