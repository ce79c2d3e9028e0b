package org.seesong.app;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import org.seesong.part.PartEngine;
import org.seesong.part.PartRunner;
import picocli.CommandLine.Option;

/** The options of a build whose costly stages other machines compute. */
final class SparkSettings {
  @Option(
      names = "--spark",
      paramLabel = "ADDRESS",
      description = {
        "Have the costly stages computed by the machines of an Apache Spark cluster, such as"
            + " spark://host:7077, which all see the folders of pictures, models"
            + " and index under the same names; see docs/spark.md (default: this machine's"
            + " threads)."
      })
  private String address;

  @Option(
      names = "--spark-conf",
      paramLabel = "NAME=VALUE",
      description = "An option of Spark's, such as spark.executor.memory=4g; may be repeated.")
  private Map<String, String> options = new LinkedHashMap<>();

  /** Refuses what no cluster can make right, before anything is read. */
  void check() throws IOException {
    if (address == null) {
      if (!options.isEmpty()) {
        throw new UsageException(
            new IllegalArgumentException("--spark-conf needs --spark ADDRESS beside it"));
      }
    } else if (!engine().knows(address)) {
      throw new UsageException(
          new IllegalArgumentException(
              "--spark wants the address of a Spark master, such as spark://host:7077; got: '"
                  + address
                  + "'"));
    }
  }

  /** Connects to the cluster; nothing if none is named. */
  Optional<PartRunner> open(Path out) throws IOException {
    return address == null
        ? Optional.empty()
        : Optional.of(engine().open(address, "seesong build " + out, options));
  }

  /** The engine, which is on the class path if the launcher was told of Spark. */
  static PartEngine engine() throws IOException {
    return ServiceLoader.load(PartEngine.class)
        .findFirst()
        .orElseThrow(
            () ->
                new IOException(
                    "this program runs without Spark's libraries; start it by its launcher,"
                        + " bin/seesong or ./seesong, in a release with the folder 'spark' beside"
                        + " 'lib', from the release's zip whose name ends in -spark.zip"));
  }
}
