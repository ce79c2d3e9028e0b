package org.seesong.keyword;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seesong.catalogue.Catalogue;
import org.seesong.catalogue.CatalogueOptions;
import org.seesong.catalogue.CatalogueReader;

class MeaningScaleTest {
  private static final KeywordTools TOOLS = KeywordTools.builtIn(Segmenters.byName("unicode"));
  private static final KeywordList LIST =
      new KeywordList(List.of("雪", "月", "酒"), Map.of("雪", "雪寒", "no keyword", "x"));

  /** Songs alike in all that is counted; some speak of the cold beside the snow. */
  private static Catalogue catalogue(Path folder) throws Exception {
    List<String> lines = new ArrayList<>();
    lines.add("id,title,lyrics");
    for (int i = 0; i < 12; i++) {
      lines.add("cold" + i + ",x,\"天 雪 寒 夜 \n人 " + i + "\"");
      lines.add("drunk" + i + ",x,\"天 雪 酒 夜 \n人 " + i + "\"");
      lines.add("moon" + i + ",x,\"天 月 光 夜 \n人 " + i + "\"");
    }
    return CatalogueReader.read(
        CatalogueOptions.of(List.of(Files.write(folder.resolve("songs.csv"), lines)), List.of()));
  }

  private static KeywordStage stage(Catalogue catalogue, KeywordWeighting weighting) {
    KeywordOptions options = KeywordOptions.DEFAULT.toBuilder().weighting(weighting).build();
    return KeywordStage.run(catalogue, PictureClasses.none(), options, TOOLS, LIST, done -> {});
  }

  private static float snow(Keywords keywords, int song) {
    KeywordRows rows = keywords.songs();
    return rows.weights()[rows.offsets()[song]];
  }

  @Test
  void aLineNearTheGlossWeighsMore(@TempDir Path folder) throws Exception {
    KeywordStage stage = stage(catalogue(folder), KeywordWeighting.RELEVANCE);
    Keywords counts = stage.weigh();
    assertThat(snow(counts, 0)).isEqualTo(snow(counts, 1));
    FakeTextEncoder encoder = new FakeTextEncoder();
    Keywords lines = stage.weigh(encoder);
    assertThat(snow(lines, 0)).isGreaterThan(snow(lines, 1));
    assertThat(encoder.encoded)
        .contains("雪寒", "月", "天 雪 寒 夜", "天 雪 寒 夜 人 0")
        .doesNotContain("雪", "x");
    assertThat(stage.weigh().songs().weights()).containsExactly(counts.songs().weights());
  }

  @Test
  void aSongThatComesLaterIsComparedAsIfItHadBeenThere(@TempDir Path folder) throws Exception {
    Catalogue catalogue = catalogue(folder);
    Keywords keywords = stage(catalogue, KeywordWeighting.RELEVANCE).weigh(new FakeTextEncoder());
    ObjectMapper json = new ObjectMapper();
    KeywordModel read =
        json.readValue(json.writeValueAsBytes(keywords.model()), KeywordModel.class);
    assertThat(read).isEqualTo(keywords.model());
    KeywordTagger later = new KeywordTagger(read, TOOLS, Optional.of(new FakeTextEncoder()));
    assertThat(later.songs(catalogue.songs(), 2, done -> {}).weights())
        .containsExactly(keywords.songs().weights());
    assertThatThrownBy(() -> new KeywordTagger(read, TOOLS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("by a text encoder, but none is given");
  }

  @Test
  void otherWeightsCompareNoLines(@TempDir Path folder) throws Exception {
    FakeTextEncoder encoder = new FakeTextEncoder();
    KeywordStage stage = stage(catalogue(folder), KeywordWeighting.TFIDF);
    assertThat(stage.weigh(encoder).model().meaning()).isEqualTo(MeaningScale.NONE);
    assertThat(encoder.encoded).isEmpty();
  }

  @Test
  void similaritiesThatDoNotDifferSayNothing() {
    double[] same = {.5, Double.NaN, .5};
    assertThat(MeaningScale.Scale.of(same).standardised(.5)).isZero();
    MeaningScale.Scale fitted = MeaningScale.Scale.of(new double[] {1, Double.NaN, 3});
    assertThat(fitted.standardised(3)).isEqualTo(1);
    assertThatThrownBy(() -> new MeaningScale.Scale(0, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
