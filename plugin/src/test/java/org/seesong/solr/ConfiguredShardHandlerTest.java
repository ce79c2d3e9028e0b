package org.seesong.solr;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.apache.solr.cloud.MiniSolrCloudCluster;
import org.apache.solr.handler.component.HttpShardHandler;
import org.apache.solr.handler.component.ParallelHttpShardHandlerFactory;
import org.apache.solr.handler.component.ShardHandler;
import org.apache.solr.request.SolrRequestInfo;
import org.junit.jupiter.api.AfterAll;

/** The same where solr.xml names another shard handler, which asks shards in parallel. */
class ConfiguredShardHandlerTest extends SecurityTest {
  /**
   * Asks shards in parallel for songs. Solr asks for its own ends in the usual way: in Solr 9.10
   * its parallel handler says that an answer is still open when it has given all, if the answer
   * came before the request was noted, and then a new collection waits without end (SOLR-18244).
   */
  public static final class Handlers extends ParallelHttpShardHandlerFactory {
    private static final AtomicInteger PARALLEL = new AtomicInteger();

    @Override
    public ShardHandler getShardHandler() {
      SolrRequestInfo info = SolrRequestInfo.getRequestInfo();
      if (info == null || !"/songs-by-image".equals(info.getReq().getPath())) {
        return new HttpShardHandler(this);
      }
      PARALLEL.incrementAndGet();
      return super.getShardHandler();
    }
  }

  @Override
  String solrXml() {
    String usual = MiniSolrCloudCluster.DEFAULT_CLOUD_SOLR_XML;
    String other =
        usual.replace("\"HttpShardHandlerFactory\"", "\"" + Handlers.class.getName() + "\"");
    assertThat(other).isNotEqualTo(usual);
    return other;
  }

  @AfterAll
  void shardsWereAskedInParallel() {
    assertThat(Handlers.PARALLEL.get()).isGreaterThan(20);
  }
}
