package org.seesong.evaluation;

/** Follows an evaluation; progress may come often and must be cheap to handle. */
public interface EvaluationListener {
  /** Ignores everything. */
  EvaluationListener NONE = new EvaluationListener() {};

  /** A piece of work begins, in which units are counted. */
  default void started(String title, String unit) {}

  /** So much is done, of a total or of -1 while unknown. */
  default void progress(long done, long total) {}

  /** The piece of work has ended well. */
  default void finished(String summary) {}
}
