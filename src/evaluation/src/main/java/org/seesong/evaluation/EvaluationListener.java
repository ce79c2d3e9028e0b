package org.seesong.evaluation;

/** Is told how an evaluation goes; progress may come often and must be quick to take. */
public interface EvaluationListener {
  /** Takes no notice. */
  EvaluationListener NONE = new EvaluationListener() {};

  /**
   * A piece of work begins.
   *
   * @param title what is done
   * @param unit what is counted
   */
  default void started(String title, String unit) {}

  /**
   * It has come some way.
   *
   * @param done how much is done
   * @param total how much there is, or -1 while unknown
   */
  default void progress(long done, long total) {}

  /**
   * It has ended well.
   *
   * @param summary what came of it
   */
  default void finished(String summary) {}
}
