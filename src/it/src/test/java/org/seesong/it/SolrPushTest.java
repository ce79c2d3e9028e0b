package org.seesong.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.solr.client.solrj.SolrQuery;
import org.apache.solr.client.solrj.SolrRequest;
import org.apache.solr.client.solrj.request.CollectionAdminRequest;
import org.apache.solr.client.solrj.request.ConfigSetAdminRequest;
import org.apache.solr.client.solrj.request.GenericSolrRequest;
import org.apache.solr.common.SolrDocument;
import org.apache.solr.common.SolrDocumentList;
import org.apache.solr.common.cloud.ClusterState;
import org.apache.solr.common.cloud.DocCollection;
import org.apache.solr.common.params.ModifiableSolrParams;
import org.apache.solr.embedded.JettySolrRunner;
import org.junit.jupiter.api.Test;
import org.seesong.index.CatalogueIndex;
import org.seesong.push.CataloguePush;
import org.seesong.push.PushListener;
import org.seesong.push.PushOptions;
import org.seesong.push.PushReport;
import org.seesong.push.PushTarget;
import org.seesong.solr.Configset;
import org.seesong.testing.Trials;
import org.seesong.vector.VectorSpace;

/** {@code seesong push} against a real SolrCloud of two nodes. */
class SolrPushTest extends BasePushTestCase {
  SolrPushTest() {
    super(2);
  }

  /** Every song's stored fields and vectors arrive as the index has them. */
  @Test
  void aCatalogueArrivesWhole() throws Exception {
    CommandRun run = push(small(), "whole").ends(0);
    JsonNode report = run.json().get(0);
    assertThat(CommandRun.keys(report))
        .containsExactly(
            "catalogue",
            "collections",
            "configset",
            "solr",
            "songs",
            "pictures",
            "sent",
            "present",
            "absent",
            "bytes",
            "retried",
            "sendMillis",
            "commitMillis",
            "documentsPerSecond",
            "compared",
            "switched",
            "kept",
            "dropped");
    assertThat(report.get("songs").asInt()).isEqualTo(SONGS);
    assertThat(report.get("pictures").asInt()).isEqualTo(PICTURES);
    assertThat(report.get("sent").asInt()).isEqualTo(SONGS + PICTURES);
    assertThat(report.get("compared").asInt()).isEqualTo(90);
    assertThat(report.get("switched").asBoolean()).isTrue();
    String collection = "whole_" + report.get("catalogue").asText();
    assertThat(report.get("collections").get("whole").asText()).isEqualTo(collection);
    assertThat(count("whole", "kind:song")).isEqualTo(SONGS);
    assertThat(count("whole", "kind:picture")).isEqualTo(PICTURES);
    assertThat(count("whole", "attribute_mood:calm")).isEqualTo(SONGS / 2);
    SolrDocument song = client().getById("whole", "song:s007");
    assertThat(song.getFieldValue("song_title")).isEqualTo("花");
    assertThat(song.getFieldValue("song_title_text")).isEqualTo("花");
    assertThat(song.getFieldValue("song_year")).isEqualTo(1987);
    assertThat(song.getFieldValues("song_keyword")).contains("花");
    assertThat(song.getFieldValues("song_first_line")).contains("花，花");
    assertThat(song.getFieldValues("song_network_vector")).hasSize(8);
    SolrDocument picture = client().getById("whole", "picture:p3.png");
    assertThat(picture.getFieldValue("picture_path")).isEqualTo("p3.png");
    assertThat((byte[]) picture.getFieldValue("picture_thumbnail")).hasSizeGreaterThan(100);
    assertThat(run.log())
        .contains(
            "made " + collection + " (1 shards of 1 replicas)",
            "checked: 60 songs, 40 pictures, vectors of 90 documents",
            "alias whole now stands for " + collection);
  }

