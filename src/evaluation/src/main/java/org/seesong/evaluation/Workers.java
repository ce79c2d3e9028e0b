package org.seesong.evaluation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.seesong.io.OrderedWork;

/**
 * Answers queries by several threads.
 *
 * @param threads at least 1
 */
record Workers(int threads) {
  /** What is done for a query. */
  interface Work<T> {
    T of(int query) throws IOException;
  }

  /** Does the work for 0 up to a number; results in that order. */
  <T> List<T> each(int number, Work<T> work, LongConsumer progress)
      throws IOException, InterruptedException {
    List<T> results = new ArrayList<>(number);
    OrderedWork.run(
        "seesong-evaluate",
        threads,
        number,
        2 * threads,
        work::of,
        (result, query) -> {
          results.add(result);
          progress.accept(results.size());
        });
    return results;
  }
}
