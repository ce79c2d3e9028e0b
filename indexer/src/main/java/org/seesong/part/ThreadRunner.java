package org.seesong.part;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.seesong.io.OrderedWork;

/**
 * Computes parts in threads of this process. For one calling thread at a time.
 *
 * @param threads at least 1
 */
public record ThreadRunner(int threads) implements PartRunner {
  public ThreadRunner {
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be at least 1; got: " + threads);
    }
  }

  @Override
  public void run(String title, List<? extends PartTask> tasks, Accepted accepted)
      throws IOException, InterruptedException {
    OrderedWork.run(
        "seesong-part",
        threads,
        tasks.size(),
        2 * threads,
        number -> tasks.get(number).run(),
        (String file, int number) -> accepted.take(tasks.get(number).part(), Path.of(file)));
  }

  @Override
  public void close() {
    // Threads end with each run.
  }
}
