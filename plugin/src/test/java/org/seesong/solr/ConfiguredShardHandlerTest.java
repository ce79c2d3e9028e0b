package org.seesong.solr;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.solr.cloud.MiniSolrCloudCluster;
import org.junit.jupiter.api.Test;

/** The same where solr.xml names another shard handler, which asks every shard over HTTP. */
class ConfiguredShardHandlerTest extends SecurityTest {
  @Override
  String solrXml() {
    String usual = MiniSolrCloudCluster.DEFAULT_CLOUD_SOLR_XML;
    String other =
        usual.replace("\"HttpShardHandlerFactory\"", "\"ParallelHttpShardHandlerFactory\"");
    assertThat(other).isNotEqualTo(usual);
    return other;
  }

  /** It has no shard by shard refusal, so the whole request is refused. */
  @Override
  @Test
  void aTolerantRequestGetsNothingOfWhatOneMayNotReadEither() throws Exception {
    for (int node = 0; node < 2; node++) {
      assertNothingLeaks(askTolerantly(node), "tolerant");
    }
  }
}
