package org.seesong.build;

import java.time.Duration;

/** Measures one stage after another. */
final class StageClock {
  private final Stage stage;
  private final long wallStart = System.nanoTime();
  private final Duration cpuStart = cpu();

  StageClock(Stage stage) {
    this.stage = stage;
  }

  StageReport stop(String summary) {
    Duration wall = Duration.ofNanos(System.nanoTime() - wallStart);
    return new StageReport(stage, summary, wall, cpu().minus(cpuStart));
  }

  /** Of all threads together, in steps of 10 ms; zero where the system does not tell. */
  private static Duration cpu() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
  }
}
