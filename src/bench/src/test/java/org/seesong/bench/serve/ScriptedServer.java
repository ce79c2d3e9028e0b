package org.seesong.bench.serve;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.function.IntFunction;

/** Answers each request, which it need not understand, with what a script says. */
final class ScriptedServer implements AutoCloseable {
  private final ServerSocket server;
  private final IntFunction<Reply> script;

  /** What it answers: a status with perhaps a further header, and JSON. */
  record Reply(String head, String body) {}

  /** Starts one that is asked by the number of the request, from 0. */
  ScriptedServer(IntFunction<Reply> script) throws IOException {
    this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    this.script = script;
    Thread thread = new Thread(this::serve, "scripted-server");
    thread.setDaemon(true);
    thread.start();
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getLocalPort() + "/");
  }

  private void serve() {
    for (int number = 0; !server.isClosed(); number++) {
      try (Socket socket = server.accept()) {
        Reply reply = script.apply(number);
        socket
            .getOutputStream()
            .write(
                ("HTTP/1.1 "
                        + reply.head()
                        + "\r\nConnection: close\r\nContent-Length: "
                        + reply.body().length()
                        + "\r\n\r\n"
                        + reply.body())
                    .getBytes(StandardCharsets.US_ASCII));
        socket.shutdownOutput();
        // A connection that is closed with bytes unread is reset, and the answer lost.
        socket.getInputStream().transferTo(OutputStream.nullOutputStream());
      } catch (IOException e) {
        // The client has hung up, or the test is over: the loop's condition tells.
      }
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
