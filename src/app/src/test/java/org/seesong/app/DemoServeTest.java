package org.seesong.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo that ends with a server. */
class DemoServeTest {
  @TempDir Path folder;

  @Test
  void theDemoIsServedUntilItIsStopped() throws Exception {
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(data, true, StandardCharsets.UTF_8);
    ByteArrayOutputStream messages = new ByteArrayOutputStream();
    PrintStream log = new PrintStream(messages, true, StandardCharsets.UTF_8);
    String[] command = {"demo", "--dir", folder.toString(), "--serve", "--port", "0"};
    AtomicInteger code = new AtomicInteger(-1);
    Thread thread = new Thread(() -> code.set(Seesong.run(command, stream, log)), "demo");
    thread.start();
    Pattern address = Pattern.compile("seesong serves .* at (http://127\\.0\\.0\\.1:[0-9]+/)");
    Matcher served = address.matcher("");
    while (thread.isAlive() && !served.find()) {
      Thread.sleep(50);
      served = address.matcher(data.toString(StandardCharsets.UTF_8));
    }
    assertThat(served.find(0)).as("%s%s", data, messages).isTrue();
    try (InputStream info = URI.create(served.group(1) + "api/info").toURL().openStream()) {
      JsonNode answer = new ObjectMapper().readTree(info);
      assertThat(answer.get("songs").asInt()).isEqualTo(150);
    }
    thread.interrupt();
    thread.join();
    assertThat(code.get()).isZero();
    assertThat(data.toString(StandardCharsets.UTF_8)).doesNotContain("See it in a browser");
  }
}
