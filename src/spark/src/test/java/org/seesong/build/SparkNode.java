package org.seesong.build;

import java.util.List;
import org.seesong.spark.SparkEngine;

/** A master or a worker as {@code seesong spark} starts it, as a process of its own. */
final class SparkNode {
  private SparkNode() {}

  /**
   * Serves until it is killed.
   *
   * @param args the role, then what Spark takes
   */
  public static void main(String[] args) throws InterruptedException {
    new SparkEngine().serve(args[0], List.of(args).subList(1, args.length));
  }
}
