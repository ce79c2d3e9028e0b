package org.seesong.solr;

import org.apache.solr.common.util.NamedList;
import org.apache.solr.request.SolrQueryRequest;
import org.apache.solr.response.BinaryResponseWriter;
import org.apache.solr.response.SolrQueryResponse;

/** What a client would read of a response. Apart, because Solr 10 names the writer otherwise. */
final class ParsedResponse {
  private ParsedResponse() {}

  static NamedList<Object> of(SolrQueryRequest request, SolrQueryResponse response) {
    return BinaryResponseWriter.getParsedResponse(request, response);
  }
}
