package org.seesong.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * The time of one thread by the clock, but for what it waited for a processor, which Linux counts,
 * and for collections of garbage. Sleeping and waiting for locks count.
 */
final class OwnTime {
  /** Nanoseconds on a processor, nanoseconds in the queue for one, turns. */
  private static final Path SCHEDULE = Path.of("/proc/thread-self/schedstat");

  private final long start = System.nanoTime();
  private final OptionalLong queued = queuedNanos();
  private final long collected = collectedMillis();

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
    long collecting = TimeUnit.MILLISECONDS.toNanos(collectedMillis() - collected);
    return OptionalLong.of(passed - (now.getAsLong() - queued.getAsLong()) - collecting);
  }

  private static OptionalLong queuedNanos() {
    if (!Files.isReadable(SCHEDULE)) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(Long.parseLong(Files.readString(SCHEDULE).strip().split(" ")[1]));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long collectedMillis() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
        .mapToLong(GarbageCollectorMXBean::getCollectionTime)
        .sum();
  }
}
