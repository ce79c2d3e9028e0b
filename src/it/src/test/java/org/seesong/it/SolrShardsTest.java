package org.seesong.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.solr.client.solrj.SolrClient;
import org.apache.solr.client.solrj.SolrQuery;
import org.apache.solr.client.solrj.SolrRequest;
import org.apache.solr.client.solrj.request.CollectionAdminRequest;
import org.apache.solr.client.solrj.request.GenericSolrRequest;
import org.apache.solr.common.SolrDocument;
import org.apache.solr.common.SolrDocumentList;
import org.apache.solr.common.SolrInputDocument;
import org.apache.solr.common.cloud.DocCollection;
import org.apache.solr.common.cloud.Replica;
import org.apache.solr.common.cloud.Slice;
import org.apache.solr.common.params.ModifiableSolrParams;
import org.apache.solr.core.SolrCore;
import org.apache.solr.embedded.JettySolrRunner;
import org.junit.jupiter.api.Test;
import org.seesong.index.IndexLayout;
import org.seesong.testing.Trials;

/** {@code seesong push --shards-from} against a real SolrCloud of two nodes. */
class SolrShardsTest extends BaseShardsTestCase {
  private static final String[] FIELDS = {
    IndexLayout.ID,
    IndexLayout.KIND,
    IndexLayout.PICTURE_PATH,
    IndexLayout.PICTURE_KEYWORD,
    IndexLayout.PICTURE_KEYWORD_WEIGHT,
    IndexLayout.PICTURE_THUMBNAIL,
    IndexLayout.PICTURE_IMAGE_EMBEDDING,
    IndexLayout.PICTURE_GRAPH_EMBEDDING,
    IndexLayout.SONG_TITLE,
    IndexLayout.SONG_TITLE_TEXT,
    IndexLayout.SONG_ARTIST,
    IndexLayout.SONG_LANGUAGE,
    IndexLayout.SONG_YEAR,
    IndexLayout.SONG_POPULARITY,
    IndexLayout.SONG_KEYWORD,
    IndexLayout.SONG_KEYWORD_WEIGHT,
    IndexLayout.SONG_KEYWORD_LINE,
    IndexLayout.SONG_FIRST_LINE,
    IndexLayout.SONG_CONTENT_KEY,
    IndexLayout.SONG_GRAPH_EMBEDDING,
    IndexLayout.ATTRIBUTE_PREFIX + "genre",
    "_version_"
  };

  SolrShardsTest() {
    super(2);
  }

  /** Lucene's files hold the same of every document, in the same formats, in every replica. */
  @Test
  void filesAreWhatSolrWouldWrite() throws Exception {
    Object[] layout = {"--shards", 2, "--replicas", 2};
    Path catalogue = ofEveryKind();
    push(catalogue, "sent", layout).ends(0);
    Path folder = folder("equal");
    CommandRun run = install(catalogue, "installed", folder, layout).ends(0);
    JsonNode report = run.json().get(0);
    assertThat(report.get("songs").asInt()).isEqualTo(2 * SONGS);
    assertThat(report.get("pictures").asInt()).isEqualTo(2 * PICTURES);
    assertThat(report.get("sent").asInt()).isEqualTo(2 * (SONGS + PICTURES));
    assertThat(report.get("switched").asBoolean()).isTrue();
    assertThat(in(folder)).isEmpty();
    Map<String, DocumentDump> sent = replicas("sent");
    Map<String, DocumentDump> installed = replicas("installed");
    assertThat(installed).hasSize(4);
    installed.forEach(
        (replica, dump) -> {
          DocumentDump other = sent.get(replica);
          assertThat(dump.fields()).as(replica).isEqualTo(other.fields()).containsKeys(FIELDS);
          assertThat(dump.documents().keySet()).as(replica).isEqualTo(other.documents().keySet());
          dump.documents()
              .forEach((id, held) -> assertThat(held).as(id).isEqualTo(other.documents().get(id)));
        });
    assertThat(installed.values().stream().mapToInt(dump -> dump.documents().size()).sum())
        .isEqualTo(2 * 2 * (SONGS + PICTURES));
    sameAnswers("sent", "installed");
    takesUpdates("installed");
  }

