package org.seesong.build;

import java.time.Duration;
import java.util.Objects;

/**
 * What a stage did and what it took.
 *
 * @param stage the stage
 * @param summary one line for people
 * @param wall time on the clock
 * @param cpu time of all the process' threads, zero where the JVM cannot tell
 */
public record StageReport(Stage stage, String summary, Duration wall, Duration cpu) {
  public StageReport {
    Objects.requireNonNull(stage, "stage");
    Objects.requireNonNull(summary, "summary");
    Objects.requireNonNull(wall, "wall");
    Objects.requireNonNull(cpu, "cpu");
  }
}
