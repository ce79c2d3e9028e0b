package org.seesong.solr;

import org.apache.solr.common.util.NamedList;
import org.apache.solr.request.SolrQueryRequest;
import org.apache.solr.response.JavaBinResponseWriter;
import org.apache.solr.response.SolrQueryResponse;

/** What a client would read of a response, for Solr 10; compiled in place of its namesake. */
final class ParsedResponse {
  private ParsedResponse() {}

  static NamedList<Object> of(SolrQueryRequest request, SolrQueryResponse response) {
    return JavaBinResponseWriter.getParsedResponse(request, response);
  }
}
