package org.seesong.build;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.seesong.part.PartRunner;
import org.seesong.part.PartTask;
import org.seesong.spark.SparkEngine;

/** A build on Spark as a process of its own, to be killed; public, as spark-submit wants it. */
public final class SparkDriver {
  /** Begins the lines that tell how many parts were computed and not handed over. */
  static final String MORE = "parts computed more than once: ";

  private SparkDriver() {}

  /** Tells of the attempts that were finished beside those that were taken over. */
  private record Counting(PartRunner runner) implements PartRunner {
    @Override
    public void run(String title, List<? extends PartTask> tasks, Accepted accepted)
        throws IOException, InterruptedException {
      Set<Path> taken = new HashSet<>();
      runner.run(
          title,
          tasks,
          (part, file) -> {
            accepted.take(part, file);
            taken.add(file);
          });
      int more = 0;
      for (Path folder : taken.stream().map(Path::getParent).distinct().toList()) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.part")) {
          for (Path file : files) {
            more += taken.contains(file) ? 0 : 1;
          }
        }
      }
      System.out.println(MORE + more);
    }

    @Override
    public void close() {
      runner.close();
    }
  }

  /**
   * Builds.
   *
   * @param args the folder of the catalogue, the name of the index's folder, items of a part, and
   *     the address of the cluster
   */
  public static void main(String[] args) throws Exception {
    SmallBuild build = SmallBuild.of(Path.of(args[0]));
    try (PartRunner spark =
        new SparkEngine()
            .open(
                args[3],
                "SparkDriver",
                Map.of("spark.executor.extraClassPath", System.getProperty("java.class.path")))) {
      build.parts(args[1], new Counting(spark), Integer.parseInt(args[2]));
    }
  }
}
