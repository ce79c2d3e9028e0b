package org.seesong.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class OwnTimeTest {
  private static final long SHORT = Duration.ofMillis(200).toNanos();

  @BeforeEach
  void requireCounts() {
    assumeThat(OwnTime.start().nanos())
        .as("this system does not tell how long threads wait")
        .isPresent();
  }

  private static long spin(long nanos) {
    long start = System.nanoTime();
    while (System.nanoTime() - start < nanos) {
      Thread.onSpinWait();
    }
    return System.nanoTime() - start;
  }

  @Test
  void aThreadThatSleepsIsOnItsOwnTime() {
    OwnTime time = OwnTime.start();
    long end = System.nanoTime() + SHORT;
    while (System.nanoTime() < end) {
      LockSupport.parkNanos(SHORT);
    }
    // Waking up late is waiting for a processor.
    assertThat(time.nanos().getAsLong()).isGreaterThan(SHORT / 2);
  }

  @Test
  void waitingForAProcessorIsNot() throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    List<Thread> others = new ArrayList<>();
    for (int i = 0; i < 5 * Runtime.getRuntime().availableProcessors(); i++) {
      Thread other = new Thread(() -> spinUntil(over));
      others.add(other);
      other.start();
    }
    OwnTime time = OwnTime.start();
    long passed = spin(5 * SHORT);
    long own = time.nanos().getAsLong();
    over.set(true);
    for (Thread other : others) {
      other.join();
    }
    assertThat(own).isLessThan(passed * 2 / 3);
  }

  private static void spinUntil(AtomicBoolean over) {
    while (!over.get()) {
      Thread.onSpinWait();
    }
  }
}
