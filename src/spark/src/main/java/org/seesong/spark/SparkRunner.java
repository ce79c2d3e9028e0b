package org.seesong.spark;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.spark.SimpleFutureAction;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.seesong.part.PartRunner;
import org.seesong.part.PartTask;
import scala.Function0;
import scala.Function1;
import scala.Function2;
import scala.collection.Iterator;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.BoxedUnit;

/**
 * Has each part computed by one task of Spark, which chooses the executor, tries again where one
 * fails or is lost, and may try slow ones twice. The parts' files tell the result; through Spark go
 * their names only.
 *
 * <p>For one calling thread at a time.
 */
final class SparkRunner implements PartRunner {
  private static final int POLL_MILLIS = 200;

  private final JavaSparkContext context;

  SparkRunner(JavaSparkContext context) {
    this.context = context;
  }

  /**
   * What a task came to.
   *
   * @param file the part's file, or null if it failed for the last time
   * @param problem why it failed
   */
  private record Outcome(int part, String file, String problem) implements Serializable {}

  /** Runs in the executor. */
  private static Outcome compute(Iterator<PartTask> tasks, int attempts) {
    PartTask task = tasks.next();
    try {
      return new Outcome(task.part(), task.run(), null);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("part " + task.part() + " was interrupted", e);
    } catch (IOException | RuntimeException e) {
      if (TaskContext.get().attemptNumber() + 1 < attempts) {
        throw new IllegalStateException(
            "part " + task.part() + " failed and is tried again: " + e.getMessage(), e);
      }
      String what = e instanceof IOException ? e.getMessage() : e.toString();
      return new Outcome(task.part(), null, what);
    }
  }

  @Override
  public void run(String title, List<? extends PartTask> tasks, Accepted accepted)
      throws IOException, InterruptedException {
    if (tasks.isEmpty()) {
      return;
    }
    int attempts = context.sc().conf().getInt("spark.task.maxFailures", 4);
    context.setJobDescription(title);
    JavaRDD<PartTask> parts = context.parallelize(List.<PartTask>copyOf(tasks), tasks.size());
    // Spark hands results over in a thread that must not wait for files.
    BlockingQueue<Outcome> outcomes = new LinkedBlockingQueue<>();
    SimpleFutureAction<BoxedUnit> job = submit(parts, tasks.size(), attempts, outcomes);
    try {
      for (int done = 0; done < tasks.size(); ) {
        Outcome outcome = outcomes.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
        if (outcome != null) {
          take(title, outcome, accepted);
          done++;
        } else if (job.isCompleted() && outcomes.isEmpty()) {
          throw failure(title, job);
        }
      }
    } finally {
      job.cancel();
    }
  }

  private static SimpleFutureAction<BoxedUnit> submit(
      JavaRDD<PartTask> parts, int size, int attempts, BlockingQueue<Outcome> outcomes) {
    Function1<Iterator<PartTask>, Outcome> work =
        (Function1<Iterator<PartTask>, Outcome> & Serializable) some -> compute(some, attempts);
    Function2<Object, Outcome, BoxedUnit> result =
        (number, outcome) -> {
          outcomes.add(outcome);
          return BoxedUnit.UNIT;
        };
    Function0<BoxedUnit> all = () -> BoxedUnit.UNIT;
    Seq<Object> numbers =
        CollectionConverters.asScala(
                IntStream.range(0, size).mapToObj(number -> (Object) number).toList())
            .toSeq();
    return parts.rdd().sparkContext().submitJob(parts.rdd(), work, numbers, result, all);
  }

  private static void take(String title, Outcome outcome, Accepted accepted) throws IOException {
    if (outcome.file() == null) {
      throw new IOException("part " + outcome.part() + " of " + title + ": " + outcome.problem());
    }
    accepted.take(outcome.part(), Path.of(outcome.file()));
  }

  private static IOException failure(String title, SimpleFutureAction<BoxedUnit> job) {
    Throwable cause =
        job.value().nonEmpty() && job.value().get().isFailure()
            ? job.value().get().failed().get()
            : new IllegalStateException("Spark ended the job without a result for each part");
    String message = String.valueOf(cause.getMessage());
    String first = message.lines().findFirst().orElse("");
    return new IOException("Spark gave up on " + title + ": " + first, cause);
  }

  @Override
  public void close() {
    context.close();
  }
}
