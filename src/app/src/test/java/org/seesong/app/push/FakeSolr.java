package org.seesong.app.push;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.solr.common.util.JavaBinCodec;
import org.apache.solr.common.util.NamedList;
import org.apache.solr.common.util.SimpleOrderedMap;

/** Answers on 127.0.0.1 as a test wants Solr to. */
final class FakeSolr implements AutoCloseable {
  private final HttpServer server;
  private final Map<String, NamedList<Object>> answers = new ConcurrentHashMap<>();
  private final Map<String, List<Integer>> failures = new ConcurrentHashMap<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final AtomicInteger status = new AtomicInteger(200);

  FakeSolr() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.start();
    answer("/solr/admin/info/system", system("9.10.1", "solrcloud"));
  }

  static NamedList<Object> system(String version, String mode) {
    NamedList<Object> lucene = new SimpleOrderedMap<>();
    lucene.add("solr-spec-version", version);
    NamedList<Object> answer = new SimpleOrderedMap<>();
    answer.add("mode", mode);
    answer.add("lucene", lucene);
    return answer;
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/solr";
  }

  void answer(String path, NamedList<Object> answer) {
    answers.put(path, answer);
  }

  /** All answers from now on have this status. */
  void fail(int code) {
    status.set(code);
  }

  /** The next answers to a path have these statuses. */
  void fail(String path, Integer... codes) {
    failures.put(path, new ArrayList<>(List.of(codes)));
  }

  List<String> requests() {
    return requests;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      String path = exchange.getRequestURI().getPath();
      requests.add(path);
      int code = next(path).orElse(status.get());
      NamedList<Object> answer = answers.getOrDefault(path, new SimpleOrderedMap<>());
      if (code != 200) {
        NamedList<Object> error = new SimpleOrderedMap<>();
        error.add("msg", "as the test says");
        error.add("code", code);
        answer = new SimpleOrderedMap<>();
        answer.add("error", error);
      }
      exchange.getResponseHeaders().set("Content-Type", "application/octet-stream");
      exchange.sendResponseHeaders(code, 0);
      try (JavaBinCodec codec = new JavaBinCodec()) {
        codec.marshal(answer, exchange.getResponseBody());
      }
    }
  }

  private Optional<Integer> next(String path) {
    List<Integer> codes = failures.get(path);
    return codes == null || codes.isEmpty() ? Optional.empty() : Optional.of(codes.remove(0));
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
