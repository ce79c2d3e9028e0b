package org.seesong.app;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.Duration;
import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.seesong.build.BuildListener;
import org.seesong.build.Stage;
import org.seesong.build.StageReport;

/**
 * Shows a build's progress: a bar with rate and time left on a terminal, plain lines now and then
 * otherwise.
 */
final class ProgressView implements BuildListener {
  /** Plain lines come no more often than this. */
  private static final long LINE_NANOS = Duration.ofSeconds(10).toNanos();

  private final Console console;
  private ProgressBar bar;
  private long stageStart;
  private long lastLine;

  ProgressView(Console console) {
    this.console = console;
  }

  @Override
  public synchronized void started(Stage stage) {
    stageStart = System.nanoTime();
    lastLine = stageStart;
    if (!console.isTerminal()) {
      console.log(stage.title() + " ...");
    }
  }

  @Override
  public synchronized void progress(Stage stage, long done, long total) {
    if (console.isTerminal()) {
      if (bar == null) {
        bar = newBar(stage, total);
      }
      // Several threads report, so a later call may bring an earlier number.
      if (done > bar.getCurrent()) {
        bar.stepTo(done);
      }
      return;
    }
    long now = System.nanoTime();
    if (now - lastLine >= LINE_NANOS) {
      lastLine = now;
      console.log("  " + plain(stage, done, total, now - stageStart));
    }
  }

  private ProgressBar newBar(Stage stage, long total) {
    return new ProgressBarBuilder()
        .setTaskName(String.format(Locale.ROOT, "%-22s", stage.title()))
        .setInitialMax(total)
        .setStyle(ProgressBarStyle.UNICODE_BLOCK)
        .setUpdateIntervalMillis(200)
        .showSpeed(new DecimalFormat("#,##0.#", DecimalFormatSymbols.getInstance(Locale.ROOT)))
        .setConsumer(new ConsoleProgressBarConsumer(console.logStream()))
        .build();
  }

  static String plain(Stage stage, long done, long total, long nanos) {
    double rate = done / Math.max(1e-9, nanos / 1e9);
    String text = String.format(Locale.ROOT, "%,d %s, %,.0f/s", done, stage.unit(), rate);
    if (total <= 0 || done <= 0) {
      return text;
    }
    return String.format(
        Locale.ROOT,
        "%,d of %,d %s (%d %%), %,.0f/s, %s left",
        done,
        total,
        stage.unit(),
        100 * done / total,
        rate,
        duration(Duration.ofSeconds(Math.round((total - done) / rate))));
  }

  @Override
  public synchronized void finished(StageReport report) {
    closeBar();
    console.log(
        String.format(
            Locale.ROOT,
            "%s: %s (%s, %s CPU)",
            report.stage().title(),
            report.summary(),
            duration(report.wall()),
            duration(report.cpu())));
  }

  /** Ends a bar that a failure left standing. */
  synchronized void closeBar() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }

  static String duration(Duration duration) {
    long seconds = duration.toSeconds();
    if (seconds < 10) {
      return String.format(Locale.ROOT, "%.1fs", duration.toMillis() / 1e3);
    }
    if (seconds < 60) {
      return seconds + "s";
    }
    if (seconds < 3600) {
      return String.format(Locale.ROOT, "%dm%02ds", seconds / 60, seconds % 60);
    }
    return String.format(Locale.ROOT, "%dh%02dm", seconds / 3600, seconds / 60 % 60);
  }
}
