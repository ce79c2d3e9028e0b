package org.seesong.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seesong.index.CatalogueIndex;

/** What a second build of a catalogue does again, and what makes it another build. */
class UnchangedBuildTest {
  private static final String COMPARED = "comparing pictures: compared already";
  private static final String UNCHANGED = "writing the index: unchanged, nothing to write";

  @TempDir Path folder;
  private SmallCatalogue catalogue;
  private Path out;

  @BeforeEach
  void writeCatalogue() throws IOException {
    CommandRun.home(folder.resolve("home"));
    catalogue = SmallCatalogue.writeTo(folder.resolve("catalogue"), 40, 30);
    out = folder.resolve("out");
  }

  private String build(Object... more) {
    return CommandRun.build(catalogue.songs(), catalogue.pictures(), out, more).ends(0).log();
  }

  private List<Path> files(String inner, String end) throws IOException {
    try (Stream<Path> files = Files.list(out.resolve(inner))) {
      return files.filter(file -> file.toString().endsWith(end)).sorted().toList();
    }
  }

  private Map<Path, Object> times() throws IOException {
    Map<Path, Object> times = new TreeMap<>();
    for (String inner : List.of("index", "model")) {
      for (Path file : files(inner, "")) {
        if (!file.endsWith("write.lock")) {
          times.put(file, Files.getLastModifiedTime(file));
        }
      }
    }
    return times;
  }

  @Test
  void picturesAreNotComparedAgainAndNothingIsWritten() throws IOException {
    assertThat(build()).doesNotContain(COMPARED);
    Map<Path, Object> before = times();
    assertThat(build()).contains(COMPARED, UNCHANGED);
    assertThat(times()).isEqualTo(before);
  }

  @Test
  void otherOptionsOrLabelsAreComparedAnew() throws IOException {
    build();
    assertThat(build("--own-label-weight", "0.5")).doesNotContain(COMPARED);
    assertThat(build("--own-label-weight", "0.5")).contains(COMPARED);
    Path pictures = catalogue.pictures();
    Files.writeString(pictures, Files.readString(pictures).replaceFirst("p0.png,雪", "p0.png,海"));
    assertThat(build("--own-label-weight", "0.5")).doesNotContain(COMPARED);
    assertThat(files("work", ".propagated")).hasSize(1);
    assertThat(files("model", ".labels")).hasSize(1);
  }

  @Test
  void anotherCenteringComparesAnewAndEncodesNothing() throws IOException {
    build("--text-encoder", "auto");
    List<Path> files = files("vectors", ".vectors");
    assertThat(files).hasSize(2); // of pictures and of lyrics
    Map<Path, ByteBuffer> vectors = new TreeMap<>();
    for (Path file : files) {
      vectors.put(file, ByteBuffer.wrap(Files.readAllBytes(file)));
    }
    assertThat(build("--text-encoder", "auto", "--centering", "none"))
        .doesNotContain(COMPARED)
        .doesNotContain(UNCHANGED);
    assertThat(files("vectors", ".vectors")).isEqualTo(files);
    for (Path file : files) {
      assertThat(ByteBuffer.wrap(Files.readAllBytes(file))).isEqualTo(vectors.get(file));
    }
    try (CatalogueIndex index = CatalogueIndex.open(out.resolve("index"))) {
      assertThat(index.metadata().centering()).isEmpty();
      assertThat(index.metadata().build().options()).containsEntry("centering", "none");
    }
    String wrong =
        CommandRun.build(catalogue.songs(), catalogue.pictures(), out, "--centering", "median")
            .ends(2)
            .log();
    assertThat(wrong).contains("--centering must be mean or none; got: 'median'");
  }

  @Test
  void whatIsDamagedIsComparedAnewAndGivesTheSameIndex() throws IOException {
    build();
    for (String cached : List.of("work .propagated", "model .labels")) {
      String[] parts = cached.split(" ");
      for (boolean cut : new boolean[] {true, false}) {
        Path file = files(parts[0], parts[1]).get(0);
        byte[] bytes = Files.readAllBytes(file);
        byte[] damaged = cut ? java.util.Arrays.copyOf(bytes, bytes.length / 2) : bytes.clone();
        damaged[damaged.length / 2] ^= 4;
        Files.write(file, damaged);
        assertThat(build()).doesNotContain(COMPARED).contains(UNCHANGED);
        assertThat(Files.readAllBytes(file)).isEqualTo(bytes);
      }
    }
    assertThat(files("model", "")).hasSize(4);
    for (Path file : files("model", "")) {
      byte[] bytes = Files.readAllBytes(file);
      Files.write(file, new byte[] {1, 2, 3});
      assertThat(build())
          .contains(file.toString().endsWith(".labels") ? "neighbours for each" : COMPARED)
          .contains(UNCHANGED);
      assertThat(Files.readAllBytes(file)).isEqualTo(bytes);
    }
  }

  @Test
  void wordsAndTheFoldingOfScriptsArePartOfWhatABuildIsMadeOf() throws IOException {
    build();
    Path overrides = Files.writeString(folder.resolve("overrides"), "某=謀\n");
    Path words = Files.writeString(folder.resolve("words"), "無關之詞\n");
    for (Object[] option :
        new Object[][] {
          {"--script-overrides", overrides},
          {"--stop-words", words},
          {"--user-dictionary", words},
          {"--segmenter", "smartcn"}
        }) {
      assertThat(build(option)).doesNotContain(UNCHANGED);
      assertThat(build(option)).contains(UNCHANGED);
      assertThat(build()).doesNotContain(UNCHANGED);
    }
  }
}