  /** Songs by words, alone and beside a picture, as the command line finds them. */
  @Test
  void wordsFindTheSongsThatTheCommandLineFinds() throws Exception {
    SmallCatalogue catalogue = SmallCatalogue.writeTo(shared().resolve("spoken"), SONGS, PICTURES);
    Path spoken = shared().resolve("spoken-index");
    CommandRun.build(catalogue.songs(), catalogue.pictures(), spoken, "--text-encoder", "auto")
        .ends(0);
    push(spoken, "words", "--shards", 2).ends(0);
    SolrDocument song = client().getById("words", "song:s007");
    assertThat(song.getFieldValues("song_text_vector")).hasSize(512);
    Path picture = SmallCatalogue.writePicture(shared().resolve("words.png"), 2, 5);
    for (String words : List.of("大雪纷飞", "海上的花")) {
      assertThat(byWords(words, Optional.empty()))
          .isEqualTo(found(spoken, "--words", words, "--exact"))
          .isNotEmpty();
      assertThat(byWords(words, Optional.of(picture)))
          .isEqualTo(found(spoken, picture, "--words", words, "--exact"))
          .isNotEmpty();
    }
  }

  private static List<String> found(Object... query) throws Exception {
    List<Object> arguments = new ArrayList<>(List.of("search", "--json"));
    arguments.addAll(List.of(query));
    List<String> ids = new ArrayList<>();
    CommandRun.of(arguments.toArray())
        .ends(0)
        .json()
        .get(0)
        .get("songs")
        .forEach(hit -> ids.add("song:" + hit.get("id").asText()));
    return ids;
  }

  private List<String> byWords(String words, Optional<Path> picture) throws Exception {
    ModifiableSolrParams params = new ModifiableSolrParams();
    params.set("fl", "id");
    params.set("image.words", words);
    params.set("image.mode", "exact");
    GenericSolrRequest request =
        new GenericSolrRequest(SolrRequest.METHOD.POST, "/songs-by-image", params)
            .setRequiresCollection(true);
    if (picture.isPresent()) {
      request.withContent(Files.readAllBytes(picture.get()), "image/png");
    }
    SolrDocumentList songs = (SolrDocumentList) client().request(request, "words").get("response");
    return songs.stream().map(found -> found.getFieldValue("id").toString()).toList();
  }

  @Test
  void aSecondPushSendsNothing() {
    push(small(), "twice").ends(0);
    JsonNode again = push(small(), "twice").ends(0).json().get(0);
    assertThat(again.get("sent").asInt()).isZero();
    assertThat(again.get("present").asInt()).isEqualTo(SONGS + PICTURES);
    assertThat(again.get("songs").asInt()).isEqualTo(SONGS);
    assertThat(again.get("dropped")).isEmpty();
  }

  @Test
  void picturesMayHaveACollectionOfTheirOwnOverTwoShardsAndReplicas() throws Exception {
    CommandRun.of(
            "push",
            small(),
            "--zk",
            cluster().getZkServer().getZkAddress(),
            "--collection",
            "apart",
            "--two-collections",
            "--shards",
            2,
            "--replicas",
            2,
            "--batch",
            7)
        .ends(0);
    assertThat(count("apart", "*:*")).isEqualTo(SONGS);
    assertThat(count("apart_pictures", "*:*")).isEqualTo(PICTURES);
  }

  /** A reader sees the old catalogue or the new one, whole, at every moment. */
  @Test
  void readersNeverSeeHalfACatalogue() throws Exception {
    push(small(), "switched").ends(0);
    AtomicBoolean end = new AtomicBoolean();
    Set<Long> seen = new TreeSet<>();
    List<Exception> failures = new ArrayList<>();
    Thread reader =
        new Thread(
            () -> {
              try {
                while (!end.get()) {
                  seen.add(count("switched", "*:*"));
                }
              } catch (Exception e) {
                failures.add(e);
              }
            });
    reader.start();
    JsonNode report = push(large(), "switched", "--batch", 9).ends(0).json().get(0);
    // SolrJ's own view of the alias follows a moment later; the test waits for it, within reason.
    for (int i = 0; i < 600 && count("switched", "*:*") != 2 * (SONGS + PICTURES); i++) {
      Thread.sleep(50);
    }
    end.set(true);
    reader.join();
    assertThat(failures).isEmpty();
    assertThat(seen)
        .contains((long) SONGS + PICTURES)
        .isSubsetOf((long) SONGS + PICTURES, 2L * (SONGS + PICTURES));
    assertThat(report.get("kept")).hasSize(1);
    JsonNode back = push(small(), "switched", "--keep", 0).ends(0).json().get(0);
    assertThat(back.get("sent").asInt()).isZero();
    assertThat(back.get("dropped").get(0).asText())
        .isEqualTo(report.get("collections").get("switched").asText());
    List<String> collections = CollectionAdminRequest.listCollections(client());
    assertThat(collections.stream().filter(name -> name.startsWith("switched_"))).hasSize(1);
    assertThat(new ConfigSetAdminRequest.List().process(client()).getConfigSets())
        .doesNotContain(report.get("configset").asText());
  }

