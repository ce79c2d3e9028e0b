package org.seesong;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seesong.encoder.DescriptorEncoder;
import org.seesong.index.IndexMetadata;
import org.seesong.index.IndexMismatchException;
import org.seesong.index.TestCatalogue;
import org.seesong.testing.GuideExamples;
import org.seesong.vector.VectorSpace;

/** Compiles and runs the examples of the library as they stand in README and user guide. */
class LibraryExamplesTest {
  @TempDir Path temporary;
  private VectorSpace space;

  @BeforeEach
  void drawAPhoto() throws IOException {
    try (DescriptorEncoder encoder = new DescriptorEncoder()) {
      space = encoder.space();
    }
    BufferedImage photo = new BufferedImage(64, 48, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = photo.createGraphics();
    graphics.setColor(Color.ORANGE);
    graphics.fillOval(10, 10, 30, 30);
    graphics.dispose();
    ImageIO.write(photo, "jpg", temporary.resolve("photo.jpg").toFile());
  }

  private void writeIndex(VectorSpace visual) throws IOException {
    TestCatalogue catalogue =
        TestCatalogue.random(new TestCatalogue.Size(12, 20, visual.dimension(), 4, 50), 5);
    IndexMetadata any = catalogue.identity();
    IndexMetadata identity = IndexMetadata.of(visual, any.graphSpace(), any.build());
    new TestCatalogue(catalogue.pictures(), catalogue.songs(), identity)
        .write(temporary.resolve("my-index/index"));
  }

  @Test
  void theReadmesPrintsTenTitles() throws Exception {
    writeIndex(space);
    List<String> examples = examples("README.md");
    assertThat(examples).hasSize(1);
    assertThat(run(examples.get(0)).lines()).hasSize(10).allMatch(line -> line.startsWith("歌 "));
  }

  @Test
  void theGuidesPrintWhatTheyFind() throws Exception {
    writeIndex(space);
    List<String> examples = examples("src/docs/user-guide.md");
    assertThat(examples).hasSize(4);
    for (String example : examples) {
      assertThat(run(example).lines()).as(example).isNotEmpty();
    }
  }

  @Test
  void theReadmesIsRefusedByAnIndexOfAnotherEncoder() throws IOException {
    writeIndex(new VectorSpace("another-encoder", space.dimension()));
    String example = examples("README.md").get(0);
    assertThatThrownBy(() -> run(example))
        .isInstanceOf(IndexMismatchException.class)
        .hasMessageContaining("another-encoder")
        .hasMessageContaining(space.id());
  }

  private List<String> examples(String document) throws IOException {
    return GuideExamples.of(document, "", "\n### Building\n");
  }

  private String run(String example) throws Exception {
    return GuideExamples.run(
        example,
        temporary,
        List.of("org.seesong.encoder", "org.seesong.query", "org.seesong.vector"));
  }
}
