package org.seesong.build;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** Measures one stage after another and reports them to a listener. For one thread. */
final class StageLog {
  private final BuildListener listener;
  private final List<StageReport> reports = new ArrayList<>();
  private Stage stage = Stage.CATALOGUE;
  private long wallStart;
  private Duration cpuStart = Duration.ZERO;

  StageLog(BuildListener listener) {
    this.listener = Objects.requireNonNull(listener, "listener");
  }

  void start(Stage next) {
    stage = next;
    listener.started(next);
    wallStart = System.nanoTime();
    cpuStart = cpu();
  }

  /** May be called from any thread. */
  void progress(long done, long total) {
    listener.progress(stage, done, total);
  }

  void finish(String summary, Object... numbers) {
    Duration wall = Duration.ofNanos(System.nanoTime() - wallStart);
    Duration cpu = cpu().minus(cpuStart);
    StageReport report =
        new StageReport(stage, String.format(Locale.ROOT, summary, numbers), wall, cpu);
    reports.add(report);
    listener.finished(report);
  }

  List<StageReport> reports() {
    return List.copyOf(reports);
  }

  /** Of all threads together, in steps of 10 ms; zero where the system does not tell. */
  private static Duration cpu() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
  }
}
