package org.seesong.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seesong.build.AddOptions;
import org.seesong.build.BuildListener;
import org.seesong.build.BuildOptions;
import org.seesong.build.CatalogueAddition;
import org.seesong.build.CatalogueBuild;
import org.seesong.build.ClassKeywordsOption;
import org.seesong.build.FolderCheck;
import org.seesong.build.StageReport;
import org.seesong.catalogue.CatalogueOptions;
import org.seesong.encoder.DescriptorEncoder;
import org.seesong.encoder.ImageEncoder;
import org.seesong.image.RgbImage;
import org.seesong.index.CatalogueIndex;
import org.seesong.index.IndexLayout;
import org.seesong.index.WeightedKeyword;
import org.seesong.keyword.KeywordTools;
import org.seesong.keyword.Segmenters;

/** Pictures without labels get keywords from the classes of the encoder's network. */
class ClassKeywordsTest {
  private static final List<String> NAMES = List.of("background", "volcano", "seashore, coast");

  @TempDir Path folder;
  private SmallCatalogue catalogue;
  private final List<String> log = new ArrayList<>();

  /** Sees a volcano in what is red, a seashore in what is green, and nothing in the rest. */
  private static final class ColourClasses implements ImageEncoder {
    private final DescriptorEncoder inner = new DescriptorEncoder();
    private final List<String> names;

    ColourClasses(List<String> names) {
      this.names = names;
    }

    @Override
    public String id() {
      return "colours";
    }

    @Override
    public int dimension() {
      return inner.dimension();
    }

    @Override
    public int inputSize() {
      return inner.inputSize();
    }

    @Override
    public int preferredBatch() {
      return 4;
    }

    @Override
    public List<String> classes() {
      return names;
    }

    @Override
    public float[] encode(List<RgbImage> batch) {
      return inner.encode(batch);
    }

    @Override
    public float[] encode(List<RgbImage> batch, float[] probabilities) {
      for (int i = 0; i < batch.size() && probabilities.length > 0; i++) {
        byte[] pixels = batch.get(i).pixels();
        int red = pixels[0] & 255;
        int green = pixels[1] & 255;
        int blue = pixels[2] & 255;
        int shown = red > green && red > blue ? 1 : green > blue ? 2 : 0;
        probabilities[3 * i + shown] = .96f;
        probabilities[3 * i + (shown + 1) % 3] = .04f;
      }
      return encode(batch);
    }

    @Override
    public void close() {
      inner.close();
    }
  }

  private final class Log implements BuildListener {
    @Override
    public void finished(StageReport report) {
      log.add(report.summary());
    }
  }

  @BeforeEach
  void writeCatalogue() throws IOException {
    catalogue = SmallCatalogue.writeTo(folder.resolve("catalogue"), 40, 30);
    hideLabels(0);
  }

  /** Leaves the labels of the first pictures only. */
  private void hideLabels(int labelled) throws IOException {
    StringBuilder rows = new StringBuilder("path,keyword\n");
    for (int i = 0; i < 30; i++) {
      rows.append("p" + i + ".png,").append(i < labelled ? "雪" : "").append('\n');
    }
    Files.writeString(catalogue.pictures(), rows);
  }

  private void build(Path out, List<String> names, ClassKeywordsOption option) throws Exception {
    BuildOptions options =
        BuildOptions.builder(catalogue.options(), out, "colours").classKeywords(option).build();
    CatalogueBuild.run(
        options,
        new ColourClasses(names),
        KeywordTools.builtIn(Segmenters.byName("unicode")),
        new Log());
  }

  private static Map<String, List<WeightedKeyword>> labels(Path out) throws IOException {
    Map<String, List<WeightedKeyword>> labels = new TreeMap<>();
    try (CatalogueIndex index = CatalogueIndex.open(out.resolve("index"))) {
      for (int i = 0; i < 30; i++) {
        String id = "p" + i + ".png";
        int document = index.document(IndexLayout.documentId(IndexLayout.PICTURE, id));
        labels.put(id, index.labelsAt(document));
      }
    }
    return labels;
  }

  private static List<String> names(List<WeightedKeyword> labels) {
    return labels.stream().map(WeightedKeyword::keyword).toList();
  }

  @Test
  void picturesOfACatalogueWithoutLabelsAreCalledWhatTheNetworkSees() throws Exception {
    Path out = folder.resolve("out");
    build(out, NAMES, ClassKeywordsOption.AUTO);
    Map<String, List<WeightedKeyword>> labels = labels(out);
    assertThat(names(labels.get("p0.png"))).as("red").containsExactly("山");
    assertThat(names(labels.get("p2.png"))).as("green").containsExactly("海");
    assertThat(names(labels.get("p3.png"))).as("blue").isEmpty();
    assertThat(labels.get("p0.png").get(0).weight()).isBetween(.5, .9);
    assertThat(log)
        .anyMatch(line -> line.contains("pictures have some by their classes or labels, "));
    assertThat(FolderCheck.check(out, true)).isEmpty();

    log.clear();
    build(out, NAMES, ClassKeywordsOption.AUTO);
    assertThat(log).contains("0 encoded, 30 known already, 0 unreadable");
    assertThat(log).contains("unchanged, nothing to write");
  }

  @Test
  void whatIsAddedGetsWhatTheBuildWouldGiveIt() throws Exception {
    Path out = folder.resolve("out");
    build(out, NAMES, ClassKeywordsOption.AUTO);
    Map<String, List<WeightedKeyword>> built = labels(out);
    CatalogueAddition.run(added(out), name -> new ColourClasses(NAMES), new Log());
    assertThat(labels(out)).isEqualTo(built);
  }

  /** The same pictures once more, which replaces them. */
  private AddOptions added(Path out) {
    return AddOptions.of(out, CatalogueOptions.of(List.of(), List.of(catalogue.pictures())));
  }

  @Test
  void anEncoderWithOtherClassesAddsNothing() throws Exception {
    Path out = folder.resolve("out");
    build(out, NAMES, ClassKeywordsOption.AUTO);
    assertThatThrownBy(
            () ->
                CatalogueAddition.run(added(out), name -> new ColourClasses(List.of()), new Log()))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "pictures of the index have keywords by the classes of colours, which this model has"
                + " not, or calls otherwise; import it again with the --labels that it had, or"
                + " build the index anew");
  }

  @Test
  void oneLabelIsEnoughToLeaveClassesOutUnlessTheyAreAskedFor() throws Exception {
    hideLabels(1);
    Path out = folder.resolve("auto");
    build(out, NAMES, ClassKeywordsOption.AUTO);
    assertThat(labels(out).get("p10.png")).isEmpty();
    Path all = folder.resolve("on");
    build(all, NAMES, ClassKeywordsOption.ON);
    assertThat(names(labels(all).get("p0.png"))).containsExactly("雪");
    assertThat(names(labels(all).get("p10.png"))).containsExactly("山");
    hideLabels(0);
    Path none = folder.resolve("off");
    build(none, NAMES, ClassKeywordsOption.OFF);
    assertThat(labels(none).get("p10.png")).isEmpty();
  }

  @Test
  void classesThatAreAskedForMustBeThere() {
    assertThatThrownBy(() -> build(folder.resolve("out"), List.of(), ClassKeywordsOption.ON))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "encoder colours has no classes to take keywords from; import its model again with"
                + " --labels");
  }
}
