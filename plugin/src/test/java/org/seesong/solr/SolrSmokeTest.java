package org.seesong.solr;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.apache.lucene.util.Version;
import org.apache.solr.client.api.util.SolrVersion;
import org.apache.solr.core.SolrResourceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seesong.vector.FloatMatrix;

class SolrSmokeTest {
  @Test
  void solrAndTheCoreShareOneLucene() {
    assertThat(SolrVersion.LATEST_STRING).isEqualTo("9.10.1");
    assertThat(Version.LATEST.toString()).isEqualTo("9.12.3");
  }

  @Test
  void solrsResourceLoaderFindsTheCore(@TempDir Path home) throws Exception {
    try (SolrResourceLoader loader = new SolrResourceLoader(home)) {
      assertThat(loader.findClass("org.seesong.vector.FloatMatrix", Object.class))
          .isEqualTo(FloatMatrix.class);
    }
  }
}