  @Test
  void withoutSwitchingReadersKeepWhatTheyHave() throws Exception {
    push(small(), "staged").ends(0);
    JsonNode report = push(large(), "staged", "--no-switch").ends(0).json().get(0);
    assertThat(report.get("switched").asBoolean()).isFalse();
    assertThat(count("staged", "*:*")).isEqualTo(SONGS + PICTURES);
    assertThat(push(large(), "staged").ends(0).json().get(0).get("sent").asInt()).isZero();
  }

  @Test
  void aPushThatIsKilledGoesOn() throws Exception {
    AtomicInteger told = new AtomicInteger();
    Path index = large().resolve("index");
    PausingPush.run(index, solr(), "unkilled", told::incrementAndGet);
    Set<String> all = ids("unkilled");
    assertThat(all).hasSize(2 * (SONGS + PICTURES));
    int trials = Trials.number(2, 20);
    for (int trial = 0; trial < trials; trial++) {
      String alias = "killed" + trial;
      int last = 1 + Trials.random(getClass(), trial).nextInt(told.get());
      String name = Trials.name(trial) + ": at " + last + "/" + told;
      kill(index, alias, last);
      JsonNode report = push(large(), alias).ends(0).json().get(0);
      assertThat(report.get("present").asInt() + report.get("sent").asInt())
          .as(name)
          .isEqualTo(all.size());
      assertThat(ids(alias)).as(name).isEqualTo(all);
      assertThat(push(large(), alias).ends(0).json().get(0).get("sent").asInt()).isZero();
      String collection = report.get("collections").get(alias).asText();
      CollectionAdminRequest.deleteAlias(alias).process(client());
      CollectionAdminRequest.deleteCollection(collection).process(client());
    }
  }

