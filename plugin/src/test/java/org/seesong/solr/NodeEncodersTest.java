package org.seesong.solr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import javax.imageio.ImageIO;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.util.NamedList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seesong.image.ImageDecoder;
import org.seesong.image.UnknownEncoderException;
import org.seesong.vector.FloatVector;

class NodeEncodersTest {
  @TempDir Path models;

  private EncoderSettings settings(String name) {
    return new EncoderSettings(name, models, 1, Duration.ofSeconds(20));
  }

  private static byte[] picture() throws IOException {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(30, 20, BufferedImage.TYPE_INT_RGB), "png", png);
    return png.toByteArray();
  }

  @Test
  void coresShareAnEncoderAndTheLastOneClosesIt() throws Exception {
    try (NodeEncoders encoders = new NodeEncoders()) {
      NodeEncoder first = encoders.acquire(settings("descriptor"));
      assertThat(encoders.acquire(settings("descriptor"))).isSameAs(first);
      encoders.release(settings("descriptor"));
      assertThat(first.encode(NodeEncodersTest::picture, new ImageDecoder()).dimension())
          .isEqualTo(912);
      assertThat(encoders.open()).isOne();
      encoders.release(settings("descriptor"));
      assertThat(encoders.open()).isZero();
      assertThatThrownBy(() -> first.encode(NodeEncodersTest::picture, new ImageDecoder()))
          .isInstanceOf(StatusException.class)
          .hasMessage("this node is stopping: encoder 'descriptor-2' is closed");
    }
  }

  @Test
  void aFullNodeRefusesAtOnceAndServesAgainLater() throws Exception {
    try (NodeEncoders encoders = new NodeEncoders()) {
      NodeEncoder encoder = encoders.acquire(settings("descriptor"));
      CountDownLatch reading = new CountDownLatch(1);
      CountDownLatch goOn = new CountDownLatch(1);
      CompletableFuture<FloatVector> slow =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return encoder.encode(
                      () -> {
                        reading.countDown();
                        await(goOn);
                        return picture();
                      },
                      new ImageDecoder());
                } catch (IOException e) {
                  throw new IllegalStateException(e);
                }
              });
      await(reading);
      assertThat(encoder.underWay()).isOne();
      assertThatThrownBy(() -> encoder.encode(NodeEncodersTest::picture, new ImageDecoder()))
          .isInstanceOfSatisfying(
              SolrException.class, refusal -> assertThat(refusal.code()).isEqualTo(503))
          .hasMessage("encoder 'descriptor-2' is busy with 1 pictures; retry in a moment");
      goOn.countDown();
      assertThat(slow.join().dimension()).isEqualTo(912);
      assertThat(encoder.underWay()).isZero();
      assertThat(encoder.encode(NodeEncodersTest::picture, new ImageDecoder())).isNotNull();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void theNodesEndClosesWhatIsLeft() throws Exception {
    NodeEncoders encoders = new NodeEncoders();
    NodeEncoder encoder = encoders.acquire(settings("descriptor"));
    encoders.close();
    assertThatThrownBy(() -> encoder.encode(NodeEncodersTest::picture, new ImageDecoder()))
        .hasMessage("this node is stopping: encoder 'descriptor-2' is closed");
    assertThatThrownBy(() -> encoders.acquire(settings("descriptor")))
        .hasMessage("the node's encoders are closed");
    encoders.release(settings("descriptor"));
  }

  @Test
  void anUnknownModelIsNamed() {
    try (NodeEncoders encoders = new NodeEncoders()) {
      assertThatThrownBy(() -> encoders.acquire(settings("vgg19")))
          .isInstanceOf(UnknownEncoderException.class);
    }
  }

  @Test
  void picturesAreFetchedFromListedPlacesOnly() {
    PictureUrls urls =
        new PictureUrls(
            List.of("https://cdn.example.org/covers/"), 100, EncoderSettings.TIME_LIMIT);
    assertThat(urls.source("https://cdn.example.org/covers/a.jpg")).isNotNull();
    for (String elsewhere :
        List.of(
            "https://cdn.example.org/other/a.jpg",
            "https://cdn.example.org/covers/../other/a.jpg",
            "https://cdn.example.org/covers/%2e%2e/other/a.jpg",
            "https://cdn.example.org:8443/covers/a.jpg",
            "http://cdn.example.org/covers/a.jpg",
            "https://cdn.example.org.evil.example/covers/a.jpg")) {
      assertThatThrownBy(() -> urls.source(elsewhere))
          .as(elsewhere)
          .hasMessageContaining("image.url is not in this server's list: ");
    }
    for (String odd :
        List.of(
            "file:///etc/passwd", "https://user@cdn.example.org/covers/a.jpg", "covers/a.jpg")) {
      assertThatThrownBy(() -> urls.source(odd))
          .hasMessage("image.url must be http(s)://host/...; got: '" + odd + "'");
    }
    assertThatThrownBy(
            () -> new PictureUrls(List.of("https://example.org"), 100, EncoderSettings.TIME_LIMIT))
        .hasMessage("urlAllowList must name folders that end in '/': https://example.org");
  }

  @Test
  void wrongArgumentsAreNamed() {
    NamedList<Object> args = new NamedList<>();
    args.add("encoder", "descriptor");
    args.add("encoderQueue", "many");
    assertThatThrownBy(() -> HandlerSettings.from(args))
        .hasMessage("encoderQueue must be a whole number; got: 'many'");
    args.setVal(1, "0");
    assertThatThrownBy(() -> HandlerSettings.from(args))
        .hasMessage("encoderQueue must be 1 to 10000; got: 0");
    NamedList<Object> fields = new NamedList<>();
    fields.add("songVector", "x");
    NamedList<Object> other = new NamedList<>();
    other.add("fields", fields);
    assertThatThrownBy(() -> HandlerSettings.from(other))
        .hasMessage(
            "'fields' of the handler has [songVector]; it takes [pictureVector,"
                + " pictureNetworkVector, pictureKeyword, pictureKeywordWeight, songNetworkVector,"
                + " songKeyword, songArtist]");
  }
}
