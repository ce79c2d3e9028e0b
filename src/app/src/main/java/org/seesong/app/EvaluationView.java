package org.seesong.app;

import java.time.Duration;
import org.seesong.evaluation.EvaluationListener;

/** Shows an evaluation's progress, a {@link ProgressMeter} for each piece of work. */
final class EvaluationView implements EvaluationListener, AutoCloseable {
  private final Console console;
  private ProgressMeter meter;
  private String title = "";
  private long start;

  EvaluationView(Console console) {
    this.console = console;
  }

  @Override
  public void started(String newTitle, String unit) {
    close();
    title = newTitle;
    start = System.nanoTime();
    meter = ProgressMeter.ofThings(console, title, unit);
  }

  @Override
  public void progress(long done, long total) {
    if (meter != null) {
      meter.update(done, total);
    }
  }

  @Override
  public void finished(String summary) {
    close();
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    console.log(title + ": " + summary + " (" + ProgressMeter.duration(took) + ")");
  }

  /** Ends a bar that a failure left standing. */
  @Override
  public void close() {
    if (meter != null) {
      meter.close();
      meter = null;
    }
  }
}
