package org.seesong.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * The time of one thread by the clock, but for what it waited for a processor, which Linux counts,
 * as it does for the thread that collects garbage with Java's serial collector. Sleeping, waiting
 * for locks and collecting count.
 */
final class OwnTime {
  private static final Path TASKS = Path.of("/proc/self/task");

  /** Has nanoseconds on a processor, nanoseconds in the queue for one, and turns. */
  private static final Path OWN = Path.of("/proc/thread-self/schedstat");

  private static final Optional<Path> COLLECTOR = collector();

  private final long start = System.nanoTime();
  private final OptionalLong queued = queuedNanos();

  private OwnTime() {}

  /** Of this thread from now on. */
  static OwnTime start() {
    return new OwnTime();
  }

  /** Nanoseconds since the start; nothing where the system does not tell how long threads wait. */
  OptionalLong nanos() {
    long passed = System.nanoTime() - start;
    OptionalLong now = queuedNanos();
    if (queued.isEmpty() || now.isEmpty()) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(passed - (now.getAsLong() - queued.getAsLong()));
  }

  private static OptionalLong queuedNanos() {
    if (!Files.isReadable(OWN) || COLLECTOR.isEmpty()) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(queuedNanos(OWN) + queuedNanos(COLLECTOR.get()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long queuedNanos(Path schedule) throws IOException {
    return Long.parseLong(Files.readString(schedule).strip().split(" ")[1]);
  }

  private static Optional<Path> collector() {
    if (!Files.isReadable(OWN)) {
      return Optional.empty();
    }
    try (Stream<Path> tasks = Files.list(TASKS)) {
      return tasks
          .filter(task -> name(task).equals("VM Thread"))
          .map(task -> task.resolve("schedstat"))
          .findAny();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String name(Path task) {
    try {
      return Files.readString(task.resolve("comm")).strip();
    } catch (IOException e) {
      return ""; // it has ended meanwhile
    }
  }
}
