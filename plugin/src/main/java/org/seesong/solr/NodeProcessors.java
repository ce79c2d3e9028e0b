package org.seesong.solr;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.solr.common.SolrException.ErrorCode;
import org.apache.solr.core.CoreContainer;

/**
 * Lets as many tasks of a node compute at once as it has processors; others wait in their order, so
 * that there is time to refuse requests. A task must not wait for anything else. Safe for any
 * number of threads.
 */
final class NodeProcessors {
  private final Semaphore processors =
      new Semaphore(Runtime.getRuntime().availableProcessors(), true);

  /** What keeps a processor busy. */
  interface Task<T> {
    T run() throws IOException;
  }

  /** Those of a node. */
  static NodeProcessors of(CoreContainer node) {
    // Cores that load the plugin by class loaders of their own cannot share.
    String key =
        NodeProcessors.class.getName()
            + '@'
            + System.identityHashCode(NodeProcessors.class.getClassLoader());
    return node.getObjectCache()
        .computeIfAbsent(key, NodeProcessors.class, absent -> new NodeProcessors());
  }

  /**
   * Runs a task when a processor is free for it.
   *
   * @param what the task does, for the message: encoding words
   * @throws StatusException with 503 if none is free within the time limit
   */
  <T> T compute(String what, Duration timeLimit, Task<T> task) throws IOException {
    if (!acquire(what, timeLimit.toMillis())) {
      throw unavailable("this node is busy " + what + "; retry soon");
    }
    return run(task);
  }

  /** The same, but nothing if none is free before a deadline that is set. */
  <T> Optional<T> compute(String what, Deadline deadline, Task<T> task) throws IOException {
    if (!deadline.isSet()) {
      return Optional.of(compute(what, EncoderSettings.TIME_LIMIT, task));
    }
    return acquire(what, deadline.remainingMillis()) ? Optional.of(run(task)) : Optional.empty();
  }

  private boolean acquire(String what, long millis) {
    try {
      return processors.tryAcquire(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable("interrupted before " + what);
    }
  }

  private <T> T run(Task<T> task) throws IOException {
    try {
      return task.run();
    } finally {
      processors.release();
    }
  }

  private static StatusException unavailable(String message) {
    return new StatusException(ErrorCode.SERVICE_UNAVAILABLE.code, message);
  }
}
