package org.seesong.solr;

import org.apache.solr.common.params.SolrParams;
import org.apache.solr.request.SolrQueryRequest;
import org.apache.solr.search.QParser;
import org.apache.solr.search.QParserPlugin;
import org.seesong.index.IndexLayout;

/**
 * {@code {!songsNear}}: songs near graph embeddings, for use inside other queries.
 *
 * <p>{@code {!songsNear id=song:7}} takes songs or pictures of the collection, {@code {!songsNear
 * vec=<base64url> embedding=<id>}} vectors and the id of the embedding that made them. {@code k}
 * says how many songs of each shard match (100), {@code f} the field, {@code handler} the path of
 * the handler that looks up ids. Several are separated by commas; the nearest one counts.
 */
public final class SongsNearQParserPlugin extends QParserPlugin {
  private static final NearQParser.Kind KIND =
      new NearQParser.Kind("songsNear", IndexLayout.SONG_GRAPH_EMBEDDING, "embedding", true);

  /** For Solr. */
  public SongsNearQParserPlugin() {}

  @Override
  public QParser createParser(
      String text, SolrParams local, SolrParams params, SolrQueryRequest request) {
    return new NearQParser(KIND, text, local, params, request);
  }
}
