package org.seesong.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.solr.client.solrj.SolrQuery;
import org.apache.solr.client.solrj.impl.CloudSolrClient;
import org.apache.solr.client.solrj.request.CollectionAdminRequest;
import org.apache.solr.client.solrj.request.ConfigSetAdminRequest;
import org.apache.solr.client.solrj.request.UpdateRequest;
import org.apache.solr.cloud.MiniSolrCloudCluster;
import org.apache.solr.common.SolrInputDocument;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seesong.index.CatalogueIndex;
import org.seesong.solr.Configset;

/** Pushes after something else changed: the layout, the documents, the configset, the aliases. */
class SolrPushAgainTest {
  private static final int SONGS = 60;
  private static final int PICTURES = 40;

  @TempDir static Path shared;
  private static MiniSolrCloudCluster cluster;
  private static Path small;
  private static Path large;

  @BeforeAll
  static void startSolrAndBuildCatalogues() throws Exception {
    cluster = new MiniSolrCloudCluster.Builder(1, shared.resolve("cloud")).build();
    small = build("small", SONGS, PICTURES);
    large = build("large", 2 * SONGS, 2 * PICTURES);
  }

  private static Path build(String name, int songs, int pictures) throws Exception {
    SmallCatalogue catalogue =
        SmallCatalogue.writeTo(shared.resolve("catalogue-" + name), songs, pictures);
    Path out = shared.resolve(name);
    CommandRun.build(catalogue.songs(), catalogue.pictures(), out).ends(0);
    return out;
  }

  @AfterAll
  static void stopSolr() throws Exception {
    cluster.shutdown();
  }

  private static CloudSolrClient client() {
    return cluster.getSolrClient();
  }

  private static String solr() {
    return cluster.getJettySolrRunner(0).getBaseUrl().toString();
  }

  private static CommandRun push(Path catalogue, String name, Object... more) {
    List<Object> arguments = new ArrayList<>(List.of("push", catalogue, "--solr", solr()));
    arguments.addAll(List.of("--collection", name, "--json"));
    arguments.addAll(List.of(more));
    return CommandRun.of(arguments.toArray());
  }

  private static long count(String collection, String query) throws Exception {
    return client().query(collection, new SolrQuery(query)).getResults().getNumFound();
  }

  /** Another layout is another generation, and the alias of pictures follows. */
  @Test
  void theLayoutMayChangeBetweenPushes() throws Exception {
    push(small, "layout", "--two-collections").ends(0);
    assertThat(count("layout", "*:*")).isEqualTo(SONGS);
    JsonNode one = push(small, "layout").ends(0).json().get(0);
    assertThat(one.get("sent").asInt()).isEqualTo(SONGS + PICTURES);
    assertThat(one.get("kept")).hasSize(2);
    String collection = one.get("collections").get("layout").asText();
    assertThat(new CollectionAdminRequest.ListAliases().process(client()).getAliases())
        .containsEntry("layout", collection)
        .containsEntry("layout_pictures", collection);
    JsonNode next = push(large, "layout", "--keep", 0).ends(0).json().get(0);
    assertThat(next.get("dropped")).hasSize(3);
    JsonNode two = push(large, "layout", "--two-collections", "--keep", 0).ends(0).json().get(0);
    assertThat(two.get("dropped")).hasSize(1);
    assertThat(CollectionAdminRequest.listCollections(client()))
        .filteredOn(name -> name.startsWith("layout_"))
        .hasSize(2);
    assertThat(new CollectionAdminRequest.ListAliases().process(client()).getAliases())
        .containsEntry("layout", two.get("collections").get("layout").asText())
        .containsEntry("layout_pictures", two.get("collections").get("layout_pictures").asText());
  }

  @Test
  void anotherAliasKeepsAnEarlierCatalogueWhole() throws Exception {
    JsonNode first = push(small, "read", "--two-collections").ends(0).json().get(0);
    String pictures = first.get("collections").get("read_pictures").asText();
    CollectionAdminRequest.createAlias("somebodys", pictures).process(client());
    CommandRun second = push(large, "read", "--two-collections", "--keep", 0).ends(0);
    assertThat(second.json().get(0).get("dropped")).isEmpty();
    assertThat(second.log())
        .contains(
            "since the alias somebodys stands for it; delete or move the alias and push again");
    CollectionAdminRequest.deleteAlias("somebodys").process(client());
    assertThat(
            push(large, "read", "--two-collections", "--keep", 0)
                .ends(0)
                .json()
                .get(0)
                .get("dropped"))
        .hasSize(2);
    // The alias of a catalogue of its own is not taken away from it.
    push(small, "mine_pictures").ends(0);
    assertThat(push(small, "mine", "--two-collections").ends(1).messages())
        .contains("the alias 'mine_pictures' stands for 'mine_pictures_")
        .contains("which no push to 'mine' made; give another name with --collection");
  }

