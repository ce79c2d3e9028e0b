package org.seesong.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrderedWorkTest {
  @ParameterizedTest
  @CsvSource({"1, 1", "1, 5", "3, 1", "3, 4", "4, 1000"})
  void resultsComeInOrderAndFewPiecesAreAhead(int threads, int ahead) throws Exception {
    List<Integer> taken = new ArrayList<>();
    AtomicInteger open = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    OrderedWork.run(
        "test",
        threads,
        200,
        ahead,
        piece -> {
          most.accumulateAndGet(open.incrementAndGet(), Math::max);
          Thread.sleep(piece % 7 == 0 ? 1 : 0);
          return 2 * piece;
        },
        (result, piece) -> {
          assertThat(result).isEqualTo(2 * piece);
          open.decrementAndGet();
          taken.add(piece);
        });
    assertThat(taken).isEqualTo(IntStream.range(0, 200).boxed().toList());
    assertThat(most.get()).isLessThanOrEqualTo(ahead + 1);
  }

  @Test
  void failuresAreThrownAndEndTheThreads() throws InterruptedException {
    assertThatThrownBy(() -> run(new IOException("the disk is gone")))
        .isInstanceOf(IOException.class)
        .hasMessage("the disk is gone");
    assertThatThrownBy(() -> run(new ArithmeticException("by zero")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("a thread of test failed")
        .hasRootCauseMessage("by zero");
    assertThatThrownBy(() -> run(new StackOverflowError())).isInstanceOf(StackOverflowError.class);
    // A pool has ended when its threads have left it, which is a moment before they end.
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().startsWith("test-")) {
        thread.join(10_000);
        assertThat(thread.isAlive()).as(thread.getName()).isFalse();
      }
    }
  }

  private static void run(Throwable failure) throws IOException, InterruptedException {
    OrderedWork.run(
        "test",
        2,
        10,
        3,
        piece -> {
          if (piece == 4 && failure instanceof IOException e) {
            throw e;
          }
          if (piece == 4 && failure instanceof RuntimeException e) {
            throw e;
          }
          if (piece == 4) {
            throw (Error) failure;
          }
          return piece;
        },
        (result, piece) -> {});
  }

  @Test
  void anInterruptionEndsIt() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(
            () -> OrderedWork.run("test", 2, 10, 3, piece -> piece, (result, piece) -> {}))
        .isInstanceOf(InterruptedException.class);
  }

  @Test
  void anInterruptionEndsItAlthoughAllIsDone() throws Exception {
    CountDownLatch done = new CountDownLatch(10);
    List<Integer> taken = new ArrayList<>();
    assertThatThrownBy(
            () ->
                OrderedWork.run(
                    "test",
                    2,
                    10,
                    10,
                    piece -> {
                      done.countDown();
                      return piece;
                    },
                    (result, piece) -> {
                      taken.add(piece);
                      awaitAndInterrupt(done);
                    }))
        .isInstanceOf(InterruptedException.class);
    assertThat(taken).containsExactly(0);
  }

  private static void awaitAndInterrupt(CountDownLatch done) {
    try {
      done.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    Thread.currentThread().interrupt();
  }
}
