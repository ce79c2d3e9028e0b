package org.seesong.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.seesong.build.BuildListener;
import org.seesong.build.Stage;

/** A build killed with SIGKILL in any stage and run again ends like one that ran through. */
class KilledBuildTest {
  @TempDir static Path shared;
  private static Path catalogue;
  private static Map<String, String> uninterrupted;
  private static Map<String, String> older;

  @BeforeAll
  static void buildOnceWithoutInterruption() throws Exception {
    catalogue = shared.resolve("catalogue");
    SmallCatalogue.writeTo(catalogue, 120, 90);
    PausingBuild.build(catalogue, shared.resolve("reference"), BuildListener.NONE);
    uninterrupted = IndexDump.of(shared.resolve("reference/index"));
    assertThat(uninterrupted).hasSizeGreaterThan(210);
    Path other = shared.resolve("other");
    SmallCatalogue.writeTo(other, 30, 20);
    PausingBuild.build(other, shared.resolve("older"), BuildListener.NONE);
    older = IndexDump.of(shared.resolve("older/index"));
  }

  static Stream<Arguments> places() {
    List<Arguments> places = new ArrayList<>();
    for (Stage stage : Stage.values()) {
      places.add(Arguments.of(stage, 0));
    }
    places.add(Arguments.of(Stage.ENCODING, 40));
    places.add(Arguments.of(Stage.EMBEDDING, 3));
    places.add(Arguments.of(Stage.INDEX, 50));
    places.add(Arguments.of(Stage.INDEX, 205));
    return places.stream();
  }

  @ParameterizedTest
  @MethodSource("places")
  void leavesTheOldIndexAndGoesOn(Stage stage, int reports, @TempDir Path folder) throws Exception {
    Path output = folder.resolve("out");
    copy(shared.resolve("older"), output);
    killAt(stage, reports, output);
    assertThat(IndexDump.of(output.resolve("index"))).isEqualTo(older);
    PausingBuild.build(catalogue, output, BuildListener.NONE);
    assertThat(IndexDump.of(output.resolve("index"))).isEqualTo(uninterrupted);
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }

  private static void killAt(Stage stage, int reports, Path output) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-Djava.awt.headless=true",
                "-cp",
                System.getProperty("java.class.path"),
                PausingBuild.class.getName(),
                catalogue.toString(),
                output.toString(),
                stage.name(),
                Integer.toString(reports))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader reader = process.inputReader()) {
      assertThat(reader.readLine()).isEqualTo(PausingBuild.PAUSED);
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.waitFor()).as("exit code of a killed process").isEqualTo(128 + 9);
  }
}
