package org.seesong.solr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.lucene.codecs.perfield.PerFieldKnnVectorsFormat;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.solr.client.solrj.SolrQuery;
import org.apache.solr.client.solrj.SolrRequest.METHOD;
import org.apache.solr.common.SolrDocumentList;
import org.apache.solr.common.SolrInputDocument;
import org.apache.solr.core.CoreContainer;
import org.apache.solr.core.SolrCore;
import org.junit.jupiter.api.Test;
import org.seesong.index.IndexLayout;
import org.seesong.knn.IvfVectorsFormat;
import org.seesong.vector.VectorSpace;

class ConfigsetTest extends BaseCloudTestCase {
  private static final VectorSpace FC2 = new VectorSpace("vgg19-fc2-<\"&>", 4096);

  @Override
  int nodes() {
    return 1;
  }

  @Test
  void takesVectorsOfFourThousandDimensionsAndFindsThem() throws Exception {
    upload("large", new Configset(FC2, NETWORK, "none"));
    create("large", "large", 1, 1);
    List<SolrInputDocument> documents = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      SolrInputDocument document = new SolrInputDocument();
      document.setField(IndexLayout.ID, "picture:" + i);
      document.setField(IndexLayout.KIND, IndexLayout.PICTURE);
      document.setField(IndexLayout.PICTURE_IMAGE_EMBEDDING, values(4096, i));
      document.setField(IndexLayout.PICTURE_GRAPH_EMBEDDING, values(8, i));
      documents.add(document);
    }
    add(client(), "large", documents);
    String vector = Arrays.toString(new float[4096]);
    SolrDocumentList found =
        client()
            .query("large", new SolrQuery("{!knn f=picture_vector topK=2}" + vector), METHOD.POST)
            .getResults();
    assertThat(found)
        .extracting(d -> d.getFieldValue("id"))
        .containsExactly("picture:0", "picture:1");
    SolrInputDocument odd = new SolrInputDocument();
    odd.setField(IndexLayout.ID, "picture:odd");
    odd.setField(IndexLayout.PICTURE_IMAGE_EMBEDDING, values(4095, 1));
    assertThatThrownBy(() -> client().add("large", odd))
        .hasMessageContaining(
            "field 'picture_vector' takes vectors of 'vgg19-fc2-<\"&>' (4096 dimensions):");
    odd.setField(IndexLayout.PICTURE_IMAGE_EMBEDDING, values(4096, Float.NaN));
    assertThatThrownBy(() -> client().add("large", odd))
        .hasMessageContaining("value 0 of field 'picture_vector' must be finite: NaN");
    odd.setField(IndexLayout.PICTURE_IMAGE_EMBEDDING, values(4096, (float) 1e15));
    assertThatThrownBy(() -> client().add("large", odd))
        .hasMessageContaining(
            "field 'picture_vector' must have a length of at most 1.0E15; got: 6.3");
  }

  @Test
  void vectorsAreKeptInClustersWithoutAGraph() throws Exception {
    VectorSpace few = new VectorSpace("few", 8);
    upload("formats", new Configset(few, NETWORK, "none"));
    create("formats", "formats", 1, 1);
    List<SolrInputDocument> documents = new ArrayList<>();
    for (int i = 0; i < 1200; i++) { // so many that a segment has clusters
      SolrInputDocument document = new SolrInputDocument();
      document.setField(IndexLayout.ID, "picture:" + i);
      document.setField(IndexLayout.PICTURE_IMAGE_EMBEDDING, values(8, i));
      documents.add(document);
    }
    add(client(), "formats", documents);
    CoreContainer node = cluster().getJettySolrRunner(0).getCoreContainer();
    String name =
        node.getLoadedCoreNames().stream().filter(c -> c.startsWith("formats_")).findAny().get();
    try (SolrCore core = node.getCore(name)) {
      core.withSearcher(
          searcher -> {
            for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
              assertThat(
                      leaf.reader()
                          .getFieldInfos()
                          .fieldInfo(IndexLayout.PICTURE_IMAGE_EMBEDDING)
                          .getAttribute(PerFieldKnnVectorsFormat.PER_FIELD_FORMAT_KEY))
                  .isEqualTo(IvfVectorsFormat.NAME);
            }
            return null;
          });
    }
    SolrDocumentList found =
        client()
            .query(
                "formats",
                new SolrQuery(
                    "{!knn f=picture_vector topK=3}"
                        + Arrays.toString(
                            new float[] {1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000.25f})))
            .getResults();
    assertThat(found)
        .extracting(d -> d.getFieldValue("id"))
        .containsExactlyInAnyOrder("picture:1000", "picture:999", "picture:1001");
  }

  private static List<Float> values(int dimension, float value) {
    List<Float> values = new ArrayList<>();
    for (int i = 0; i < dimension; i++) {
      values.add(value);
    }
    return values;
  }

  @Test
  void idsThatSolrWouldReplaceAreRefused() {
    assertThatThrownBy(() -> new Configset(new VectorSpace("a${b}", 2), NETWORK, "none").files())
        .hasMessage("Solr would replace '${' in 'a${b}'");
  }

  @Test
  void namesNoSolrFilesBesideItsTwo() throws Exception {
    assertThat(new Configset(VISUAL, NETWORK, "none").files().keySet())
        .containsExactly("managed-schema.xml", "solrconfig.xml");
  }
}
