package org.seesong.solr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class NodeProcessorsTest {
  private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();
  private static final Duration LONG = Duration.ofSeconds(60);

  private final NodeProcessors processors = new NodeProcessors();
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  /** Keeps all processors busy until a latch opens. */
  private List<Future<Integer>> keepBusy(CountDownLatch over) throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(PROCESSORS);
    List<Future<Integer>> running = new ArrayList<>();
    for (int i = 0; i < PROCESSORS; i++) {
      running.add(
          threads.submit(
              () ->
                  processors.compute(
                      "waiting",
                      LONG,
                      () -> {
                        begun.countDown();
                        return uninterrupted(over);
                      })));
    }
    begun.await();
    return running;
  }

  private static int uninterrupted(CountDownLatch over) {
    try {
      over.await();
      return 1;
    } catch (InterruptedException e) {
      return 0;
    }
  }

  @Test
  void whatFindsNoProcessorInTimeIsRefused() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    List<Future<Integer>> running = keepBusy(over);
    assertThatThrownBy(() -> processors.compute("searching", Duration.ofMillis(1), () -> 1))
        .isInstanceOfSatisfying(
            StatusException.class, refusal -> assertThat(refusal.code()).isEqualTo(503))
        .hasMessage("this node is busy searching; retry soon");
    Deadline soon = new Deadline(true, System.nanoTime() + 1_000_000);
    assertThat(processors.<Integer>compute("searching", soon, () -> 1)).isEmpty();
    over.countDown();
    for (Future<Integer> each : running) {
      assertThat(each.get()).isEqualTo(1);
    }
    assertThat(processors.<Integer>compute("searching", LONG, () -> 2)).isEqualTo(2);
  }

  @Test
  void noMoreComputeAtOnceThanThereAreProcessors() throws Exception {
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    List<Future<Integer>> running = new ArrayList<>();
    for (int i = 0; i < 20 * PROCESSORS; i++) {
      running.add(
          threads.submit(
              () ->
                  processors.compute(
                      "searching",
                      LONG,
                      () -> {
                        most.accumulateAndGet(now.incrementAndGet(), Math::max);
                        LockSupport.parkNanos(100_000);
                        return now.decrementAndGet();
                      })));
    }
    for (Future<Integer> each : running) {
      assertThat(each.get()).isLessThan(PROCESSORS);
    }
    assertThat(most.get()).isBetween(1, PROCESSORS);
  }

  @Test
  void aTaskThatFailsLetsGo() throws IOException {
    for (int i = 0; i < 2 * PROCESSORS; i++) {
      assertThatThrownBy(
              () ->
                  processors.compute(
                      "searching",
                      LONG,
                      () -> {
                        throw new IOException("broken");
                      }))
          .isInstanceOf(IOException.class)
          .hasMessage("broken");
    }
    assertThat(processors.<Integer>compute("searching", LONG, () -> 4)).isEqualTo(4);
  }
}
