package org.seesong.bench.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.seesong.bench.serve.ScriptedServer.Reply;

class BadClientsTest {
  @Test
  @Timeout(60)
  void faultsOfTheServerAreCounted() throws Exception {
    try (ScriptedServer server = new ScriptedServer(number -> new Reply("500 x", "{}"))) {
      List<LoadTarget> targets = List.of(LoadTarget.server(server.address()));
      try (BadClients clients = new BadClients(targets, List.of(new byte[50]), 3, 1)) {
        while (clients.serverFaults() < 2) {
          TimeUnit.MILLISECONDS.sleep(5);
        }
        assertThat(clients.requests()).isGreaterThanOrEqualTo(2);
      }
    }
  }
}
