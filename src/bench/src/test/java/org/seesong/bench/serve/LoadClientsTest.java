package org.seesong.bench.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.seesong.bench.serve.ScriptedServer.Reply;
import org.seesong.image.ImageDecoder;

class LoadClientsTest {
  @Test
  void theHeapsObjectsAreRead() {
    String histogram =
        """
         num     #instances         #bytes  class name (module)
           1:         53231        5190240  [B (java.base@17)
        Total        390721       21042208
        """;
    assertThat(MeasuredProcess.totalBytes(histogram)).isEqualTo(21_042_208);
    assertThat(MeasuredProcess.totalBytes("Exception: cannot attach\n")).isZero();
  }

  private static byte[] jpeg() throws IOException {
    BufferedImage image = new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB);
    for (int x = 0; x < 40; x++) {
      image.setRGB(x, x % 30, 0x336699 * x);
    }
    ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
    ImageIO.write(image, "jpg", jpeg);
    return jpeg.toByteArray();
  }

  @Test
  void picturesDifferInACommentAlone() throws IOException {
    byte[] jpeg = jpeg();
    byte[] one = LoadClients.differing(jpeg, 1);
    byte[] other = LoadClients.differing(jpeg, Long.MIN_VALUE);
    assertThat(one).isNotEqualTo(other);
    ImageDecoder decoder = new ImageDecoder();
    byte[] pixels = decoder.decode(jpeg, "a picture").pixels();
    assertThat(decoder.decode(one, "a picture").pixels()).isEqualTo(pixels);
    assertThat(decoder.decode(other, "a picture").pixels()).isEqualTo(pixels);
  }

  @Test
  @Timeout(60)
  void whatIsNotTheAnswerToThePictureAloneIsCounted() throws Exception {
    List<Reply> replies =
        List.of(
            new Reply("200 OK", "{\"songs\":[0],\"responseHeader\":{\"QTime\":3}}"),
            new Reply("200 OK", "{\"songs\":[1],\"responseHeader\":{\"QTime\":3}}"),
            new Reply("200 OK", "{\"songs\":[1],\"responseHeader\":{\"QTime\":5}}"),
            new Reply("200 OK", "{\"songs\":[2],\"responseHeader\":{\"QTime\":3}}"),
            new Reply(
                "503 x\r\nRetry-After: 1",
                "{\"responseHeader\":{\"QTime\":99},\"error\":{\"msg\":\"busy\"}}"),
            new Reply(
                "503 x\r\nRetry-After: 1",
                "{\"responseHeader\":{\"QTime\":101},\"error\":{\"msg\":\"busy\"}}"),
            new Reply("503 x", "{\"error\":{\"msg\":\"gone\"}}"),
            new Reply("500 x", "{\"error\":{\"message\":\"a fault\"}}"));
    AtomicInteger asked = new AtomicInteger();
    try (ScriptedServer server =
        new ScriptedServer(
            number -> {
              asked.incrementAndGet();
              return replies.get(Math.min(number, replies.size() - 1));
            })) {
      String node = server.address().resolve("solr").toString();
      LoadClients clients =
          new LoadClients(List.of(LoadTarget.solr(node, "songs")), List.of(jpeg()));
      clients.askAlone(1);
      ClientFigures seen = clients.ask(1, TimeUnit.SECONDS.toNanos(2), 2);
      assertThat(asked.get()).isGreaterThan(replies.size());
      assertThat(seen.answers()).hasSize(2);
      assertThat(seen.wrong()).hasSize(1);
      assertThat(seen.refusals()).hasSize(2);
      assertThat(seen.refusedInTime()).isEqualTo(0.5);
      assertThat(seen.failures())
          .containsEntry("503 gone", 1)
          .containsOnlyKeys("503 gone", "500 a fault");
      assertThat(seen.failed()).isEqualTo(asked.get() - 6);
    }
  }

  @Test
  @Timeout(60)
  void answersOfBothIndexesAreRightWhereTheyTakeEachOthersPlace() throws Exception {
    try (ScriptedServer server =
        new ScriptedServer(number -> new Reply("200 OK", "{\"songs\":[" + number / 2 % 2 + "]}"))) {
      LoadClients clients =
          new LoadClients(List.of(LoadTarget.server(server.address())), List.of(jpeg()));
      clients.askAlone(1);
      clients.askAlone(1);
      ClientFigures seen = clients.ask(2, TimeUnit.MILLISECONDS.toNanos(200), 2);
      assertThat(seen.answers()).isNotEmpty();
      assertThat(seen.wrong().size() + seen.failed()).isZero();
    }
  }

  @Test
  void quantilesAreValues() {
    List<Double> values = List.of(4.0, 1.0, 3.0, 2.0);
    assertThat(ClientFigures.quantile(values, 0.5)).isEqualTo(3);
    assertThat(ClientFigures.quantile(values, 0.99)).isEqualTo(4);
    assertThat(ClientFigures.max(values)).isEqualTo(4);
    assertThat(ClientFigures.quantile(List.of(), 0.5)).isNaN();
  }
}
