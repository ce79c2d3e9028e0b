package org.seesong.model;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Answers HTTP requests as rudely as a test likes; each connection serves one request. */
final class LocalServer implements AutoCloseable {
  private final ServerSocket socket;
  private final Map<String, Handler> handlers = new ConcurrentHashMap<>();
  private final List<String> ranges = new CopyOnWriteArrayList<>();
  private final List<Socket> open = new CopyOnWriteArrayList<>();

  LocalServer() throws IOException {
    socket = new ServerSocket(0, 50, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
    Thread thread = new Thread(this::serve, "local-server");
    thread.setDaemon(true);
    thread.start();
  }

  /** Answers a request. */
  interface Handler {
    /**
     * Answers.
     *
     * @param from first byte that is wanted
     */
    Answer answer(int from);
  }

  /**
   * What is sent.
   *
   * @param header one more line, or nothing
   * @param length what Content-Length claims
   * @param body what is sent of it
   * @param silent whether the connection is left open
   */
  record Answer(int status, String header, int length, byte[] body, boolean silent) {
    static Answer empty(int status, String header) {
      return new Answer(status, header, 0, new byte[0], false);
    }
  }

  void on(String path, Handler handler) {
    handlers.put(path, handler);
  }

  /** The Range header of each request so far; "" where there was none. */
  List<String> ranges() {
    return List.copyOf(ranges);
  }

  URI address(String path) {
    return URI.create("http://127.0.0.1:" + socket.getLocalPort() + path);
  }

  private void serve() {
    while (!socket.isClosed()) {
      try {
        Socket connection = socket.accept();
        open.add(connection);
        if (!answer(connection)) {
          connection.close();
        }
      } catch (IOException e) {
        // The client went away, or the test is over.
      }
    }
  }

  private boolean answer(Socket connection) throws IOException {
    BufferedReader in =
        new BufferedReader(
            new InputStreamReader(connection.getInputStream(), StandardCharsets.US_ASCII));
    String path = in.readLine().split(" ")[1];
    String range = "";
    for (String line = in.readLine(); !line.isEmpty(); line = in.readLine()) {
      range = line.startsWith("Range: ") ? line.substring("Range: ".length()) : range;
    }
    ranges.add(range);
    int from = range.isEmpty() ? 0 : Integer.parseInt(range.substring(6, range.length() - 1));
    Answer answer =
        handlers.getOrDefault(path, start -> Answer.empty(404, "X-None: 0")).answer(from);
    OutputStream out = connection.getOutputStream();
    String head =
        String.join(
            "\r\n",
            "HTTP/1.1 " + answer.status() + " x",
            "Connection: close",
            "Content-Length: " + answer.length(),
            answer.header(),
            "",
            "");
    out.write(head.getBytes(StandardCharsets.US_ASCII));
    out.write(answer.body());
    out.flush();
    return answer.silent();
  }

  @Override
  public void close() throws IOException {
    socket.close();
    for (Socket connection : open) {
      connection.close();
    }
  }
}
