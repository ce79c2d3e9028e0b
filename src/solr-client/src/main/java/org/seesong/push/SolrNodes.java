package org.seesong.push;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.solr.client.solrj.SolrRequest;
import org.apache.solr.client.solrj.SolrServerException;
import org.apache.solr.client.solrj.impl.HttpJdkSolrClient;
import org.apache.solr.client.solrj.request.GenericSolrRequest;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.params.ModifiableSolrParams;

/**
 * The nodes of a SolrCloud, over the JDK's HTTP client. Asks one of them, the next one if it is not
 * there, and all of them again after a pause. Safe for any number of threads.
 */
final class SolrNodes implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(10);

  /** For a batch or a question. */
  private static final Duration SHORT = Duration.ofMinutes(3);

  /** For commits, which build graphs, and for making collections. */
  private static final Duration LONG = Duration.ofHours(2);

  private final PushTarget target;
  private final Backoff backoff;
  private final ExecutorService threads;
  private final Map<String, HttpJdkSolrClient> quick = new ConcurrentHashMap<>();
  private final Map<String, HttpJdkSolrClient> patient = new ConcurrentHashMap<>();
  private volatile List<String> urls;

  private SolrNodes(PushTarget target, List<String> urls, Backoff backoff) {
    this.target = target;
    this.urls = List.copyOf(urls);
    this.backoff = backoff;
    // The client's own pool has four threads, and each request with a body blocks one of them.
    this.threads =
        Executors.newCachedThreadPool(
            work -> {
              Thread thread = new Thread(work, "seesong-push-http");
              thread.setDaemon(true);
              return thread;
            });
  }

  static SolrNodes open(PushTarget target, Backoff backoff) throws IOException {
    List<String> urls = target.solr().isEmpty() ? LiveNodes.of(target.zk()) : target.solr();
    return new SolrNodes(target, urls.stream().map(SolrNodes::baseUrl).toList(), backoff);
  }

  /** With {@code /solr} where no path is given. */
  static String baseUrl(String text) {
    String url = text.strip().replaceFirst("/+$", "").replaceFirst("/#.*$", "");
    if (!url.startsWith("http://") && !url.startsWith("https://")) {
      url = "http://" + url;
    }
    return url.indexOf('/', url.indexOf("://") + 3) < 0 ? url + "/solr" : url;
  }

  PushTarget target() {
    return target;
  }

  Backoff backoff() {
    return backoff;
  }

  /** Addresses that answer any question, best first. */
  List<String> urls() {
    return urls;
  }

  /** Adds nodes that were found to those that were named. */
  void learn(List<String> more) {
    Set<String> all = new LinkedHashSet<>(urls);
    all.addAll(more);
    urls = List.copyOf(all);
  }

  /** A question to a handler of any node, such as {@code /admin/collections}. */
  JsonNode get(String path, ModifiableSolrParams params) throws IOException {
    return any(() -> request(SolrRequest.METHOD.GET, path, params), quick, SHORT);
  }

  /** The same with parameters in the body, which may be large. */
  JsonNode post(String path, ModifiableSolrParams params) throws IOException {
    return any(() -> form(path, params), quick, SHORT);
  }

  /** An order in JSON, which may reload the collection's cores. */
  JsonNode postJson(String path, JsonNode order) throws IOException {
    byte[] body = order.toString().getBytes(StandardCharsets.UTF_8);
    return any(
        () ->
            request(SolrRequest.METHOD.POST, path, new ModifiableSolrParams())
                .withContent(body, "application/json"),
        patient,
        LONG);
  }

  /** An order that may take long. */
  JsonNode order(String path, ModifiableSolrParams params) throws IOException {
    return any(() -> request(SolrRequest.METHOD.GET, path, params), patient, LONG);
  }

  /** A file for a handler of any node. */
  JsonNode upload(String path, ModifiableSolrParams params, byte[] body) throws IOException {
    return any(
        () ->
            request(SolrRequest.METHOD.POST, path, params)
                .withContent(body, "application/octet-stream"),
        quick,
        SHORT);
  }

  static GenericSolrRequest request(
      SolrRequest.METHOD method, String path, ModifiableSolrParams params) {
    return new GenericSolrRequest(method, path, params);
  }

  private static GenericSolrRequest form(String path, ModifiableSolrParams params) {
    return new GenericSolrRequest(SolrRequest.METHOD.POST, path, params);
  }

  private JsonNode any(
      Supplier<SolrRequest<?>> request, Map<String, HttpJdkSolrClient> clients, Duration limit)
      throws IOException {
    for (int retry = 0; ; retry++) {
      Exception failure = null;
      String failed = "";
      for (String url : urls) {
        try {
          return at(url, request.get(), null, clients, limit);
        } catch (SolrServerException | IOException | SolrException e) {
          failure = e;
          failed = url;
          if (!SolrTrouble.isUnreachable(e)) {
            break;
          }
        }
      }
      if (retry >= backoff.retries() || !isWorthwhile(failure)) {
        throw SolrTrouble.toPushException(failure, failed, target);
      }
      backoff.pause(retry + 1);
    }
  }

  /** What a node refused to do it would refuse again; what it was too busy for it may do. */
  private static boolean isWorthwhile(Exception failure) {
    int status = SolrTrouble.status(failure);
    return status == 0 || status == 408 || status == 429 || status == 503;
  }

  private JsonNode at(
      String url,
      SolrRequest<?> request,
      String collection,
      Map<String, HttpJdkSolrClient> clients,
      Duration limit)
      throws SolrServerException, IOException {
    HttpJdkSolrClient client = clients.computeIfAbsent(url, base -> newClient(base, limit));
    return Reply.tree(client.request(request, collection));
  }

  /** One request to a collection or core at one node, once. */
  JsonNode once(String url, SolrRequest<?> request, String collection)
      throws SolrServerException, IOException {
    return at(url, request, collection, quick, SHORT);
  }

  /** Whether an address answers from here: nodes may call each other by names we cannot resolve. */
  boolean answers(String url) {
    ModifiableSolrParams params = new ModifiableSolrParams();
    try {
      once(url, request(SolrRequest.METHOD.GET, "/admin/info/system", params), null);
      return true;
    } catch (SolrServerException | IOException e) {
      return false;
    } catch (SolrException e) {
      // It did answer; whatever it dislikes is told when it matters.
      return true;
    }
  }

  private HttpJdkSolrClient newClient(String url, Duration limit) {
    HttpJdkSolrClient.Builder builder =
        new HttpJdkSolrClient.Builder(url)
            .withExecutor(threads)
            .useHttp1_1(true)
            .withConnectionTimeout(CONNECT.toMillis(), TimeUnit.MILLISECONDS)
            .withRequestTimeout(limit.toMillis(), TimeUnit.MILLISECONDS);
    if (!target.user().isEmpty()) {
      builder.withBasicAuthCredentials(target.user(), target.password());
    }
    return builder.build();
  }

  @Override
  public void close() throws IOException {
    try {
      List<HttpJdkSolrClient> all = new ArrayList<>(quick.values());
      all.addAll(patient.values());
      for (HttpJdkSolrClient client : all) {
        client.close();
      }
    } finally {
      threads.shutdownNow();
    }
  }
}
