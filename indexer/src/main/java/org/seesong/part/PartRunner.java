package org.seesong.part;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Decides who computes parts, and nothing else: threads or the machines of a cluster. All of them
 * see the same folders under the same names.
 */
public interface PartRunner extends AutoCloseable {
  /** Takes over parts as they are done; called by the thread that called {@link #run}. */
  interface Accepted {
    /**
     * Takes over one part.
     *
     * @param file what the task returned, on this machine
     */
    void take(int part, Path file) throws IOException;
  }

  /**
   * Has parts computed and hands each over once, in whatever order they are done.
   *
   * @param title what the parts are of, for people
   * @throws IOException if a part cannot be computed, after the engine has tried again as often as
   *     it does; the message says which and why. Parts that were handed over stay
   * @throws InterruptedException if the calling thread is interrupted; nothing is computed any more
   */
  void run(String title, List<? extends PartTask> tasks, Accepted accepted)
      throws IOException, InterruptedException;

  /** Lets go of the engine. */
  @Override
  void close();
}
