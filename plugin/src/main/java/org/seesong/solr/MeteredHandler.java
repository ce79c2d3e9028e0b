package org.seesong.solr;

import com.codahale.metrics.Counter;
import com.codahale.metrics.Timer;
import java.util.concurrent.TimeUnit;
import org.apache.solr.common.params.ShardParams;
import org.apache.solr.handler.RequestHandlerBase;
import org.apache.solr.metrics.SolrMetricsContext;
import org.apache.solr.request.SolrQueryRequest;

/**
 * The part of the handler that counts, in Solr's own registry: what Solr counts for every handler
 * (requests, errors, timeouts, times; those between nodes apart, under {@code [shard]}), and
 *
 * <ul>
 *   <li>{@code encodeTimes}: from the first byte of a picture to its vector
 *   <li>{@code encodesUnderWay}: pictures between the two at this moment, over all cores
 *   <li>{@code refusals}: pictures not taken, because they are none, too large or too many
 *   <li>{@code partialAnswers}: answers without some shard
 * </ul>
 *
 * <p>Apart from the rest, because Solr 10 counts otherwise.
 */
abstract class MeteredHandler extends RequestHandlerBase {
  private HandlerMetrics shardMetrics = HandlerMetrics.NO_OP;
  private Timer encodeTimes = new Timer();
  private Counter refusals = new Counter();
  private Counter partialAnswers = new Counter();

  /** Pictures between first byte and vector at this moment. */
  abstract int encodesUnderWay();

  @Override
  public void initializeMetrics(SolrMetricsContext parentContext, String scope) {
    super.initializeMetrics(parentContext, scope);
    String category = getCategory().toString();
    shardMetrics = new HandlerMetrics(solrMetricsContext, category, scope + "[shard]");
    encodeTimes = solrMetricsContext.timer("encodeTimes", category, scope);
    refusals = solrMetricsContext.counter("refusals", category, scope);
    partialAnswers = solrMetricsContext.counter("partialAnswers", category, scope);
    solrMetricsContext.gauge(this::encodesUnderWay, true, "encodesUnderWay", category, scope);
  }

  @Override
  public HandlerMetrics getMetricsForThisRequest(SolrQueryRequest request) {
    return request.getParams().getBool(ShardParams.IS_SHARD, false) ? shardMetrics : metrics;
  }

  final void countEncode(long nanos) {
    encodeTimes.update(nanos, TimeUnit.NANOSECONDS);
  }

  final void countRefusal() {
    refusals.inc();
  }

  final void countPartialAnswer() {
    partialAnswers.inc();
  }
}
