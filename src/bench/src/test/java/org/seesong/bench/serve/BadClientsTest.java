package org.seesong.bench.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class BadClientsTest {
  @Test
  @Timeout(60)
  void faultsOfTheServerAreCounted() throws Exception {
    Thread failing;
    try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      failing = new Thread(() -> failAlways(server));
      failing.start();
      URI address = URI.create("http://127.0.0.1:" + server.getLocalPort() + "/");
      try (BadClients clients = new BadClients(address, List.of(new byte[50]), 3, 1)) {
        while (clients.serverFaults() < 2) {
          TimeUnit.MILLISECONDS.sleep(5);
        }
        assertThat(clients.requests()).isGreaterThanOrEqualTo(2);
      }
    }
    failing.join();
  }

  /** Answers 500 before it has read anything. */
  private static void failAlways(ServerSocket server) {
    while (!server.isClosed()) {
      try (Socket socket = server.accept()) {
        socket
            .getOutputStream()
            .write("HTTP/1.1 500 x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        socket.getInputStream().readNBytes(50);
      } catch (IOException e) {
        // The client has hung up, or the test is over.
        assertThat(e).isNotNull();
      }
    }
  }
}
