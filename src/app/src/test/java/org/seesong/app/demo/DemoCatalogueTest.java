package org.seesong.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoCatalogueTest {
  @TempDir static Path folder;

  private static DemoCatalogue demo;

  @BeforeAll
  static void writeOnce() throws IOException {
    demo = DemoCatalogue.writeTo(folder.resolve("demo"));
  }

  @Test
  void writesEveryPictureOfTheTable() throws IOException {
    List<String> rows = Files.readAllLines(demo.pictures());

    assertThat(rows.get(0)).isEqualTo("path,id,keywords");
    assertThat(rows).hasSize(1 + 24 * 12);
    assertThat(rows).doesNotHaveDuplicates();
    assertThat(rows).contains("snow/snow-01.jpg,snow-01,雪|snow");
    for (String row : rows.subList(1, rows.size())) {
      assertThat(demo.pictureRoot().resolve(row.split(",")[0])).isNotEmptyFile();
    }
  }

  @Test
  void writesOneQueryForEachThemeInOrder() throws IOException {
    assertThat(demo.queries()).hasSize(24).isSorted();
    for (Path query : demo.queries()) {
      assertThat(ImageIO.read(query.toFile()).getWidth()).isEqualTo(240);
    }
  }

  @Test
  void noQueryIsAmongTheCataloguedPictures() throws IOException {
    for (String theme : demo.themes()) {
      byte[] query = Files.readAllBytes(folder.resolve("demo/queries/" + theme + ".jpg"));
      try (Stream<Path> own = Files.list(demo.pictureRoot().resolve(theme))) {
        for (Path picture : own.toList()) {
          assertThat(Files.readAllBytes(picture)).isNotEqualTo(query);
        }
      }
    }
  }

  @Test
  void copiesTheSongs() {
    assertThat(demo.songs()).isNotEmptyFile();
  }

  @Test
  void aSecondCallLeavesTheFilesAlone() throws IOException {
    Map<Path, FileTime> before = times();

    DemoCatalogue.writeTo(folder.resolve("demo"));

    assertThat(times()).isEqualTo(before);
  }

  @Test
  void aSecondCallMendsWhatIsMissingOrCut() throws IOException {
    Path gone = demo.pictureRoot().resolve("cat/cat-05.jpg");
    Path cut = demo.pictureRoot().resolve("fish/fish-11.jpg");
    byte[] goneBytes = Files.readAllBytes(gone);
    byte[] cutBytes = Files.readAllBytes(cut);
    Files.delete(gone);
    Files.write(cut, new byte[] {1, 2, 3});

    DemoCatalogue.writeTo(folder.resolve("demo"));

    assertThat(gone).hasBinaryContent(goneBytes);
    assertThat(cut).hasBinaryContent(cutBytes);
  }

  private static Map<Path, FileTime> times() throws IOException {
    Map<Path, FileTime> times = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder.resolve("demo"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        times.put(file, Files.getLastModifiedTime(file));
      }
    }
    return times;
  }
}
