package org.seesong.solr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.imageio.ImageIO;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.util.NamedList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seesong.encoder.DescriptorEncoder;
import org.seesong.encoder.UnknownEncoderException;
import org.seesong.image.ImageDecoder;
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
    try (NodeEncoders encoders = new NodeEncoders(new NodeProcessors())) {
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
    try (NodeEncoders encoders = new NodeEncoders(new NodeProcessors())) {
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
    NodeEncoders encoders = new NodeEncoders(new NodeProcessors());
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
    try (NodeEncoders encoders = new NodeEncoders(new NodeProcessors())) {
      assertThatThrownBy(() -> encoders.acquire(settings("vgg19")))
          .isInstanceOf(UnknownEncoderException.class);
    }
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
                + " songKeyword, songKeywordWeight, songArtist, songTextVector]");
  }

  private EncoderSettings settings(String name, int queue, long timeLimitMillis) {
    return new EncoderSettings(name, models, queue, Duration.ofMillis(timeLimitMillis));
  }

  @Test
  void collectionsWithOtherQueuesShareOneModel() throws Exception {
    AtomicInteger loads = new AtomicInteger();
    NodeEncoders.Opener opener =
        (folder, name) -> {
          loads.incrementAndGet();
          return new DescriptorEncoder();
        };
    try (NodeEncoders encoders = new NodeEncoders(opener, new NodeProcessors())) {
      NodeEncoder narrow = encoders.acquire(settings("m", 1, 1000));
      NodeEncoder wide = encoders.acquire(settings("m", 2, 20_000));
      assertThat(loads).hasValue(1);
      assertThat(encoders.open()).isOne();
      // The limits count the pictures of all, so neither gets more than it says.
      FloatVector vector =
          wide.encode(
              () -> {
                assertThat(narrow.underWay()).isOne();
                assertThatThrownBy(
                        () -> narrow.encode(NodeEncodersTest::picture, new ImageDecoder()))
                    .hasMessage(
                        "encoder 'descriptor-2' is busy with 1 pictures; retry in a moment");
                return picture();
              },
              new ImageDecoder());
      assertThat(vector.dimension()).isEqualTo(912);
      encoders.release(settings("m", 1, 1000));
      assertThat(wide.encode(NodeEncodersTest::picture, new ImageDecoder())).isEqualTo(vector);
      encoders.release(settings("m", 2, 20_000));
      assertThat(encoders.open()).isZero();
    }
  }

  @Test
  void whileOneModelLoadsOthersAreServed() throws Exception {
    CountDownLatch loading = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    NodeEncoders.Opener opener =
        (folder, name) -> {
          if (name.equals("large")) {
            loading.countDown();
            await(goOn);
          }
          return new DescriptorEncoder();
        };
    // Threads of its own: the common pool may have a single one.
    ExecutorService threads = Executors.newCachedThreadPool();
    try (NodeEncoders encoders = new NodeEncoders(opener, new NodeProcessors())) {
      Future<NodeEncoder> first = threads.submit(() -> encoders.acquire(settings("large")));
      Future<NodeEncoder> second = threads.submit(() -> encoders.acquire(settings("large")));
      try {
        await(loading);
        Future<NodeEncoder> small = threads.submit(() -> encoders.acquire(settings("small")));
        assertThat(small.get(20, TimeUnit.SECONDS)).isNotNull();
      } finally {
        goOn.countDown();
      }
      assertThat(first.get(20, TimeUnit.SECONDS)).isSameAs(second.get());
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void aModelThatCouldNotBeLoadedIsTriedAgain() throws Exception {
    AtomicInteger loads = new AtomicInteger();
    NodeEncoders.Opener opener =
        (folder, name) -> {
          if (loads.incrementAndGet() == 1) {
            throw new IOException("damaged");
          }
          return new DescriptorEncoder();
        };
    try (NodeEncoders encoders = new NodeEncoders(opener, new NodeProcessors())) {
      assertThatThrownBy(() -> encoders.acquire(settings("m")))
          .isInstanceOf(IOException.class)
          .hasMessage("damaged");
      assertThat(encoders.open()).isZero();
      assertThat(encoders.acquire(settings("m"))).isNotNull();
    }
  }

  @Test
  void aDefectIsNotTakenForANodeThatStops() throws Exception {
    try (NodeEncoders encoders = new NodeEncoders(new NodeProcessors())) {
      NodeEncoder encoder = encoders.acquire(settings("descriptor"));
      assertThatThrownBy(
              () ->
                  encoder.encode(
                      () -> {
                        throw new IllegalStateException("a defect");
                      },
                      new ImageDecoder()))
          .isExactlyInstanceOf(IllegalStateException.class)
          .hasMessage("a defect");
    }
  }

  @Test
  void filesAreReadUpToTheLargestLimit() throws Exception {
    Path folder = models.toRealPath();
    Files.write(folder.resolve("a.png"), picture());
    assertThat(
            PictureSource.of("bytes", "file", folder.toString(), Integer.MAX_VALUE)
                .fromFile("a.png"))
        .isEqualTo(picture());
    assertThatThrownBy(
            () -> PictureSource.of("bytes", "file", folder.toString(), 10).fromFile("a.png"))
        .hasMessage("a picture may have 10 bytes; this one has more");
  }
}