  private void kill(Path index, String alias, int last) throws Exception {
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
                Integer.toString(last))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader output = process.inputReader()) {
      assertThat(output.readLine()).isEqualTo(PausingPush.PAUSED);
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.waitFor()).isEqualTo(128 + 9);
  }

  /** Ids of all documents; fails if one is there twice. */
  private Set<String> ids(String collection) throws Exception {
    SolrQuery query = new SolrQuery("*:*").setFields("id").setRows(10_000);
    Set<String> ids = new TreeSet<>();
    for (SolrDocument document : client().query(collection, query).getResults()) {
      assertThat(ids.add(document.getFieldValue("id").toString())).isTrue();
    }
    return ids;
  }

  /** Its batches go to the leaders that follow; what it had is with the other replicas. */
  @Test
  void aNodeThatStopsDuringAPushCostsNothing() throws Exception {
    AtomicReference<JettySolrRunner> stopped = new AtomicReference<>();
    PushListener stop =
        new PushListener() {
          @Override
          public void message(String line) {}

          @Override
          public void pushed(long done, long total) {
            if (done >= 30) {
              stopALeader(stopped);
            }
          }
        };
    PushOptions options =
        new PushOptions(
            "stopped",
            new PushOptions.Layout(false, 2, 2),
            "",
            new PushOptions.Load(5, 2, 12),
            new PushOptions.Switching(true, 1));
    List<String> nodes =
        cluster().getJettySolrRunners().stream().map(n -> n.getBaseUrl().toString()).toList();
    PushTarget target = new PushTarget(nodes, "", "", "");
    PushReport report;
    try (CatalogueIndex index = CatalogueIndex.open(large().resolve("index"))) {
      report = new CataloguePush(index, options, stop).run(target);
    } finally {
      cluster().startJettySolrRunner(stopped.get());
      cluster().waitForAllNodes(60);
    }
    assertThat(report.load().retried()).isPositive();
    assertThat(report.load().sent()).isEqualTo(2L * (SONGS + PICTURES));
    String collection = report.place().collections().get("stopped");
    cluster().waitForActiveCollection(collection, 2, 4);
    assertThat(count("stopped", "*:*")).isEqualTo(2L * (SONGS + PICTURES));
    // Push again counts every replica, the returned ones too, and finds nothing to send.
    assertThat(push(large(), "stopped", "--shards", 2).ends(0).json().get(0).get("sent").asInt())
        .isZero();
  }

  /** Once. */
  private synchronized void stopALeader(AtomicReference<JettySolrRunner> stopped) {
    if (stopped.get() != null) {
      return;
    }
    try {
      ClusterState state = cluster().getZkStateReader().getClusterState();
      DocCollection collection =
          state
              .collectionStream()
              .filter(each -> each.getName().startsWith("stopped_"))
              .findFirst()
              .orElseThrow();
      JettySolrRunner leader = cluster().getReplicaJetty(collection.getSlice("shard1").getLeader());
      stopped.set(leader);
      cluster().stopJettySolrRunner(leader);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aCollectionOfAnotherSpaceIsRefusedWithBothNames() throws Exception {
    String id = push(small(), "spaces").ends(0).json().get(0).get("catalogue").asText();
    Path index = small().resolve("index").toAbsolutePath();
    VectorSpace visual;
    VectorSpace network;
    try (CatalogueIndex open = CatalogueIndex.open(index)) {
      visual = open.metadata().imageSpace();
      network = open.metadata().graphSpace();
    }
    Path folder = Files.createDirectories(shared().resolve("foreign"));
    new Configset(new VectorSpace("other-encoder", 32), network, "none").writeTo(folder);
    cluster().uploadConfigSet(folder, "foreign");
    String collection = "foreign_" + id;
    CollectionAdminRequest.createCollection(collection, "foreign", 1, 1).process(client());
    push(small(), "foreign")
        .fails(
            1,
            "seesong: field 'picture_vector' of collection '"
                + collection
                + "' holds vectors of 'other-encoder' (32 dimensions), but index "
                + index
                + " has vectors of "
                + visual
                + "; push into a collection of its own");
  }

  @Test
  void otherShardsThanTheEarlierPushHadAreRefused() {
    String id = push(small(), "shards").ends(0).json().get(0).get("catalogue").asText();
    push(small(), "shards", "--shards", 2)
        .fails(
            1,
            "seesong: collection 'shards_"
                + id
                + "' of an earlier push of this catalogue has 1 shards, but 2 are wanted; give"
                + " --shards 1, or delete the collection to begin anew");
  }

  @Test
  void anAliasCannotTakeTheNameOfACollection() throws Exception {
    String taken =
        push(small(), "taken").ends(0).json().get(0).get("collections").get("taken").asText();
    push(small(), taken)
        .fails(
            1,
            "seesong: there is a collection called '"
                + taken
                + "', so no alias can have this name; give another one with --collection");
  }

  /** Songs name the collection of their pictures, so the alias of songs is all a reader needs. */
  @Test
  void theExampleOfTheDocsFindsSongsByPicture() throws Exception {
    push(small(), "songs", "--two-collections", "--shards", 2).ends(0);
    byte[] picture =
        Files.readAllBytes(SmallCatalogue.writePicture(shared().resolve("query.png"), 1, 1));
    assertThat(SolrJExample.titles(client(), picture))
        .hasSize(5)
        .first()
        .isEqualTo(SmallCatalogue.KEYWORDS.get(1));
    String docs = Files.readString(Path.of(System.getProperty("seesong.root"), "src/docs/solr.md"));
    String code =
        Files.readString(
            Path.of(
                System.getProperty("seesong.root"),
                "src/it/src/test/java/org/seesong/it/SolrJExample.java"));
    int start = docs.indexOf("```java") + "```java".length();
    for (String line : docs.substring(start, docs.indexOf("```", start)).lines().toList()) {
      assertThat(code).contains(line.strip());
    }
  }
}
