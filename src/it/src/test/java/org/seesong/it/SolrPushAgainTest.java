package org.seesong.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.solr.client.solrj.request.CollectionAdminRequest;
import org.apache.solr.client.solrj.request.ConfigSetAdminRequest;
import org.apache.solr.client.solrj.request.UpdateRequest;
import org.apache.solr.common.SolrInputDocument;
import org.junit.jupiter.api.Test;
import org.seesong.index.CatalogueIndex;
import org.seesong.index.IndexMetadata;
import org.seesong.push.CataloguePush;
import org.seesong.push.PushException;
import org.seesong.push.PushListener;
import org.seesong.push.PushOptions;
import org.seesong.push.PushTarget;
import org.seesong.solr.Configset;

/** Pushes after something else changed: the layout, the documents, the configset, the aliases. */
class SolrPushAgainTest extends BasePushTestCase {
  SolrPushAgainTest() {
    super(1);
  }

  /** Another layout is another generation, and the alias of pictures follows. */
  @Test
  void theLayoutMayChangeBetweenPushes() throws Exception {
    push(small(), "layout", "--two-collections").ends(0);
    assertThat(count("layout", "*:*")).isEqualTo(SONGS);
    JsonNode one = push(small(), "layout").ends(0).json().get(0);
    assertThat(one.get("sent").asInt()).isEqualTo(SONGS + PICTURES);
    assertThat(one.get("kept")).hasSize(2);
    String collection = one.get("collections").get("layout").asText();
    assertThat(new CollectionAdminRequest.ListAliases().process(client()).getAliases())
        .containsEntry("layout", collection)
        .containsEntry("layout_pictures", collection);
    JsonNode next = push(large(), "layout", "--keep", 0).ends(0).json().get(0);
    assertThat(next.get("dropped")).hasSize(3);
    JsonNode two = push(large(), "layout", "--two-collections", "--keep", 0).ends(0).json().get(0);
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
    JsonNode first = push(small(), "read", "--two-collections").ends(0).json().get(0);
    String pictures = first.get("collections").get("read_pictures").asText();
    CollectionAdminRequest.createAlias("somebodys", pictures).process(client());
    CommandRun second = push(large(), "read", "--two-collections", "--keep", 0).ends(0);
    assertThat(second.json().get(0).get("dropped")).isEmpty();
    assertThat(second.log())
        .contains(
            "since the alias somebodys stands for it; delete or move the alias and push again");
    CollectionAdminRequest.deleteAlias("somebodys").process(client());
    assertThat(
            push(large(), "read", "--two-collections", "--keep", 0)
                .ends(0)
                .json()
                .get(0)
                .get("dropped"))
        .hasSize(2);
    // The alias of a catalogue of its own is not taken away from it.
    push(small(), "mine_pictures").ends(0);
    assertThat(push(small(), "mine", "--two-collections").ends(1).messages())
        .contains("the alias 'mine_pictures' stands for 'mine_pictures_")
        .contains("which no push to 'mine' made; give another name with --collection");
  }

  private void addByChain(String collection, String id) throws Exception {
    byte[] picture =
        Files.readAllBytes(SmallCatalogue.writePicture(shared().resolve("added.png"), 1, 1));
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
        push(small(), "chain").ends(0).json().get(0).get("collections").get("chain").asText();
    addByChain("chain", "picture:new");
    CommandRun again = push(small(), "chain").ends(0);
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
    assertThat(push(small(), "chain").ends(0).json().get(0).get("sent").asInt()).isOne();
    assertThat(count("chain", "kind:picture")).isEqualTo(PICTURES + 1);
  }

