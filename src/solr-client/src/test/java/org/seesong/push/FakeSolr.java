package org.seesong.push;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.solr.common.util.JavaBinCodec;
import org.apache.solr.common.util.NamedList;
import org.apache.solr.common.util.SimpleOrderedMap;

/** Answers on 127.0.0.1 as a test wants Solr to; takes requests without a body only. */
final class FakeSolr implements AutoCloseable {
  /** In place of a status: the connection ends without an answer. */
  static final int LOST = -1;

  private static final Pattern ACTION = Pattern.compile("[?&]action=([A-Z]+)");

  private final ServerSocket server;
  private final Map<String, NamedList<Object>> answers = new ConcurrentHashMap<>();
  private final Map<String, List<Integer>> failures = new ConcurrentHashMap<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final AtomicInteger status = new AtomicInteger(200);

  FakeSolr() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(this::serve, "fake-solr");
    thread.setDaemon(true);
    thread.start();
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
    return "http://127.0.0.1:" + server.getLocalPort() + "/solr";
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

  private void serve() {
    while (!server.isClosed()) {
      try (Socket socket = server.accept()) {
        handle(socket);
      } catch (IOException e) {
        // A client went away, or the test has ended; the next one is served all the same.
      }
    }
  }

  private void handle(Socket socket) throws IOException {
    BufferedReader in =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
    String path = named(in.readLine().split(" ", -1)[1]);
    while (!in.readLine().isEmpty()) {
      // Headers say nothing that matters here.
    }
    requests.add(path);
    int code = next(path).orElse(status.get());
    if (code == LOST) {
      return;
    }
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    try (JavaBinCodec codec = new JavaBinCodec()) {
      codec.marshal(code == 200 ? found(path) : error(code), body);
    }
    OutputStream out = socket.getOutputStream();
    String head =
        "HTTP/1.1 "
            + code
            + " Said\r\nContent-Type: application/octet-stream\r\nConnection: close\r\n"
            + "Content-Length: "
            + body.size()
            + "\r\n\r\n";
    out.write(head.getBytes(StandardCharsets.US_ASCII));
    body.writeTo(out);
    out.flush();
  }

  /** A path, and after a blank the action if one is asked for. */
  private static String named(String address) {
    String path = address.replaceFirst("\\?.*$", "");
    Matcher action = ACTION.matcher(address);
    return action.find() ? path + " " + action.group(1) : path;
  }

  private NamedList<Object> found(String path) {
    return answers.getOrDefault(path, new SimpleOrderedMap<>());
  }

  private static NamedList<Object> error(int code) {
    NamedList<Object> error = new SimpleOrderedMap<>();
    error.add("msg", "as the test says");
    error.add("code", code);
    NamedList<Object> answer = new SimpleOrderedMap<>();
    answer.add("error", error);
    return answer;
  }

  private Optional<Integer> next(String path) {
    List<Integer> codes = failures.get(path);
    return codes == null || codes.isEmpty() ? Optional.empty() : Optional.of(codes.remove(0));
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
