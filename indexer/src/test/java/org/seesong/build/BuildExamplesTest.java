package org.seesong.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seesong.testing.GuideExamples;

/** Runs the user guide's examples of building, one after the other, on a tiny catalogue. */
class BuildExamplesTest {
  private static final List<String> PACKAGES =
      List.of(
          "org.seesong.build",
          "org.seesong.catalogue",
          "org.seesong.encoder",
          "org.seesong.image",
          "org.seesong.keyword",
          "org.seesong.query");

  @TempDir Path folder;

  private static void paint(Path file, Color colour, int shift) throws IOException {
    Files.createDirectories(file.getParent());
    BufferedImage photo = new BufferedImage(64, 48, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = photo.createGraphics();
    graphics.setColor(colour);
    graphics.fillRect(shift, shift, 40, 30);
    graphics.dispose();
    ImageIO.write(photo, "jpg", file.toFile());
  }

  private void writeCatalogue() throws IOException {
    StringBuilder songs = new StringBuilder("id,title,lyrics\n");
    for (int i = 1; i <= 4; i++) {
      paint(folder.resolve("photos/snow/" + i + ".jpg"), Color.WHITE, i);
      paint(folder.resolve("photos/ocean/" + i + ".jpg"), Color.BLUE, i);
      String thing = i % 2 == 0 ? "snow" : "ocean";
      songs.append(i + ",Song " + i + ",the " + thing + " number " + i + " is near me\n");
    }
    Files.writeString(folder.resolve("songs.csv"), songs);
    Files.writeString(
        folder.resolve("new-songs.csv"), "id,title,lyrics\n9,Late Snow,so much snow in April\n");
    paint(folder.resolve("photo.jpg"), Color.WHITE, 6);
  }

  @Test
  void theyPrintWhatTheyBuild() throws Exception {
    writeCatalogue();
    List<String> examples = GuideExamples.of("src/docs/user-guide.md", "\n### Building\n", "\n## ");
    assertThat(examples).hasSize(4);
    assertThat(GuideExamples.run(examples.get(0), folder, PACKAGES))
        .contains("4 songs, 8 pictures");
    assertThat(GuideExamples.run(examples.get(1), folder, PACKAGES))
        .startsWith("1 added, now 5")
        .contains("Late Snow")
        .doesNotContain("Song 1");
    assertThat(GuideExamples.run(examples.get(2), folder, PACKAGES)).startsWith("snow/");
    assertThat(GuideExamples.run(examples.get(3), folder, PACKAGES))
        .contains("4 songs, without a keyword: 0");
  }
}