  private static void addByChain(String collection, String id) throws Exception {
    byte[] picture =
        Files.readAllBytes(SmallCatalogue.writePicture(shared.resolve("added.png"), 1, 1));
    SolrInputDocument document = new SolrInputDocument();
    document.setField("id", id);
    document.setField("kind", "picture");
    document.setField("picture_bytes", picture);
    UpdateRequest update = new UpdateRequest();
    update.setParam("update.chain", "pictures");
    update.add(document);
    update.commit(client(), collection);
  }

  @Test
  void picturesThatTheUpdateChainAddedStay() throws Exception {
    String collection =
        push(small, "chain").ends(0).json().get(0).get("collections").get("chain").asText();
    addByChain("chain", "picture:new");
    CommandRun again = push(small, "chain").ends(0);
    assertThat(again.json().get(0).get("sent").asInt()).isZero();
    assertThat(again.log())
        .contains(
            "collection "
                + collection
                + " holds more than the catalogue, added by others: 1 of kind picture; they stay"
                + " there, but the next state of the catalogue comes without them");
    // One more and one less are not the same number of pictures.
    client().deleteById("chain", "picture:p3.png");
    client().commit("chain");
    assertThat(push(small, "chain").ends(0).json().get(0).get("sent").asInt()).isOne();
    assertThat(count("chain", "kind:picture")).isEqualTo(PICTURES + 1);
  }

  @Test
  void picturesGoWhereSearchesLookForThem() throws Exception {
    JsonNode report = push(small, "sides", "--two-collections").ends(0).json().get(0);
    String pictures = report.get("collections").get("sides_pictures").asText();
    assertThatThrownBy(() -> addByChain("sides", "picture:new"))
        .hasMessageContaining(
            "document 'picture:new': searches look for pictures in collection '"
                + pictures
                + "' and not here; send it there");
    addByChain("sides_pictures", "picture:new");
    assertThat(count("sides_pictures", "*:*")).isEqualTo(PICTURES + 1);
    assertThat(count("sides", "*:*")).isEqualTo(SONGS);
    SolrInputDocument vector = new SolrInputDocument();
    vector.setField("id", "picture:lost");
    vector.setField("kind", "picture");
    client().add("sides", vector);
    client().commit("sides");
    assertThat(push(small, "sides", "--two-collections").ends(0).log())
        .contains(
            "no search looks for pictures in collection "
                + report.get("collections").get("sides").asText()
                + ", which holds 1; send pictures to sides_pictures");
  }

  @Test
  void aConfigsetOfOnesOwnIsUsedAsItIs() throws Exception {
    push(small, "own", "--configset", "nobodys")
        .fails(
            1,
            "seesong: there is no configset 'nobodys' in this SolrCloud; upload it first, or push"
                + " without --configset to use Seesong's");
    Path folder = Files.createDirectories(shared.resolve("own"));
    try (CatalogueIndex open = CatalogueIndex.open(small)) {
      new Configset(open.identity().visual(), open.identity().network(), "descriptor")
          .writeTo(folder);
    }
    Path schema = folder.resolve("managed-schema.xml");
    String whole = Files.readString(schema);
    Files.writeString(
        schema,
        whole.replaceFirst("<field name=\"song_year\".*\n", "").replace("attribute_", "at_"));
    cluster.uploadConfigSet(folder, "lacking");
    assertThat(push(small, "own", "--configset", "lacking").ends(1).messages())
        .contains(
            "lacks the fields [attribute_mood, song_year]; add them as the managed-schema.xml");
    assertThat(CollectionAdminRequest.listCollections(client()))
        .noneMatch(name -> name.startsWith("own_"));
    Files.writeString(
        schema, whole.replace("</schema>", "<field name=\"mine\" type=\"string\"/></schema>"));
    cluster.uploadConfigSet(folder, "mine");
    JsonNode report = push(small, "own", "--configset", "mine").ends(0).json().get(0);
    assertThat(report.get("configset").asText()).isEqualTo("mine");
    assertThat(count("own", "*:*")).isEqualTo(SONGS + PICTURES);
    assertThat(push(small, "own").ends(1).messages())
        .contains("of an earlier push of this catalogue has the configset 'mine', but 'own_");
    // The next build is of another embedding, which a configset names.
    assertThat(push(large, "own", "--configset", "mine").ends(1).messages())
        .contains("field 'picture_network_vector' of collection 'own_", "holds vectors of '");
    assertThat(CollectionAdminRequest.listCollections(client()))
        .filteredOn(name -> name.startsWith("own_"))
        .hasSize(1);
    assertThat(new ConfigSetAdminRequest.List().process(client()).getConfigSets())
        .contains("mine", "lacking");
    push(small, "own", "--configset", "mine", "--two-collections").ends(2);
  }
}
