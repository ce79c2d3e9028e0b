package org.seesong.part;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * Opens a {@link PartRunner} on machines of a cluster; found by {@link java.util.ServiceLoader}, so
 * that who starts a build need not know which engine there is.
 */
public interface PartEngine {
  /**
   * Whether this engine runs on a cluster of this address.
   *
   * @param address as {@code spark://host:7077}
   */
  boolean knows(String address);

  /**
   * Connects to a cluster.
   *
   * @param title what the work is, for people who watch the cluster
   * @param options the engine's own, by name
   * @return to be closed by the caller
   * @throws IOException if the cluster cannot be reached; the message says which
   * @throws IllegalArgumentException if an option is wrong
   */
  PartRunner open(String address, String title, Map<String, String> options) throws IOException;

  /**
   * Does one machine's part in a cluster, until the process is stopped.
   *
   * @param role {@code master} or {@code worker}
   * @param arguments the engine's own
   * @throws IllegalArgumentException if there is no such role
   */
  void serve(String role, List<String> arguments) throws InterruptedException;
}
