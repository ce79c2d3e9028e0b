package org.seesong.build;

import java.nio.file.Path;
import java.util.Map;
import org.seesong.part.PartRunner;
import org.seesong.spark.SparkEngine;

/** A build on Spark as a process of its own, to be killed. */
final class SparkDriver {
  private SparkDriver() {}

  /**
   * Builds.
   *
   * @param args the folder of the catalogue, the name of the index's folder, pictures of a part
   */
  public static void main(String[] args) throws Exception {
    SmallBuild build = SmallBuild.of(Path.of(args[0]));
    try (PartRunner spark =
        new SparkEngine()
            .open(
                "local-cluster[2,1,1024]",
                "SparkDriver",
                Map.of("spark.executor.extraClassPath", System.getProperty("java.class.path")))) {
      build.parts(args[1], spark, Integer.parseInt(args[2]));
    }
  }
}
