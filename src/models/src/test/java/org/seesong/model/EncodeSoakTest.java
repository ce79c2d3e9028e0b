package org.seesong.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.seesong.encoder.BatchingEncoder;
import org.seesong.encoder.BatchingOptions;
import org.seesong.encoder.Engine;
import org.seesong.encoder.ImageEncoder;
import org.seesong.encoder.ModelHome;
import org.seesong.image.RgbImage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Native memory stays flat over 100,000 calls, of batches of different sizes. */
@Tag("slow")
class EncodeSoakTest {
  private static final Logger LOGGER = LoggerFactory.getLogger(EncodeSoakTest.class);
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final int CALLS = 100_000;

  @TempDir Path temp;

  @ParameterizedTest
  @EnumSource(Engine.class)
  void memoryStaysFlat(Engine engine) throws Exception {
    assumeThat(STATUS).as("this system does not tell a process's memory").isReadable();
    ModelHome home = new ModelHome(temp);
    Vgg19.install(
        new RandomWeights(Vgg19Test.NARROW, 1),
        new Vgg19.Target(home, "narrow", engine, List.of(), false, Optional.empty()),
        done -> {});
    RgbImage picture =
        RgbImage.fromBufferedImage(new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB));
    List<Long> readings = new ArrayList<>();
    try (ImageEncoder encoder = new BatchingEncoder(home.open("narrow"), BatchingOptions.DEFAULT)) {
      for (int call = 1; call <= CALLS; call++) {
        encoder.encode(Collections.nCopies(1 + call % 8 / 7 * 7, picture));
        if (call % (CALLS / 10) == 0) {
          System.gc();
          long memory = residentMegabytes();
          readings.add(memory);
          LOGGER.warn("{}: {} calls, {} MB resident", engine, call, memory);
        }
      }
    }
    // Single readings swing by what the heap has just taken; a leak would lift the low ones.
    long early = Collections.min(readings.subList(1, 5));
    assertThat(Collections.min(readings.subList(5, 10))).isLessThan(early + 20);
  }

  private static long residentMegabytes() throws IOException {
    try (Stream<String> lines = Files.lines(STATUS)) {
      List<String> found = lines.filter(line -> line.startsWith("RssAnon:")).toList();
      return Long.parseLong(found.get(0).replaceAll("\\D", "")) >> 10;
    }
  }
}
