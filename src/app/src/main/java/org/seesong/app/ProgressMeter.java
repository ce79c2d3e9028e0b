package org.seesong.app;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.Duration;
import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * Shows how far a piece of work is: a bar with rate and time left on a terminal, plain lines now
 * and then otherwise. Safe for any number of threads.
 */
final class ProgressMeter implements AutoCloseable {
  /** Plain lines come no more often than this. */
  private static final long LINE_NANOS = Duration.ofSeconds(10).toNanos();

  private final Console console;
  private final String title;
  private final Unit unit;
  private final long start = System.nanoTime();
  private long lastLine = start;
  private ProgressBar bar;

  private ProgressMeter(Console console, String title, Unit unit) {
    this.console = console;
    this.title = title;
    this.unit = unit;
  }

  /** What is counted: "pictures", or "MB" of a million. */
  private record Unit(String name, long size) {}

  /** Begins work that is counted one by one; it is named where no bar will name it. */
  static ProgressMeter ofThings(Console console, String title, String things) {
    return begin(new ProgressMeter(console, title, new Unit(things, 1)));
  }

  /** Begins work that is counted in bytes. */
  static ProgressMeter ofBytes(Console console, String title) {
    return begin(new ProgressMeter(console, title, new Unit("MB", 1_000_000)));
  }

  private static ProgressMeter begin(ProgressMeter meter) {
    if (!meter.console.isTerminal()) {
      meter.console.log(meter.title + " ...");
    }
    return meter;
  }

  /** Takes note; a total of -1 is not known. */
  synchronized void update(long done, long total) {
    if (console.isTerminal()) {
      if (bar == null) {
        bar = newBar(total);
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
      console.log("  " + plain(done, total, now - start));
    }
  }

  private ProgressBar newBar(long total) {
    ProgressBarBuilder builder =
        new ProgressBarBuilder()
            .setTaskName(String.format(Locale.ROOT, "%-22s", title))
            .setInitialMax(total)
            .setStyle(ProgressBarStyle.UNICODE_BLOCK)
            .setUpdateIntervalMillis(200)
            .showSpeed(new DecimalFormat("#,##0.#", DecimalFormatSymbols.getInstance(Locale.ROOT)))
            .setConsumer(new ConsoleProgressBarConsumer(console.logStream()));
    return (unit.size() == 1 ? builder : builder.setUnit(unit.name(), unit.size())).build();
  }

  private String plain(long done, long total, long nanos) {
    return plain(unit.name(), done / unit.size(), total < 0 ? -1 : total / unit.size(), nanos);
  }

  static String plain(String unit, long done, long total, long nanos) {
    double rate = done / Math.max(1e-9, nanos / 1e9);
    String text = String.format(Locale.ROOT, "%,d %s, %,.0f/s", done, unit, rate);
    if (total <= 0 || done <= 0) {
      return text;
    }
    return String.format(
        Locale.ROOT,
        "%,d of %,d %s (%d %%), %,.0f/s, %s left",
        done,
        total,
        unit,
        100 * done / total,
        rate,
        duration(Duration.ofSeconds(Math.round((total - done) / rate))));
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

  /** Ends the bar, if there is one. */
  @Override
  public synchronized void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
