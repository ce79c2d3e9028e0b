package org.seesong.solr;

import org.apache.solr.common.params.SolrParams;
import org.apache.solr.request.SolrQueryRequest;
import org.apache.solr.search.QParser;
import org.apache.solr.search.QParserPlugin;
import org.seesong.index.IndexLayout;

/**
 * {@code {!image}}: pictures that look like one, for use inside other queries.
 *
 * <p>{@code {!image vec=<base64url> encoder=<id>}} takes a vector and the id of the encoder that
 * made it, {@code {!image id=picture:7}} a picture of the collection. {@code k} says how many
 * pictures of each shard match (100), {@code f} the field, {@code handler} the path of the handler
 * that looks up ids. Several vectors or ids are separated by commas.
 */
public final class ImageQParserPlugin extends QParserPlugin {
  private static final NearQParser.Kind KIND =
      new NearQParser.Kind("image", IndexLayout.PICTURE_IMAGE_EMBEDDING, "encoder", false);

  /** For Solr. */
  public ImageQParserPlugin() {}

  @Override
  public QParser createParser(
      String text, SolrParams local, SolrParams params, SolrQueryRequest request) {
    return new NearQParser(KIND, text, local, params, request);
  }
}
