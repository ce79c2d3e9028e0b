package org.seesong.solr;

import java.util.concurrent.TimeUnit;
import org.apache.solr.common.params.CommonParams;
import org.apache.solr.request.SolrQueryRequest;

/**
 * When a request's {@code timeAllowed} is over, in the JVM's nanoseconds.
 *
 * @param isSet whether there is a limit at all
 * @param nanos {@link System#nanoTime} at the end
 */
record Deadline(boolean isSet, long nanos) {
  static Deadline of(SolrQueryRequest request) {
    long allowed = request.getParams().getLong(CommonParams.TIME_ALLOWED, -1);
    if (allowed < 0) {
      return new Deadline(false, 0);
    }
    long used = (long) request.getRequestTimer().getTime();
    return new Deadline(true, System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(allowed - used));
  }

  long remainingMillis() {
    return TimeUnit.NANOSECONDS.toMillis(nanos - System.nanoTime());
  }

  boolean isOver() {
    return isSet && remainingMillis() <= 0;
  }

  /** A deadline at a part of the time that is left, so that something is left for what follows. */
  Deadline part(double share) {
    long now = System.nanoTime();
    return isSet ? new Deadline(true, now + (long) ((nanos - now) * share)) : this;
  }
}
