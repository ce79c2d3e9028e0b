package org.seesong.solr;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.solr.cloud.MiniSolrCloudCluster;

/** The same where solr.xml names another shard handler, which asks shards in parallel. */
class ConfiguredShardHandlerTest extends SecurityTest {
  @Override
  String solrXml() {
    String usual = MiniSolrCloudCluster.DEFAULT_CLOUD_SOLR_XML;
    String other =
        usual.replace("\"HttpShardHandlerFactory\"", "\"ParallelHttpShardHandlerFactory\"");
    assertThat(other).isNotEqualTo(usual);
    return other;
  }
}
