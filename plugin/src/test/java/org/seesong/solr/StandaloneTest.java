package org.seesong.solr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.solr.client.solrj.SolrClient;
import org.apache.solr.client.solrj.request.schema.FieldTypeDefinition;
import org.apache.solr.client.solrj.request.schema.SchemaRequest;
import org.apache.solr.common.SolrInputDocument;
import org.apache.solr.embedded.JettyConfig;
import org.apache.solr.embedded.JettySolrRunner;
import org.apache.solr.util.circuitbreaker.CircuitBreaker;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.seesong.encoder.DescriptorEncoder;
import org.seesong.query.TwoHopOptions;
import org.seesong.solr.SongCatalogue.Expected;
import org.seesong.solr.SongsHttp.Reply;
import org.seesong.vector.VectorSpace;

/** A Solr without ZooKeeper, with cores that users manage themselves. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StandaloneTest {
  private static final VectorSpace DESCRIPTOR =
      new VectorSpace("descriptor-2", new DescriptorEncoder().dimension());
  private static final VectorSpace NETWORK = new VectorSpace("test-embedding", 8);
  private static final SongCatalogue CATALOGUE =
      SongCatalogue.random(5, 50, 150, DESCRIPTOR.dimension(), NETWORK.dimension());

  private JettySolrRunner node;

  /** Says that the node has more to do than it can. */
  public static final class Tripped extends CircuitBreaker {
    /** For Solr. */
    public Tripped() {}

    @Override
    public boolean isTripped() {
      return true;
    }

    @Override
    public String getErrorMessage() {
      return "tripped by a test";
    }
  }

  @BeforeAll
  void start(@TempDir Path home) throws Exception {
    Files.writeString(home.resolve("solr.xml"), "<solr/>");
    for (String name : List.of("both", "songs", "pictures", "tripped", "renamed")) {
      Path config = Files.createDirectories(home.resolve(name).resolve("conf"));
      new Configset(DESCRIPTOR, NETWORK, "descriptor").writeTo(config);
      Files.writeString(home.resolve(name).resolve("core.properties"), "name=" + name);
    }
    Path config = home.resolve("tripped/conf/solrconfig.xml");
    Files.writeString(
        config,
        Files.readString(config)
            .replace(
                "<query>", "<circuitBreaker class=\"" + Tripped.class.getName() + "\"/>\n<query>"));
    // Another core of pictures, which has a name of its own for their vectors.
    Path schema = home.resolve("renamed/conf/managed-schema.xml");
    Files.writeString(
        schema, Files.readString(schema).replace("name=\"picture_vector\"", "name=\"looks\""));
    config = home.resolve("renamed/conf/solrconfig.xml");
    Files.writeString(
        config,
        Files.readString(config)
            .replace(
                "<str name=\"encoder\">",
                "<lst name=\"fields\"><str name=\"pictureVector\">looks</str></lst>"
                    + "<str name=\"encoder\">")
            .replaceAll(
                "(?s)<updateRequestProcessorChain name=\"pictures\">.*?</updateRequest\\w+>", ""));
    node = new JettySolrRunner(home.toString(), JettyConfig.builder().build());
    node.start();
    try (SolrClient client = node.newClient()) {
      List<SolrInputDocument> both = new ArrayList<>(CATALOGUE.pictureDocuments());
      both.addAll(CATALOGUE.songDocuments());
      BaseCloudTestCase.add(client, "both", both);
      BaseCloudTestCase.add(client, "pictures", CATALOGUE.pictureDocuments());
      List<SolrInputDocument> renamed = CATALOGUE.pictureDocuments();
      renamed.forEach(
          picture -> picture.setField("looks", picture.removeField("picture_vector").getValue()));
      BaseCloudTestCase.add(client, "renamed", renamed);
      BaseCloudTestCase.add(client, "songs", CATALOGUE.songDocuments());
    }
  }

  @AfterAll
  void stop() throws Exception {
    if (node != null) {
      node.stop();
    }
  }

  private SongsHttp http(String core) {
    return new SongsHttp(node.getBaseUrl().toString(), core);
  }

  @Test
  void oneCoreAnswersLikeBruteForce() throws Exception {
    SplittableRandom random = new SplittableRandom(4);
    for (int round = 0; round < 6; round++) {
      float[] query = SongCatalogue.vector(random, DESCRIPTOR.dimension());
      Expected expected =
          CATALOGUE.expected(query, TwoHopOptions.DEFAULT, song -> song.year() >= 2000);
      boolean sidecar = round % 2 == 1;
      Reply reply =
          http(sidecar ? "songs" : "both")
              .byVector(
                  query,
                  DESCRIPTOR.id(),
                  "image.mode",
                  "exact",
                  "image.collection",
                  sidecar ? "pictures" : "",
                  "fq",
                  "song_year:[2000 TO *]");
      assertThat(reply.status()).as(reply.error()).isEqualTo(200);
      assertThat(reply.anchors()).isEqualTo(expected.anchors());
      assertThat(reply.songs()).isEqualTo(expected.songs());
    }
  }

  @Test
  void aMissingCoreIsNamed() throws Exception {
    Reply reply = http("songs").form("image.id", "picture:1", "image.collection", "nowhere");
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.error())
        .isEqualTo("image.collection names 'nowhere', but this node has no such core");
  }

  @Test
  void circuitBreakersTripBeforeAPictureIsLookedAt() throws Exception {
    byte[] none = "no picture".getBytes(StandardCharsets.UTF_8);
    assertThat(http("both").body(none, "image/jpeg").status()).isEqualTo(400);
    Reply reply = http("tripped").body(none, "image/jpeg");
    assertThat(reply.status()).isEqualTo(429);
    assertThat(reply.error()).contains("tripped by a test");
  }

  @Test
  void timeThatIsOverIsSeenBeforeAPictureIsLookedAt() throws Exception {
    byte[] none = "no picture".getBytes(StandardCharsets.UTF_8);
    Reply reply = http("both").body(none, "image/jpeg", "timeAllowed", "0");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.isPartial()).isTrue();
  }

  private void assertAnswersLikeBruteForce(String core, String... params) throws Exception {
    float[] query = SongCatalogue.vector(new SplittableRandom(6), DESCRIPTOR.dimension());
    Expected expected = CATALOGUE.expected(query, TwoHopOptions.DEFAULT, song -> true);
    Reply reply = http(core).byVector(query, DESCRIPTOR.id(), params);
    assertThat(reply.status()).as(reply.error()).isEqualTo(200);
    assertThat(reply.anchors()).isEqualTo(expected.anchors());
    assertThat(reply.songs()).isEqualTo(expected.songs());
  }

  @Test
  void anotherCoreReadsTheFieldsThatItsOwnHandlerNames() throws Exception {
    assertAnswersLikeBruteForce("songs", "image.collection", "renamed");
  }

  @Test
  void readersThatWatchTheTimeAnswerTheSame() throws Exception {
    System.setProperty("solr.useExitableDirectoryReader", "true");
    try {
      node.getCoreContainer().reload("both");
      for (String mode : List.of("auto", "exact", "approximate")) {
        assertAnswersLikeBruteForce("both", "image.mode", mode, "timeAllowed", "60000");
      }
    } finally {
      System.clearProperty("solr.useExitableDirectoryReader");
      node.getCoreContainer().reload("both");
    }
  }

  @Test
  void vectorsOfBytesAreRefusedWhenTheSchemaGetsThem() throws Exception {
    Map<String, Object> type =
        Map.of(
            "name",
            "bytes",
            "class",
            VectorSpaceField.class.getName(),
            "space",
            "e",
            "vectorDimension",
            "4",
            "similarityFunction",
            "euclidean",
            "vectorEncoding",
            "BYTE");
    FieldTypeDefinition definition = new FieldTypeDefinition();
    definition.setAttributes(type);
    try (SolrClient client = node.newClient()) {
      assertThatThrownBy(
              () -> new SchemaRequest.AddFieldType(definition).process(client, "tripped"))
          .hasStackTraceContaining("must have vectorEncoding 'FLOAT32' or none; got: BYTE");
    }
  }
}