  /** A document too many makes up for a lost one only where documents are counted. */
  @Test
  void aLostDocumentIsNamedThoughTheCountIsRight() throws Exception {
    PushListener swap =
        new PushListener() {
          @Override
          public void message(String line) {
            if (line.equals("committing ...")) {
              replace("lost", "picture:p3.png", "picture:foreign");
            }
          }

          @Override
          public void pushed(long done, long total) {}
        };
    PushOptions options =
        new PushOptions(
            "lost",
            PushOptions.DEFAULT.layout(),
            "",
            PushOptions.DEFAULT.load(),
            PushOptions.DEFAULT.switching());
    PushTarget target = new PushTarget(List.of(solr()), "", "", "");
    try (CatalogueIndex index = CatalogueIndex.open(small().resolve("index"))) {
      assertThatThrownBy(() -> new CataloguePush(index, options, swap).run(target))
          .isInstanceOf(PushException.class)
          .hasMessageMatching(
              "collection 'lost_[0-9a-f]{12}' lacks 1 of the 40 pictures of .*: picture:p3.png;"
                  + " readers still get what they had. Push again to add what is missing");
    }
    assertThat(new CollectionAdminRequest.ListAliases().process(client()).getAliases())
        .doesNotContainKey("lost");
    JsonNode again = push(small(), "lost").ends(0).json().get(0);
    assertThat(again.get("sent").asInt()).isOne();
    assertThat(count("lost", "kind:picture")).isEqualTo(PICTURES + 1);
  }

  private void replace(String alias, String id, String other) {
    try {
      String collection =
          CollectionAdminRequest.listCollections(client()).stream()
              .filter(name -> name.startsWith(alias + "_"))
              .findFirst()
              .orElseThrow();
      client().deleteById(collection, id);
      SolrInputDocument document = new SolrInputDocument();
      document.setField("id", other);
      document.setField("kind", "picture");
      client().add(collection, document);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void picturesGoWhereSearchesLookForThem() throws Exception {
    JsonNode report = push(small(), "sides", "--two-collections").ends(0).json().get(0);
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
    assertThat(push(small(), "sides", "--two-collections").ends(0).log())
        .contains(
            "no search looks for pictures in collection "
                + report.get("collections").get("sides").asText()
                + ", which holds 1; send pictures to sides_pictures");
  }

  @Test
  void aConfigsetOfOnesOwnIsUsedAsItIs() throws Exception {
    push(small(), "own", "--configset", "nobodys")
        .fails(
            1,
            "seesong: there is no configset 'nobodys' in this SolrCloud; upload it first, or push"
                + " without --configset to use Seesong's");
    Path folder = Files.createDirectories(shared().resolve("own"));
    try (CatalogueIndex open = CatalogueIndex.open(small())) {
      IndexMetadata metadata = open.metadata();
      new Configset(
              metadata.imageSpace(),
              metadata.centering(),
              metadata.graphSpace(),
              metadata.textSpace(),
              "descriptor",
              "")
          .writeTo(folder);
    }
    Path schema = folder.resolve("managed-schema.xml");
    String whole = Files.readString(schema);
    Files.writeString(
        schema,
        whole.replaceFirst("<field name=\"song_year\".*\n", "").replace("attribute_", "at_"));
    cluster().uploadConfigSet(folder, "lacking");
    assertThat(push(small(), "own", "--configset", "lacking").ends(1).messages())
        .contains(
            "lacks the fields [attribute_mood, song_year]; add them as the managed-schema.xml");
    assertThat(CollectionAdminRequest.listCollections(client()))
        .noneMatch(name -> name.startsWith("own_"));
    Files.writeString(
        schema, whole.replace("</schema>", "<field name=\"mine\" type=\"string\"/></schema>"));
    cluster().uploadConfigSet(folder, "mine");
    JsonNode report = push(small(), "own", "--configset", "mine").ends(0).json().get(0);
    assertThat(report.get("configset").asText()).isEqualTo("mine");
    assertThat(count("own", "*:*")).isEqualTo(SONGS + PICTURES);
    assertThat(push(small(), "own").ends(1).messages())
        .contains("of an earlier push of this catalogue has the configset 'mine', but 'own_");
    // The next build has another mean and another embedding, which a configset names.
    assertThat(push(large(), "own", "--configset", "mine").ends(1).messages())
        .contains("field 'picture_vector' of collection 'own_", "holds vectors of '");
    assertThat(CollectionAdminRequest.listCollections(client()))
        .filteredOn(name -> name.startsWith("own_"))
        .hasSize(1);
    assertThat(new ConfigSetAdminRequest.List().process(client()).getConfigSets())
        .contains("mine", "lacking");
    push(small(), "own", "--configset", "mine", "--two-collections").ends(2);
  }
}
