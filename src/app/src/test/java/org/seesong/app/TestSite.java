package org.seesong.app;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** One file, whatever is asked for, served on this machine until closed. */
final class TestSite implements AutoCloseable {
  private final ServerSocket socket;

  TestSite(byte[] content) throws IOException {
    socket = new ServerSocket(0, 50, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
    Thread thread = new Thread(() -> serve(content), "test-site");
    thread.setDaemon(true);
    thread.start();
  }

  private void serve(byte[] content) {
    while (!socket.isClosed()) {
      try (Socket connection = socket.accept()) {
        BufferedReader request =
            new BufferedReader(
                new InputStreamReader(connection.getInputStream(), StandardCharsets.ISO_8859_1));
        String line = request.readLine();
        while (line != null && !line.isEmpty()) {
          line = request.readLine();
        }
        OutputStream out = connection.getOutputStream();
        String head = "HTTP/1.1 200 OK\r\nContent-Length: " + content.length + "\r\n\r\n";
        out.write(head.getBytes(StandardCharsets.ISO_8859_1));
        out.write(content);
        out.flush();
      } catch (IOException e) {
        // The client went away, or the test is over.
      }
    }
  }

  String address(String name) {
    return "http://127.0.0.1:" + socket.getLocalPort() + "/" + name;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
