package org.seesong.solr;

import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.solr.common.params.SolrParams;
import org.apache.solr.request.SolrQueryRequest;
import org.apache.solr.search.QParser;
import org.apache.solr.search.QParserPlugin;

/** {@code {!sleep shard=shard1 ms=2000}}: a filter that makes one shard slow. */
public final class SleepQParserPlugin extends QParserPlugin {
  @Override
  public QParser createParser(
      String text, SolrParams local, SolrParams params, SolrQueryRequest request) {
    return new QParser(text, local, params, request) {
      @Override
      public Query parse() {
        String shard = request.getCore().getCoreDescriptor().getCloudDescriptor().getShardId();
        if (shard.equals(local.get("shard")) && params.getBool("isShard", false)) {
          try {
            Thread.sleep(local.getInt("ms", 0));
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        }
        return new MatchAllDocsQuery();
      }
    };
  }
}
