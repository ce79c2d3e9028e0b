package org.apache.solr.handler.component;

/** Makes responses of shards that failed, which Solr lets its own package do only. */
public final class FailedShards {
  private FailedShards() {}

  /** Says in a response why there is none. */
  public static void fail(ShardResponse response, Throwable failure) {
    response.setException(failure);
  }
}