  /** Songs and pictures that fill every field of the configset that a push fills. */
  private Path ofEveryKind() throws Exception {
    SmallCatalogue catalogue =
        SmallCatalogue.writeTo(shared().resolve("catalogue-kinds"), 2 * SONGS, 2 * PICTURES);
    List<String> songs = new ArrayList<>(Files.readAllLines(catalogue.songs()));
    String verse = "雪落在海上，我看见山上的花，火在夜里烧着。".repeat(3);
    for (int i = 0; i < songs.size(); i++) {
      StringBuilder more = new StringBuilder();
      if (i % 3 == 0) {
        more.append(",\"popularity\":").append(i / 7.0);
        more.append(",\"genre\":\"pop|rock|pop\"");
      }
      if (i % 10 < 2) {
        more.append(",\"lyrics\":\"" + verse + i / 10 + "\\nSnow on the sea \uD83C\uDF0A\"");
      }
      String song = songs.get(i);
      if (more.indexOf("\"lyrics\"") >= 0) {
        song = song.substring(0, song.indexOf(",\"lyrics\""));
      }
      songs.set(i, song.replaceFirst(",?\\}$", "") + more + "}");
    }
    Files.write(catalogue.songs(), songs);
    Path out = shared().resolve("kinds");
    CommandRun.build(catalogue.songs(), catalogue.pictures(), out).ends(0);
    return out;
  }

  /** Shard and number of the replica to what it holds. */
  private Map<String, DocumentDump> replicas(String alias) throws Exception {
    Map<String, DocumentDump> dumps = new TreeMap<>();
    DocCollection collection = collection(alias);
    for (Slice slice : collection.getSlices()) {
      int number = 0;
      for (Replica replica : slice.getReplicas()) {
        try (SolrCore core =
            cluster().getReplicaJetty(replica).getCoreContainer().getCore(replica.getCoreName())) {
          dumps.put(
              slice.getName() + " " + number++,
              core.withSearcher(searcher -> new DocumentDump().add(searcher.getRawReader())));
        }
      }
    }
    return dumps;
  }

  private DocCollection collection(String alias) throws Exception {
    String name =
        new CollectionAdminRequest.ListAliases().process(client()).getAliases().get(alias);
    return name == null ? null : cluster().getZkStateReader().getCollectionLive(name);
  }

  private void sameAnswers(String one, String other) throws Exception {
    for (String fields : List.of("*", "id,score")) {
      for (int picture = 0; picture < 2 * PICTURES; picture++) {
        String id = "picture:p" + picture + ".png";
        assertThat(songs(other, id, fields)).as(id).isEqualTo(songs(one, id, fields));
      }
    }
    SolrQuery all =
        new SolrQuery("*:*").setFields("*").setRows(10_000).setSort("id", SolrQuery.ORDER.asc);
    assertThat(texts(client().query(other, all).getResults()))
        .isEqualTo(texts(client().query(one, all).getResults()));
    for (String query : List.of("song_title_text:花", "song_first_line:\"花 花\"", "song_year:1987")) {
      SolrQuery words = new SolrQuery(query).setFields("id").setSort("id", SolrQuery.ORDER.asc);
      assertThat(texts(client().query(other, words).getResults()))
          .as(query)
          .isNotEmpty()
          .isEqualTo(texts(client().query(one, words).getResults()));
    }
  }

  private List<String> songs(String collection, String picture, String fields) throws Exception {
    ModifiableSolrParams params = new ModifiableSolrParams();
    params.set("image.id", picture);
    params.set("image.fill", true);
    params.set("rows", 20);
    params.set("fl", fields);
    var reply =
        client()
            .request(
                new GenericSolrRequest(SolrRequest.METHOD.GET, "/songs-by-image", params)
                    .setRequiresCollection(true),
                collection);
    List<String> songs = texts((SolrDocumentList) reply.get("response"));
    assertThat(songs).hasSize(20);
    return songs;
  }

