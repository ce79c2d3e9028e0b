package org.seesong.solr;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.LongHistogram;
import io.opentelemetry.api.metrics.ObservableLongGauge;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.apache.solr.common.params.ShardParams;
import org.apache.solr.handler.RequestHandlerBase;
import org.apache.solr.metrics.SolrMetricsContext;
import org.apache.solr.request.SolrQueryRequest;

/**
 * The part of the handler that counts, for Solr 10, which counts by OpenTelemetry. Compiled by the
 * profile solr-10 in place of its namesake; never part of what is shipped.
 */
abstract class MeteredHandler extends RequestHandlerBase {
  private HandlerMetrics shardMetrics = HandlerMetrics.NO_OP;
  private Attributes attributes = Attributes.empty();
  private LongHistogram encodeTimes;
  private LongCounter refusals;
  private LongCounter partialAnswers;
  private ObservableLongGauge underWay;

  /** Pictures between first byte and vector at this moment. */
  abstract int encodesUnderWay();

  @Override
  public void initializeMetrics(SolrMetricsContext parentContext, Attributes attributes) {
    super.initializeMetrics(parentContext, attributes);
    this.attributes = attributes;
    shardMetrics = new HandlerMetrics(solrMetricsContext, attributes, false);
    encodeTimes =
        solrMetricsContext.longHistogram(
            "seesong_encode_times", "microseconds from a picture's first byte to its vector");
    refusals = solrMetricsContext.longCounter("seesong_refusals", "pictures not taken");
    partialAnswers =
        solrMetricsContext.longCounter("seesong_partial_answers", "answers without some shard");
    underWay =
        solrMetricsContext.observableLongGauge(
            "seesong_encodes_under_way",
            "pictures between first byte and vector",
            measurement -> measurement.record(encodesUnderWay(), attributes));
  }

  @Override
  public void close() throws IOException {
    super.close();
    if (underWay != null) {
      underWay.close();
    }
  }

  @Override
  public HandlerMetrics getMetricsForThisRequest(SolrQueryRequest request) {
    return request.getParams().getBool(ShardParams.IS_SHARD, false) ? shardMetrics : metrics;
  }

  final void countEncode(long nanos) {
    encodeTimes.record(TimeUnit.NANOSECONDS.toMicros(nanos), attributes);
  }

  final void countRefusal() {
    refusals.add(1, attributes);
  }

  final void countPartialAnswer() {
    partialAnswers.add(1, attributes);
  }
}
