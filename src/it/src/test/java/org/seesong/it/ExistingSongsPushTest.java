package org.seesong.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.solr.client.solrj.SolrQuery;
import org.apache.solr.client.solrj.SolrRequest;
import org.apache.solr.client.solrj.impl.CloudSolrClient;
import org.apache.solr.client.solrj.request.CollectionAdminRequest;
import org.apache.solr.client.solrj.request.GenericSolrRequest;
import org.apache.solr.cloud.MiniSolrCloudCluster;
import org.apache.solr.common.SolrDocument;
import org.apache.solr.common.SolrDocumentList;
import org.apache.solr.common.SolrInputDocument;
import org.apache.solr.common.params.ModifiableSolrParams;
import org.apache.solr.common.util.NamedList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seesong.index.CatalogueIndex;
import org.seesong.push.CataloguePush;
import org.seesong.push.PushException;
import org.seesong.push.PushListener;
import org.seesong.push.PushOptions;
import org.seesong.push.PushTarget;
import org.seesong.push.SongsInto;

/** {@code seesong push --songs-into}: a shop's own collection of songs, on two shards. */
class ExistingSongsPushTest {
  private static final int SONGS = 60;
  private static final int PICTURES = 40;

  private static final String SCHEMA =
      """
      <schema name="shop" version="1.7">
        <uniqueKey>sku</uniqueKey>
        <fieldType name="string" class="solr.StrField" docValues="true"/>
        <fieldType name="text" class="solr.TextField">
          <analyzer><tokenizer name="standard"/></analyzer>
        </fieldType>
        <fieldType name="pint" class="solr.IntPointField" docValues="true"/>
        <fieldType name="plong" class="solr.LongPointField" docValues="true"/>
        <field name="sku" type="string" indexed="true" stored="true" required="true"/>
        <field name="price" type="pint" stored="false"/>
        <field name="blurb" type="text" indexed="true" stored="true"/>
        <field name="all" type="text" indexed="true" stored="false" multiValued="true"/>
        <field name="search_only" type="text" indexed="true" stored="false"/>
        <copyField source="blurb" dest="all"/>
        <field name="_version_" type="plong" indexed="false" stored="false"/>
      </schema>
      """;

  private static final String CONFIG =
      """
      <config>
        <luceneMatchVersion>9.12</luceneMatchVersion>
        <updateHandler class="solr.DirectUpdateHandler2"><updateLog/></updateHandler>
        <requestHandler name="/select" class="solr.SearchHandler"/>
      </config>
      """;

  @TempDir static Path shared;
  private static MiniSolrCloudCluster cluster;
  private static SmallCatalogue catalogue;
  private static Path configset;
  private static Path built;

  @BeforeAll
  static void startSolrAndBuildACatalogue() throws Exception {
    cluster = new MiniSolrCloudCluster.Builder(2, shared.resolve("cloud")).build();
    configset = Files.createDirectories(shared.resolve("configset"));
    Files.writeString(configset.resolve("managed-schema.xml"), SCHEMA);
    Files.writeString(configset.resolve("solrconfig.xml"), CONFIG);
    catalogue = SmallCatalogue.writeTo(shared.resolve("catalogue"), SONGS, PICTURES);
    built = build(8);
  }

  private static Path build(int dimensions) {
    Path out = shared.resolve("built-" + dimensions);
    CommandRun.build(catalogue.songs(), catalogue.pictures(), out, "--dim", dimensions).ends(0);
    return out;
  }

  @AfterAll
  static void stopSolr() throws Exception {
    cluster.shutdown();
  }

  private static CloudSolrClient client() {
    return cluster.getSolrClient();
  }