  /** But for Solr's versions of them. */
  private static List<String> texts(SolrDocumentList documents) {
    List<String> texts = new ArrayList<>();
    for (SolrDocument document : documents) {
      Map<String, Object> fields = new TreeMap<>();
      document.forEach(
          (name, value) ->
              fields.put(
                  name, value instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : value));
      fields.remove("_version_");
      texts.add(fields.toString());
    }
    return texts;
  }

  /** A document that came in a file is a document like any other. */
  private void takesUpdates(String collection) throws Exception {
    SolrInputDocument change = new SolrInputDocument();
    change.setField("id", "song:s007");
    change.setField("song_artist", Map.of("set", "Somebody Else"));
    client().add(collection, change);
    client().deleteById(collection, "song:s008");
    client().commit(collection);
    assertThat(count(collection, "song_artist:\"Somebody Else\"")).isEqualTo(1);
    assertThat(count(collection, "song_title_text:花 AND id:\"song:s007\"")).isEqualTo(1);
    assertThat(count(collection, "*:*")).isEqualTo(2 * (SONGS + PICTURES) - 1);
    for (Slice shard : collection(collection).getSlices()) {
      Set<List<Long>> held = new HashSet<>();
      for (Replica replica : shard.getReplicas()) {
        held.add(
            List.of(
                countIn(replica, "*:*"),
                countIn(replica, "song_artist:\"Somebody Else\""),
                countIn(replica, "song_artist:A7")));
      }
      assertThat(held).as(shard.getName()).hasSize(1);
    }
  }

  private long countIn(Replica replica, String query) throws Exception {
    SolrQuery here = new SolrQuery(query);
    here.set("distrib", false);
    try (SolrClient core = cluster().getReplicaJetty(replica).newClient()) {
      return core.query(replica.getCoreName(), here).getResults().getNumFound();
    }
  }

  /**
   * At messages: made, writing, each shard written, installing, each installed, checked, moved; a
   * sample of three of the nine, and all with {@code -Pslow}.
   */
  @Test
  void aPushThatIsKilledGoesOn() throws Exception {
    List<String> messages = new ArrayList<>();
    Path index = large().resolve("index");
    PausingPush.runShards(index, solr(), "unkilled", folder("unkilled"), messages::add);
    assertThat(messages).hasSize(9);
    List<Integer> points =
        Trials.number(3, 9) < 9 ? List.of(3, 6, 8) : List.of(1, 2, 3, 4, 5, 6, 7, 8, 9);
    for (int last : points) {
      String name = "killed" + last;
      Path folder = folder(name);
      kill(index, name, last, folder);
      boolean was = collection(name) != null;
      assertThat(was).as("the alias at %s", messages.get(last - 1)).isEqualTo(last == 9);
      CommandRun run = install(large(), name, folder, "--shards", 2).ends(0);
      JsonNode report = run.json().get(0);
      assertThat(report.get("present").asInt() + report.get("sent").asInt())
          .isEqualTo(2 * (SONGS + PICTURES));
      // Between the two shards Solr may come to the second before or after we look.
      if (last != 6) {
        assertThat(report.get("present").asInt())
            .as(messages.get(last - 1))
            .isEqualTo(last > 6 ? 2 * (SONGS + PICTURES) : 0);
      }
      assertThat(count(name, "kind:song")).isEqualTo(2 * SONGS);
      assertThat(count(name, "kind:picture")).isEqualTo(2 * PICTURES);
      assertThat(collection(name).isReadOnly()).isFalse();
      assertThat(in(folder)).isEmpty();
      if (last == 3) {
        assertThat(run.log()).contains("writing 1 shards", "; 1 are there already");
      }
      String collection = report.get("collections").get(name).asText();
      CollectionAdminRequest.deleteAlias(name).process(client());
      CollectionAdminRequest.deleteCollection(collection).process(client());
    }
  }

