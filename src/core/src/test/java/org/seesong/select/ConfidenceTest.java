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
  void aSongIsAsSureAsThePictureAtMost() {
    List<Neighbour> pictures = List.of(snow(.5), snow(.5));
    double song = CONFIDENCE.ofSong(pictures, Map.of("snow", 1.0)).orElseThrow();
    double fits = 1 / (1 + Math.exp(-(-1 + 2 * Math.sqrt(.75))));
    assertThat(song).isCloseTo(CONFIDENCE.ofPicture(pictures).orElseThrow() * fits, within(1e-12));
    Confidence ofPictures = new Confidence(CONFIDENCE.known(), List.of());
    assertThat(ofPictures.ofSong(pictures, Map.of("snow", 1.0))).isEmpty();
    assertThat(ofPictures.ofPicture(pictures)).isEqualTo(CONFIDENCE.ofPicture(pictures));
  }

  @Test
  void songsOfUnknownConfidenceKeepTheirPlaces() {
    assertThat(Confidence.deservesPlace(OptionalDouble.empty())).isTrue();
    assertThat(Confidence.deservesPlace(OptionalDouble.of(Confidence.LEAST_OF_SONG))).isTrue();
    assertThat(Confidence.deservesPlace(OptionalDouble.of(Confidence.LEAST_OF_SONG - 1e-9)))
        .isFalse();
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