  /** Songs s000 to s049 of the catalogue, and one that it lacks. */
  private static void shop(String name, String... searchOnly) throws Exception {
    cluster.uploadConfigSet(configset, name);
    CollectionAdminRequest.createCollection(name, name, 2, 2).process(client());
    cluster.waitForActiveCollection(name, 2, 4);
    List<SolrInputDocument> songs = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      songs.add(song(String.format(Locale.ROOT, "s%03d", i), i, searchOnly));
    }
    songs.add(song("elsewhere", 99));
    client().add(name, songs);
    client().commit(name);
  }

  private static SolrInputDocument song(String sku, int price, String... searchOnly) {
    SolrInputDocument song = new SolrInputDocument();
    song.setField("sku", sku);
    song.setField("price", price);
    song.setField("blurb", "a song called " + sku);
    for (String text : searchOnly) {
      song.setField("search_only", text);
    }
    return song;
  }

  private static CommandRun push(Path from, String alias, String shop, Object... more) {
    List<Object> arguments = new ArrayList<>(List.of("push", from, "--json", "--solr"));
    arguments.add(cluster.getJettySolrRunner(0).getBaseUrl());
    arguments.addAll(List.of("--collection", alias, "--songs-into", shop));
    arguments.addAll(List.of(more));
    return CommandRun.of(arguments.toArray());
  }

  private static long count(String collection, String query) throws Exception {
    return client().query(collection, new SolrQuery(query)).getResults().getNumFound();
  }

  private static NamedList<Object> ask(String shop, byte[] picture) throws Exception {
    ModifiableSolrParams params = new ModifiableSolrParams();
    params.set("fl", "sku,price,blurb");
    params.set("fq", "price:[10 TO *]");
    return client()
        .request(
            new GenericSolrRequest(SolrRequest.METHOD.POST, "/songs-by-image", params)
                .setRequiresCollection(true)
                .withContent(picture, "image/png"),
            shop);
  }

  @Test
  void aShopAsksByPictureAndLosesNothing() throws Exception {
    shop("shop");
    CommandRun run = push(built, "found", "shop").ends(0);
    JsonNode report = run.json().get(0);
    assertThat(report.get("songs").asInt()).isEqualTo(50);
    assertThat(report.get("pictures").asInt()).isEqualTo(PICTURES);
    assertThat(report.get("sent").asInt()).isEqualTo(50 + PICTURES);
    assertThat(report.get("absent").asInt()).isEqualTo(10);
    assertThat(report.get("compared").asInt()).isEqualTo(90);
    assertThat(report.get("collections").get("shop").asText()).isEqualTo("shop");
    assertThat(run.log())
        .contains(
            "added field song_network_vector to collection shop",
            "10 songs of the catalogue are not in collection shop",
            "added handler /songs-by-image to collection shop");
    // No document more and none less, and all their other fields.
    assertThat(count("shop", "*:*")).isEqualTo(51);
    assertThat(count("shop", "price:7")).isOne();
    assertThat(count("shop", "all:s007")).isOne();
    assertThat(count("found", "*:*")).isEqualTo(PICTURES);
    SolrDocument song = client().getById("shop", "s007");
    assertThat(song.getFieldValue("blurb")).isEqualTo("a song called s007");
    assertThat(song.getFieldValues("song_network_vector")).hasSize(8);
    assertThat(client().getById("shop", "elsewhere").getFieldNames())
        .doesNotContain("song_network_vector");

    byte[] picture =
        Files.readAllBytes(SmallCatalogue.writePicture(shared.resolve("query.png"), 1, 1));
    NamedList<Object> answer = ask("shop", picture);
    SolrDocumentList songs = (SolrDocumentList) answer.get("response");
    assertThat(songs).hasSize(10);
    songs.forEach(
        found -> {
          assertThat((int) found.getFieldValue("price")).isBetween(10, 49);
          assertThat(found.getFieldValue("blurb")).asString().startsWith("a song called s0");
        });
    assertThat((List<?>) answer.get("anchors")).hasSize(10);
  }

  @Test
  void aPushThatIsRunAgainSendsWhatIsMissing() throws Exception {
    shop("again");
    push(built, "again_pictures", "again").ends(0);
    client().add("again", song("s055", 55));
    client().add("again", song("s007", 7));
    client().commit("again");
    JsonNode report = push(built, "again_pictures", "again").ends(0).json().get(0);
    assertThat(report.get("songs").asInt()).isEqualTo(51);
    assertThat(report.get("sent").asInt()).isEqualTo(2);
    assertThat(report.get("present").asInt()).isEqualTo(49 + PICTURES);
    assertThat(report.get("absent").asInt()).isEqualTo(9);
    assertThat(client().getById("again", "s055").getFieldValues("song_network_vector")).hasSize(8);
  }

  /** Of any song, so the last one is as good as the first. */
  @Test
  void everyPlaceIsCompared() throws Exception {
    shop("compared");
    for (int i = 50; i < SONGS; i++) {
      client().add("compared", song(String.format(Locale.ROOT, "s%03d", i), i));
    }
    client().commit("compared");
    PushListener another =
        new PushListener() {
          @Override
          public void message(String line) {
            if (line.startsWith("committing")) {
              write("s059");
            }
          }

          @Override
          public void pushed(long done, long total) {}
        };
    PushOptions options =
        new PushOptions(
            "compared_pictures",
            new PushOptions.Layout(false, 1, 1),
            "",
            new PushOptions.Load(500, 2, 8),
            new PushOptions.Switching(true, 1));
    PushTarget target =
        new PushTarget(List.of(cluster.getJettySolrRunner(0).getBaseUrl().toString()), "", "", "");
    try (CatalogueIndex index = CatalogueIndex.open(built)) {
      CataloguePush push = new CataloguePush(index, options, another);
      assertThatThrownBy(() -> push.run(target, new SongsInto("compared", "song_network_vector")))
          .isInstanceOf(PushException.class)
          .hasMessageStartingWith("song_network_vector of song 's059' in collection 'compared' is");
    }
    JsonNode report = push(built, "compared_pictures", "compared").ends(0).json().get(0);
    assertThat(report.get("sent").asInt()).isOne();
    assertThat(report.get("compared").asInt()).isEqualTo(SONGS + PICTURES);
  }

  /** What another program does to the field meanwhile. */
  private static void write(String sku) {
    SolrInputDocument change = new SolrInputDocument();
    change.setField("sku", sku);
    change.setField("song_network_vector", Map.of("set", List.of(1f, 0f, 0f, 0f, 0f, 0f, 0f, 0f)));
    try {
      client().add("compared", change);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void placesOfAnotherSpaceWantAnotherField() throws Exception {
    shop("spaces");
    push(built, "spaces_pictures", "spaces").ends(0);
    Path other = build(9);
    CommandRun refused = push(other, "spaces_pictures", "spaces").ends(1);
    assertThat(refused.messages())
        .contains("field 'song_network_vector' of collection 'spaces' holds vectors of '")
        .contains("(8 dimensions), but index ")
        .contains("(9 dimensions); give another field with --song-field");
    CommandRun run = push(other, "spaces_pictures", "spaces", "--song-field", "place_2").ends(0);
    assertThat(run.log())
        .contains(
            "handler /songs-by-image of collection spaces was left as it is: it asks pictures of"
                + " 'spaces_pictures' and songs by 'song_network_vector' with confidence '")
        .contains(
            "'; this catalogue is image.collection=spaces_pictures, songNetworkVector=place_2 and"
                + " confidence=");
    SolrDocument song = client().getById("spaces", "s007");
    assertThat(song.getFieldValues("song_network_vector")).hasSize(8);
    assertThat(song.getFieldValues("place_2")).hasSize(9);
    // Pictures of the second embedding and songs of the first.
    byte[] picture =
        Files.readAllBytes(SmallCatalogue.writePicture(shared.resolve("mixed.png"), 1, 1));
    assertThatThrownBy(() -> ask("spaces", picture))
        .hasMessageContaining("collection 'spaces' holds vectors of embedding '");
    push(built, "spaces_pictures", "spaces").ends(0);
    assertThat((SolrDocumentList) ask("spaces", picture).get("response")).hasSize(10);
  }

  @Test
  void aCollectionThatWouldLoseFieldsIsRefused() throws Exception {
    shop("lossy", "words that are only searched");
    assertThat(push(built, "lossy_pictures", "lossy").ends(1).messages())
        .isEqualTo(
            "seesong: collection 'lossy' does not keep the values of [search_only] (neither stored"
                + " nor in docValues), so adding a field to its documents would lose them; store"
                + " them and index again, or send 'song_network_vector' with the documents from"
                + " where they come");
    assertThat(client().getById("lossy", "s007").getFieldNames())
        .doesNotContain("song_network_vector");
    assertThat(CollectionAdminRequest.listCollections(client()))
        .noneMatch(name -> name.startsWith("lossy_"));
  }

  @Test
  void whatDoesNotFitIsSaid() {
    assertThat(push(built, "none_pictures", "none").ends(1).messages())
        .isEqualTo(
            "seesong: there is no collection 'none' to push songs into (an alias will not do: name"
                + " what it stands for)");
    assertThat(push(built, "x", "y", "--two-collections").ends(2).messages())
        .contains(
            "--songs-into and --two-collections exclude each other: songs stay where they are");
    assertThat(push(built, "x", "y", "--song-field", "2nd").ends(2).messages())
        .contains("the songs' field must be 1 to 100 letters, digits or '_'");
  }
}
