package org.seesong.it;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.solr.client.solrj.SolrClient;
import org.apache.solr.client.solrj.SolrRequest;
import org.apache.solr.client.solrj.SolrServerException;
import org.apache.solr.client.solrj.request.GenericSolrRequest;
import org.apache.solr.common.SolrDocument;
import org.apache.solr.common.SolrDocumentList;
import org.apache.solr.common.params.ModifiableSolrParams;

/** The example of src/docs/solr.md; a test compares them and runs it. */
final class SolrJExample {
  private SolrJExample() {}

  static List<String> titles(SolrClient solr, byte[] jpeg) throws SolrServerException, IOException {
    ModifiableSolrParams params = new ModifiableSolrParams();
    params.set("fl", "id,song_title");
    params.set("fq", "song_language:zh");
    params.set("rows", 5);
    GenericSolrRequest request =
        new GenericSolrRequest(SolrRequest.METHOD.POST, "/songs-by-image", params)
            .setRequiresCollection(true)
            .withContent(jpeg, "image/jpeg");
    SolrDocumentList songs = (SolrDocumentList) solr.request(request, "songs").get("response");
    List<String> titles = new ArrayList<>();
    for (SolrDocument song : songs) {
      titles.add((String) song.getFieldValue("song_title"));
    }
    return titles;
  }
}
