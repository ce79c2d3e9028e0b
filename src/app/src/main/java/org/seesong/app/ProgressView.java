package org.seesong.app;

import java.util.Locale;
import org.seesong.build.BuildListener;
import org.seesong.build.Stage;
import org.seesong.build.StageReport;

/** Shows a build's progress, a {@link ProgressMeter} for each stage. */
final class ProgressView implements BuildListener {
  private final Console console;
  private ProgressMeter meter;
  private Stage stage;

  ProgressView(Console console) {
    this.console = console;
  }

  @Override
  public synchronized void started(Stage begun) {
    closeBar();
    stage = begun;
    meter = ProgressMeter.ofThings(console, begun.title(), begun.unit());
  }

  synchronized boolean isAt(Stage wanted) {
    return stage == wanted;
  }

  @Override
  public synchronized void progress(Stage at, long done, long total) {
    if (meter != null) {
      meter.update(done, total);
    }
  }

  @Override
  public synchronized void finished(StageReport report) {
    closeBar();
    stage = null;
    console.log(
        String.format(
            Locale.ROOT,
            "%s: %s (%s, %s CPU)",
            report.stage().title(),
            report.summary(),
            ProgressMeter.duration(report.wall()),
            ProgressMeter.duration(report.cpu())));
  }

  /** Ends a bar that a failure left standing. */
  synchronized void closeBar() {
    if (meter != null) {
      meter.close();
      meter = null;
    }
  }
}
