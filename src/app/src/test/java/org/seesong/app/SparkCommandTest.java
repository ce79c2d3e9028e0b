package org.seesong.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Without Spark's libraries, as most run the program; what runs with them is in seesong-spark. */
class SparkCommandTest extends ModelHomeTestCase {
  @Test
  void aBuildOnSparkSaysWhereItsLibrariesAreBeforeItReadsAnything() throws IOException {
    Path out = temp.resolve("index");
    Outcome build =
        run(
            "build",
            "--songs",
            temp.resolve("no-songs.jsonl").toString(),
            "--pictures",
            temp.resolve("no-pictures").toString(),
            "--out",
            out.toString(),
            "--spark",
            "spark://127.0.0.1:7077");
    assertThat(build.code()).isEqualTo(Seesong.FAILED);
    assertThat(build.log()).contains("without Spark's libraries", "-spark.zip");
    assertThat(Files.exists(out)).isFalse();
  }

  @Test
  void optionsOfSparkWantAnAddress() {
    Outcome build =
        run(
            "build",
            "--songs",
            "s.jsonl",
            "--pictures",
            "p",
            "--out",
            temp.resolve("index").toString(),
            "--spark-conf",
            "spark.executor.memory=2g");
    assertThat(build.code()).isEqualTo(Seesong.USAGE);
    assertThat(build.log()).contains("--spark-conf needs --spark ADDRESS beside it");
  }

  @Test
  void aClusterWantsSparkAndARole() {
    Outcome master = run("spark", "master", "--host", "127.0.0.1", "--port", "0");
    assertThat(master.code()).isEqualTo(Seesong.FAILED);
    assertThat(master.log()).contains("without Spark's libraries");
    assertThat(run("spark").code()).isEqualTo(Seesong.USAGE);
    assertThat(run("spark", "--help").data()).contains("seesong spark worker --host");
  }
}
