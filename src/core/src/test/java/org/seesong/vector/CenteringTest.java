package org.seesong.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seesong.index.CatalogueIndex;
import org.seesong.index.IndexMismatchException;
import org.seesong.index.TestCatalogue;
import org.seesong.query.TwoHopOptions;
import org.seesong.query.TwoHopQuery;
import org.seesong.query.TwoHopSearcher;

class CenteringTest {
  private static final VectorSpace ENCODER = new VectorSpace("eye-1", 3);
  private static final Centering CENTERING = new Centering(ENCODER, new float[] {1, -2, 0.5f});

  @Test
  void theMeanIsTakenOffBeforeLengthOne() {
    float[] centred = CENTERING.apply(new FloatVector(new float[] {4, 2, 0.5f})).values();
    assertThat(centred).containsExactly(new float[] {0.6f, 0.8f, 0}, within(1e-7f));
    assertThat(CENTERING.apply(new FloatVector(new float[] {1, -2, 0.5f})).norm()).isZero();
  }

  @Test
  void theSpaceIsNamedForEncoderAndMean() {
    Centering other = new Centering(ENCODER, new float[] {1, -2, 0.25f});
    assertThat(CENTERING.space().id()).matches("eye-1-centered-[0-9a-f]{8}");
    assertThat(CENTERING.space().dimension()).isEqualTo(3);
    assertThat(other.space()).isNotEqualTo(CENTERING.space());
    assertThat(other).isNotEqualTo(CENTERING);
  }

  @Test
  void theTextGivesTheSameBits() {
    Centering read = Centering.parse(CENTERING.toString());
    assertThat(read).isEqualTo(CENTERING).hasSameHashCodeAs(CENTERING);
    assertThat(read.space()).isEqualTo(CENTERING.space());
  }

  @Test
  void damagedTextsAreRefused() {
    String nan = new Centering(ENCODER, new float[3]).toString().replace("AAAAA", "f8AAA");
    for (String text : new String[] {"", ";", "eye-1", "eye-1;AAAA", "eye-1;*", ";P4AAAA==", nan}) {
      assertThatThrownBy(() -> Centering.parse(text))
          .as(text)
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> new Centering(ENCODER, new float[2]))
        .hasMessageContaining("must be as many finite numbers; got: 2");
  }

  @Test
  void anIndexCentresWhatComesFromItsEncoderOnce(@TempDir Path folder) throws Exception {
    TestCatalogue catalogue =
        TestCatalogue.random(new TestCatalogue.Size(60, 200, 6, 4, 40), 5).centered();
    catalogue.write(folder);
    try (CatalogueIndex index = CatalogueIndex.open(folder)) {
      assertThat(index.metadata()).isEqualTo(catalogue.identity());
      Centering centering = catalogue.identity().centering().orElseThrow();
      TwoHopSearcher searcher = new TwoHopSearcher(index);
      FloatVector query = TestCatalogue.vector(6, 40, new SplittableRandom(3));
      EncodedImage raw = TestCatalogue.encoded(query.values());
      EncodedImage centred = new EncodedImage(centering.space(), centering.apply(query).values());
      assertThat(searcher.search(TwoHopQuery.of(raw), TwoHopOptions.DEFAULT).songs())
          .hasSize(10)
          .isEqualTo(searcher.search(TwoHopQuery.of(centred), TwoHopOptions.DEFAULT).songs());
      EncodedImage alien = new EncodedImage(new VectorSpace("eye-2", 6), new float[6]);
      assertThatThrownBy(() -> searcher.search(TwoHopQuery.of(alien), TwoHopOptions.DEFAULT))
          .isInstanceOf(IndexMismatchException.class)
          .hasMessageContaining("search with encoder 'descriptor-1'");
    }
  }
}