  private void kill(Path index, String alias, int last, Path folder) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                PausingPush.class.getName(),
                index.toString(),
                solr(),
                alias,
                Integer.toString(last),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader output = process.inputReader()) {
      assertThat(output.readLine()).isEqualTo(PausingPush.PAUSED);
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.waitFor()).isEqualTo(128 + 9);
  }

  /** Shards that were half installed leave a collection that takes no updates. */
  @Test
  void documentsAreSentWhereFilesWereInstalledInPart() throws Exception {
    Path folder = folder("part");
    stopAt("installed shard1", "part", folder);
    JsonNode report = push(large(), "part", "--shards", 2).ends(0).json().get(0);
    assertThat(report.get("present").asInt() + report.get("sent").asInt())
        .isEqualTo(2 * (SONGS + PICTURES));
    assertThat(in(folder)).hasSize(1);
    // What is left goes with the next push by files, of whatever state of the catalogue.
    Files.createDirectories(folder.resolve("parting_0123456789ab"));
    install(small(), "part", folder).ends(0);
    assertThat(in(folder)).containsExactly(folder.resolve("parting_0123456789ab"));
  }

  @Test
  void filesThatWereDamagedMeanwhileAreWrittenAnew() throws Exception {
    Path folder = folder("damaged");
    stopAt("installing", "damaged", folder);
    Path shard;
    try (Stream<Path> files = Files.walk(folder)) {
      shard = files.filter(file -> file.toString().endsWith(".fdt")).findFirst().orElseThrow();
    }
    byte[] bytes = Files.readAllBytes(shard);
    bytes[bytes.length / 2] ^= 1;
    Files.write(shard, bytes);
    CommandRun run = install(large(), "damaged", folder, "--shards", 2).ends(0);
    assertThat(run.log()).contains("writing 1 shards", "; 1 are there already");
    assertThat(count("damaged", "*:*")).isEqualTo(2 * (SONGS + PICTURES));
  }

  /** TLOG and PULL replicas, too; and those that come later copy from the others. */
  @Test
  void replicasOfAnyTypeGetTheFiles() throws Exception {
    Path folder = folder("types");
    stopAt("made", "types", folder);
    String name = collectionOf("types");
    for (Replica.Type type : List.of(Replica.Type.TLOG, Replica.Type.PULL)) {
      CollectionAdminRequest.addReplicaToShard(name, "shard1", type).process(client());
    }
    cluster().waitForActiveCollection(name, 2, 4);
    install(large(), "types", folder, "--shards", 2).ends(0);
    CollectionAdminRequest.addReplicaToShard(name, "shard1", Replica.Type.NRT).process(client());
    cluster().waitForActiveCollection(name, 2, 5);
    JettySolrRunner node =
        cluster().getReplicaJetty(collection("types").getSlice("shard1").getLeader());
    cluster().stopJettySolrRunner(node);
    cluster().startJettySolrRunner(node);
    cluster().waitForActiveCollection(name, 2, 5);
    for (Slice shard : collection("types").getSlices()) {
      Set<Long> held = new HashSet<>();
      for (Replica replica : shard.getReplicas()) {
        held.add(countIn(replica, "*:*"));
      }
      assertThat(held).as(shard.getName()).hasSize(1).doesNotContain(0L);
    }
    assertThat(count("types", "*:*")).isEqualTo(2 * (SONGS + PICTURES));
  }

  private String collectionOf(String alias) throws Exception {
    return CollectionAdminRequest.listCollections(client()).stream()
        .filter(name -> name.startsWith(alias + '_'))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void picturesMayHaveACollectionOfTheirOwn() throws Exception {
    Path folder = folder("apart");
    install(small(), "apart", folder, "--two-collections", "--shards", 2).ends(0);
    assertThat(count("apart", "*:*")).isEqualTo(SONGS);
    assertThat(count("apart_pictures", "*:*")).isEqualTo(PICTURES);
    assertThat(in(folder)).isEmpty();
    JsonNode again =
        install(small(), "apart", folder, "--two-collections", "--shards", 2).ends(0).json().get(0);
    assertThat(again.get("present").asInt()).isEqualTo(SONGS + PICTURES);
    assertThat(again.get("sent").asInt()).isZero();
  }
}
