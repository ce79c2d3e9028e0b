package org.seesong.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import org.apache.solr.client.solrj.impl.BaseHttpSolrClient.RemoteSolrException;
import org.apache.solr.common.params.ModifiableSolrParams;
import org.apache.solr.common.util.NamedList;
import org.apache.solr.common.util.SimpleOrderedMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What users read when Solr does not do what they want. */
class PushFailuresTest {
  private static final String COLLECTIONS = "/solr/admin/collections";

  private FakeSolr solr;

  @BeforeEach
  void startSolr() throws IOException {
    solr = new FakeSolr();
  }

  @AfterEach
  void stopSolr() throws IOException {
    solr.close();
  }

  private String connect(String url, String user) throws IOException {
    PushTarget target = new PushTarget(List.of(url), "", user, "secret");
    try (SolrNodes nodes = SolrNodes.open(target, new Backoff(1))) {
      return new Cloud(nodes).requireSolrCloud();
    }
  }

  @Test
  void aSolrCloudOfAKnownVersionIsTaken() throws IOException {
    assertThat(connect(solr.url(), "")).isEqualTo("9.10.1");
  }

  @Test
  void anAddressWhereNobodyAnswers() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    String url = "http://127.0.0.1:" + port;
    assertThatThrownBy(() -> connect(url, ""))
        .isInstanceOf(PushException.class)
        .hasMessage(
            "no Solr answers at "
                + url
                + "/solr (connection refused); is it running, and is this its address, such as"
                + " http://localhost:8983/solr?");
  }

  @Test
  void whoAsksIsNotKnown() {
    solr.fail(401);
    assertThatThrownBy(() -> connect(solr.url(), ""))
        .hasMessage(
            "Solr at "
                + solr.url()
                + " wants to know who asks (401); give --user NAME and the password in the"
                + " environment variable SEESONG_SOLR_PASSWORD");
    assertThatThrownBy(() -> connect(solr.url(), "ann"))
        .hasMessage("Solr at " + solr.url() + " does not take user 'ann' with this password (401)")
        .hasMessageNotContaining("secret");
  }

  @Test
  void whoAsksMayNot() {
    solr.fail(403);
    assertThatThrownBy(() -> connect(solr.url(), "ann"))
        .hasMessage(
            "Solr at "
                + solr.url()
                + " does not let 'ann' do this (403): as the test says; a push needs the"
                + " permissions config-edit, collection-admin-edit, collection-admin-read,"
                + " schema-read, update and read");
  }

  @Test
  void aSolrWithoutZooKeeperIsRefused() {
    solr.answer("/solr/admin/info/system", FakeSolr.system("9.10.1", "std"));
    assertThatThrownBy(() -> connect(solr.url(), ""))
        .hasMessage(
            "Solr at "
                + solr.url()
                + " runs on its own, without ZooKeeper; a push needs SolrCloud, which 'bin/solr"
                + " start' starts unless --user-managed is given");
  }

  @ParameterizedTest
  @CsvSource({"8.11.4", "9.9.0", "11.0.0"})
  void otherVersionsAreRefused(String version) {
    solr.answer("/solr/admin/info/system", FakeSolr.system(version, "solrcloud"));
    assertThatThrownBy(() -> connect(solr.url(), ""))
        .hasMessage(
            "Solr at "
                + solr.url()
                + " is of version "
                + version
                + "; Seesong's plugin and configset are for 9.10 and later of 9, and for 10");
  }

  @ParameterizedTest
  @CsvSource({"9.10.0", "9.11.2", "10.0.0"})
  void laterVersionsAreTaken(String version) throws IOException {
    solr.answer("/solr/admin/info/system", FakeSolr.system(version, "solrcloud"));
    assertThat(connect(solr.url(), "")).isEqualTo(version);
  }

  @Test
  void whatIsNotSolrIsTold() {
    assertThatThrownBy(() -> connect(solr.url().replace("/solr", "/other"), ""))
        .hasMessage(
            "what answers at "
                + solr.url().replace("/solr", "/other")
                + " does not say which Solr it is");
  }

  /** A busy node is asked again, and another one at once where one is not there. */
  @Test
  void busyNodesAreAskedAgain() throws IOException {
    solr.fail("/solr/admin/info/system", 503);
    assertThat(connect(solr.url(), "")).isEqualTo("9.10.1");
    assertThat(solr.requests()).hasSize(2);
    PushTarget target = new PushTarget(List.of("http://127.0.0.1:1", solr.url()), "", "", "");
    try (SolrNodes nodes = SolrNodes.open(target, new Backoff(0))) {
      assertThat(new Cloud(nodes).requireSolrCloud()).isEqualTo("9.10.1");
    }
  }

  @Test
  void whatANodeRefusesIsNotAskedAgain() {
    solr.fail(400);
    PushTarget target = new PushTarget(List.of(solr.url()), "", "", "");
    try (SolrNodes nodes = SolrNodes.open(target, new Backoff(5))) {
      assertThatThrownBy(() -> nodes.get("/x", new ModifiableSolrParams()))
          .hasMessage("Solr at " + solr.url() + " answers 400: as the test says");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    assertThat(solr.requests()).containsExactly("/solr/x");
  }

  @Test
  void aMissingPluginIsNamed() {
    String said = "Error loading class 'org.seesong.solr.VectorSpaceField'";
    RemoteSolrException failure = new RemoteSolrException("http://a/solr", 500, said, null);
    PushTarget target = new PushTarget(List.of("http://a/solr"), "", "", "");
    assertThat(SolrTrouble.toPushException(failure, "http://a/solr", target))
        .hasMessage(
            "Solr at http://a/solr lacks the Seesong plugin ("
                + said
                + "); unzip seesong-solr into Solr's folder on every node, start the nodes with"
                + " SOLR_MODULES=seesong and push again");
    assertThat(SolrTrouble.mayPass(failure)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "localhost:8983, http://localhost:8983/solr",
    "http://a:1/solr/, http://a:1/solr",
    "https://a/search, https://a/search",
    "http://a:1/solr/#/~cloud, http://a:1/solr"
  })
  void addressesMayBeShort(String given, String base) {
    assertThat(SolrNodes.baseUrl(given)).isEqualTo(base);
  }

  @Test
  void anyFailureInASenderThreadEndsThePush() throws IOException {
    PushListener listener =
        new PushListener() {
          @Override
          public void message(String line) {}

          @Override
          public void pushed(long done, long total) {}
        };
    try (SolrNodes nodes = nodes();
        BatchSender sender =
            new BatchSender(new Cloud(nodes), new PushOptions.Load(10, 1, 0), listener, 1)) {
      sender.open("songs");
      // No document at all is what SolrJ answers with a NullPointerException.
      sender.add("songs", new SolrDocuments.Outgoing("s1", "song", null, 10));
      assertThatThrownBy(sender::finish)
          .isInstanceOf(PushException.class)
          .hasMessageStartingWith("sending to collection 'songs' failed: ")
          .hasCauseInstanceOf(NullPointerException.class);
    }
  }

  private SolrNodes nodes() throws IOException {
    PushTarget target = new PushTarget(List.of(solr.url()), "", "", "");
    return SolrNodes.open(target, new Backoff(1));
  }

  private void create() throws IOException {
    try (SolrNodes nodes = nodes()) {
      new Cloud(nodes).create("songs_1", "songs_1", new PushOptions.Layout(false, 1, 1));
    }
  }

  private void task(String state, String failure) {
    NamedList<Object> status = new SimpleOrderedMap<>();
    status.add("state", state);
    NamedList<Object> answer = new SimpleOrderedMap<>();
    answer.add("status", status);
    if (!failure.isEmpty()) {
      answer.add("failure", failure);
    }
    solr.answer(COLLECTIONS + " REQUESTSTATUS", answer);
    NamedList<Object> known = new SimpleOrderedMap<>();
    known.add("collections", List.of("songs_1"));
    solr.answer(COLLECTIONS + " LIST", known);
  }

  /** Solr took the order, its answer was lost, and it refuses the same task a second time. */
  @Test
  void aCollectionWhoseOrderWasAnsweredInVainIsWaitedFor() throws IOException {
    task("completed", "");
    solr.fail(COLLECTIONS + " CREATE", FakeSolr.LOST, 400);
    create();
    assertThat(solr.requests())
        .contains(COLLECTIONS + " CREATE", COLLECTIONS + " REQUESTSTATUS")
        .doesNotContain(COLLECTIONS + " DELETE");
  }

  @Test
  void onlyACollectionThatSolrCouldNotMakeIsDeleted() {
    task("notfound", "");
    solr.fail(COLLECTIONS + " CREATE", 400);
    assertThatThrownBy(this::create).hasMessageContaining("answers 400: as the test says");
    task("failed", "collection already exists: songs_1");
    assertThatThrownBy(this::create)
        .hasMessage(
            "somebody else made collection 'songs_1' a moment ago, such as another push of this"
                + " catalogue; wait for it to end and push again");
    assertThat(solr.requests()).doesNotContain(COLLECTIONS + " DELETE");
    task("failed", "no disk");
    assertThatThrownBy(this::create)
        .hasMessage("Solr cannot make collection 'songs_1': \"no disk\"");
    assertThat(solr.requests()).contains(COLLECTIONS + " DELETE", "/solr/admin/configs DELETE");
  }

  @Test
  void pausesGrowToTwentySeconds() {
    Backoff backoff = new Backoff(8);
    for (int retry = 1; retry < 40; retry++) {
      long whole = retry > 6 ? 20_000 : Math.min(20_000, 500L << (retry - 1));
      assertThat(backoff.millis(retry)).isBetween(whole / 2, whole);
    }
  }

  @Test
  void defaultsAreOneShardAndOneCatalogueToGoBackTo() {
    assertThat(PushOptions.DEFAULT)
        .isEqualTo(
            new PushOptions(
                "seesong",
                new PushOptions.Layout(false, 1, 1),
                "",
                new PushOptions.Load(500, 2, 8),
                new PushOptions.Switching(true, 1)));
    assertThatThrownBy(() -> new PushOptions.Layout(true, 0, 1))
        .hasMessage("shards must be 1 to 10000; got: 0");
    assertThatThrownBy(
            () ->
                new PushOptions(
                    "a/b",
                    PushOptions.DEFAULT.layout(),
                    "",
                    PushOptions.DEFAULT.load(),
                    PushOptions.DEFAULT.switching()))
        .hasMessage(
            "the collection's name must be 1 to 100 letters, digits, '.', '_' or '-' and begin"
                + " with a letter, a digit or '_'; got: 'a/b'");
  }
}
