package org.seesong.build;

/**
 * Gets progress and reports of a build.
 *
 * <p>{@link #progress} may be called from several threads at once and often, so it must be quick;
 * the other methods are called from the thread that builds.
 */
public interface BuildListener {
  /** Takes no notice. */
  BuildListener NONE = new BuildListener() {};

  /** A stage begins. */
  default void started(Stage stage) {}

  /**
   * A stage has come some way.
   *
   * @param done how much is done, in the stage's unit
   * @param total how much there is, or -1 while unknown
   */
  default void progress(Stage stage, long done, long total) {}

  /**
   * A stage has ended well.
   *
   * @param report what it did and what it took
   */
  default void finished(StageReport report) {}
}
