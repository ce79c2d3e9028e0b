package org.seesong.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seesong.encoder.DescriptorEncoder;
import org.seesong.encoder.ImageEncoder;
import org.seesong.io.ContentKey;
import org.seesong.io.FramedFile;
import org.seesong.vector.VectorFile;

/**
 * Kills drivers and executors at any point of a build, then runs the same build again, until one
 * ends: the index is that of a local build, and no picture is encoded again that had a vector.
 * {@code -Dseesong.kills=20} asks for so many kills of each.
 */
class KilledSparkBuildTest {
  private static final int KILLS = Integer.getInteger("seesong.kills", 1);

  @TempDir static Path folder;
  private static SmallBuild build;

  @BeforeAll
  static void buildHere() throws Exception {
    Files.createDirectories(Path.of(System.getenv("SPARK_HOME"), "jars"));
    build = SmallBuild.writeTo(folder.resolve("catalogue"));
    build.here("local");
  }

  private static Process driver(String name, Path log) throws IOException {
    return JavaProcess.start(
        log,
        SparkDriver.class,
        List.of(folder.resolve("catalogue").toString(), name, "3", "local-cluster[2,1,1024]"));
  }

  /** Pictures that have a vector, in the folder's file or in a part that nobody took over yet. */
  private static Set<ContentKey> encoded(String name) throws IOException {
    Set<ContentKey> keys = new HashSet<>();
    BuildFolder built = BuildFolder.look(build.out(name));
    try (ImageEncoder encoder = new DescriptorEncoder()) {
      Path file = built.vectors(encoder.id());
      if (Files.exists(file)) {
        try (VectorFile vectors =
            VectorFile.openForReading(file, encoder.id(), encoder.dimension())) {
          keys.addAll(vectors.keys());
        }
      }
      for (Path part : SmallBuild.parts(built, "pictures-" + encoder.id())) {
        keys.addAll(
            new FramedFile(part, EncodedPart.CODEC, EncodedPart.VERSION)
                .read(EncodedPart::read)
                .encoded()
                .keySet());
      }
    }
    return keys;
  }

  private static int allPictures() throws IOException {
    return encoded("local").size();
  }

  private static void requireWhole(String name, Path log) throws Exception {
    int before = encoded(name).size();
    Process last = driver(name, log);
    assertThat(last.waitFor(5, TimeUnit.MINUTES)).as("ends; see %s", log).isTrue();
    assertThat(last.exitValue()).as(Files.readString(log)).isZero();
    assertThat(build.content(name)).isEqualTo(build.content("local"));
    if (Files.exists(build.out(name).resolve("report.json"))) {
      String encoding =
          Files.readString(build.out(name).resolve("report.json"))
              .lines()
              .filter(line -> line.contains(" encoded, "))
              .findFirst()
              .orElseThrow();
      assertThat(encoding)
          .as("%d of %d pictures had a vector", before, allPictures())
          .contains("\"" + (allPictures() - before) + " encoded, ");
    }
  }

  @Test
  void driversThatAreKilledLoseNothing() throws Exception {
    Random random = new Random(11);
    int killed = 0;
    for (int round = 0; killed < KILLS; round++) {
      String name = "driver-" + round;
      Path log = folder.resolve(name + ".log");
      // It takes about this long; one that had ended is no kill.
      for (int i = 0; i < 3 && killed < KILLS; i++) {
        Process process = driver(name, log);
        boolean ended = process.waitFor(2_000 + random.nextInt(14_000), TimeUnit.MILLISECONDS);
        JavaProcess.kill(process);
        if (ended) {
          break;
        }
        killed++;
      }
      requireWhole(name, log);
    }
  }

  /** A short one is in {@link SparkBuildTest}. */
  @Test
  @Tag("slow")
  void executorsThatAreKilledCostTime() throws Exception {
    Random random = new Random(13);
    for (int killed = 0; killed < KILLS; ) {
      String name = "executor-" + killed;
      Path log = folder.resolve(name + ".log");
      Process process = driver(name, log);
      while (!process.waitFor(1_000 + random.nextInt(4_000), TimeUnit.MILLISECONDS)) {
        List<ProcessHandle> executors = process.descendants().toList();
        if (!executors.isEmpty() && killed < KILLS) {
          executors.get(random.nextInt(executors.size())).destroyForcibly();
          killed++;
        }
      }
      assertThat(process.exitValue()).as(Files.readString(log)).isZero();
      assertThat(build.content(name)).isEqualTo(build.content("local"));
    }
  }
}
