package org.seesong.select;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.seesong.select.Confidence.Neighbour;

class ConfidenceTest {
  private static final Confidence CONFIDENCE =
      new Confidence(List.of(4.0, -8.0, 2.0, 1.0), List.of(-1.0, 2.0));

  private static Neighbour snow(double distance) {
    return Neighbour.of(distance, List.of("snow", "night"), List.of(0.9, 0.3));
  }

  private static Neighbour nothing(double distance) {
    return new Neighbour(distance, Map.of());
  }

  @Test
  void featuresAreDistanceAgreementAndShareWithKeywords() {
    Neighbour sea = Neighbour.of(.6, List.of("sea"), List.of(7.0));
    double[] features =
        Confidence.features(
            List.of(snow(.5), sea, snow(.7), nothing(.8), nothing(.9), snow(1), snow(1)));
    // Only the first five count: snow has .75 of two of them.
    assertThat(features).containsExactly(new double[] {.5, 1.5 / 5, 3 / 5.}, within(1e-12));
  }

  @Test
  void fewerPicturesThanFiveAreAMeanOfThose() {
    assertThat(Confidence.features(List.of(snow(.5))))
        .containsExactly(new double[] {.5, .75, 1}, within(1e-12));
    assertThat(Confidence.features(List.of(nothing(2)))).containsExactly(2, 0, 0);
  }

  @Test
  void aStrangePictureIsNotKnownForBeingIndexedItself() {
    double[] itself =
        Confidence.features(List.of(nothing(0), nothing(.8), nothing(.9), nothing(1), snow(1.1)));
    assertThat(itself).containsExactly(new double[] {1.1, .75 / 5, 1 / 5.}, within(1e-12));
    assertThat(Confidence.features(List.of(nothing(0), nothing(.8)))[0]).isEqualTo(.8);
  }

  @Test
  void aPictureIsKnownTheNearerAndTheMoreAgreed() {
    double known = CONFIDENCE.ofPicture(List.of(snow(.5), snow(.5))).orElseThrow();
    // 4 - 8 * .5 + 2 * .75 + 1
    assertThat(known).isCloseTo(1 / (1 + Math.exp(-2.5)), within(1e-12));
    assertThat(CONFIDENCE.ofPicture(List.of(snow(1), snow(1))).orElseThrow()).isLessThan(known);
    assertThat(CONFIDENCE.ofPicture(List.of(snow(.5), nothing(.5))).orElseThrow())
        .isLessThan(known);
    assertThat(CONFIDENCE.ofPicture(List.of())).isEmpty();
  }

  @Test
  void aSongsRelevanceIsWeighedByThePicturesKeywords() {
    List<Neighbour> pictures = List.of(snow(.5), snow(.5), nothing(.5));
    double expected = .75 * .8 + .25 * .4;
    assertThat(Confidence.songFeatures(pictures, Map.of("snow", .8, "night", .4, "sea", 1.0)))
        .containsExactly(new double[] {Math.sqrt(expected)}, within(1e-12));
    assertThat(Confidence.songFeatures(pictures, Map.of("sea", 1.0))).containsExactly(0);
    assertThat(Confidence.songFeatures(List.of(nothing(1)), Map.of("sea", 1.0))).containsExactly(0);
  }

  @Test
  void aSongsConfidenceIsGivenThatThePictureIsKnown() {
    List<Neighbour> pictures = List.of(snow(.5), snow(.5));
    double song = CONFIDENCE.ofSong(pictures, Map.of("snow", 1.0)).orElseThrow();
    double fits = 1 / (1 + Math.exp(-(-1 + 2 * Math.sqrt(.75))));
    assertThat(song).isCloseTo(fits, within(1e-12));
    Confidence ofPictures = new Confidence(CONFIDENCE.known(), List.of());
    assertThat(ofPictures.ofSong(pictures, Map.of("snow", 1.0))).isEmpty();
    assertThat(ofPictures.ofPicture(pictures)).isEqualTo(CONFIDENCE.ofPicture(pictures));
  }

  @Test
  void songsOfUnknownConfidenceKeepTheirPlaces() {
    OptionalDouble none = OptionalDouble.empty();
    assertThat(Confidence.deservesPlace(none, none)).isTrue();
    assertThat(Confidence.deservesPlace(none, OptionalDouble.of(0))).isTrue();
    assertThat(Confidence.deservesPlace(OptionalDouble.of(0), none)).isTrue();
  }

  @Test
  void placesNeedAKnownPictureAndASongThatFits() {
    double picture = Confidence.LEAST_OF_PICTURE;
    double song = Confidence.LEAST_OF_SONG;
    assertThat(deservesPlace(picture, song)).isTrue();
    assertThat(deservesPlace(picture, song - 1e-9)).isFalse();
    assertThat(deservesPlace(1, song - 1e-9)).isFalse();
    assertThat(deservesPlace(picture - 1e-9, .9)).isFalse();
  }

  private static boolean deservesPlace(double picture, double song) {
    return Confidence.deservesPlace(OptionalDouble.of(picture), OptionalDouble.of(song));
  }

  @Test
  void textGivesTheSameBits() {
    Confidence odd = new Confidence(List.of(1 / 3., -1e-9, 12345.678, 0.0), List.of());
    assertThat(Confidence.parse(odd.describe())).contains(odd);
    assertThat(Confidence.parse(CONFIDENCE.describe())).contains(CONFIDENCE);
    assertThat(Confidence.parse("")).isEmpty();
  }

  @Test
  void otherTextsAreRefused() {
    assertThatThrownBy(() -> Confidence.parse("1,2,x,4"))
        .hasMessage("confidence must be numbers; got: '1,2,x,4'");
    assertThatThrownBy(() -> Confidence.parse("1,2,3"))
        .hasMessage("confidence needs 4 finite numbers; got: [1.0, 2.0, 3.0]");
    assertThatThrownBy(() -> Confidence.parse("1,2,3,4;1,NaN"))
        .hasMessage("confidence needs 2 finite numbers; got: [1.0, NaN]");
    assertThatThrownBy(() -> Confidence.parse("1,2,3,4;"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Confidence(Collections.nCopies(4, Double.NaN), List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
