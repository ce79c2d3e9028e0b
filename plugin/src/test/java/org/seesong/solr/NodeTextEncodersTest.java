package org.seesong.solr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.solr.common.SolrException;
import org.junit.jupiter.api.Test;
import org.seesong.encoder.TextEncoder;
import org.seesong.query.TwoHopQuery;
import org.seesong.vector.VectorSpace;

class NodeTextEncodersTest {
  private static final VectorSpace SPACE = new VectorSpace("fake-text-1", 2);
  private static final WordsRequest WORDS = new WordsRequest("snow", "", "", "", 0.5);
  private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();
  private static final Duration LONG = Duration.ofSeconds(60);

  /** Gives the same vector for all texts, once it may. */
  private static final class Fake implements TextEncoder {
    private final CountDownLatch encoding = new CountDownLatch(PROCESSORS);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private final AtomicInteger closed = new AtomicInteger();

    @Override
    public String id() {
      return SPACE.id();
    }

    @Override
    public int dimension() {
      return SPACE.dimension();
    }

    @Override
    public float[][] encode(List<String> texts, Role role) {
      encoding.countDown();
      await(goOn);
      if (closed.get() > 0) {
        throw new IllegalStateException("text encoder is closed");
      }
      return texts.stream().map(text -> new float[] {1, 0}).toArray(float[][]::new);
    }

    @Override
    public void close() {
      closed.incrementAndGet();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void anEncoderIsOpenedOnceAndClosedWithTheNode() {
    Fake fake = new Fake();
    fake.goOn.countDown();
    List<String> opened = new ArrayList<>();
    NodeTextEncoders encoders =
        new NodeTextEncoders(
            id -> {
              opened.add(id);
              return fake;
            },
            new NodeProcessors());
    assertThat(opened).isEmpty();
    for (int i = 0; i < 3; i++) {
      TwoHopQuery.Words words = encoders.encode(WORDS, SPACE, LONG);
      assertThat(words.space()).isEqualTo(SPACE);
      assertThat(words.target().values()).containsExactly(1, 0);
      assertThat(words.findsSongs()).isTrue();
    }
    assertThat(opened).containsExactly("fake-text-1");
    encoders.close();
    assertThat(fake.closed).hasValue(1);
    assertThatThrownBy(() -> encoders.encode(WORDS, SPACE, LONG))
        .isInstanceOf(StatusException.class)
        .hasMessage("this node is stopping: the node's text encoders are closed");
  }

  @Test
  void asManyEncodeAtOnceAsThereAreProcessorsAndOthersWait() throws Exception {
    Fake fake = new Fake();
    ExecutorService threads = Executors.newFixedThreadPool(PROCESSORS);
    try (NodeTextEncoders encoders = new NodeTextEncoders(id -> fake, new NodeProcessors())) {
      List<Future<TwoHopQuery.Words>> running = new ArrayList<>();
      for (int i = 0; i < PROCESSORS; i++) {
        running.add(threads.submit(() -> encoders.encode(WORDS, SPACE, LONG)));
      }
      await(fake.encoding);
      assertThatThrownBy(() -> encoders.encode(WORDS, SPACE, Duration.ofMillis(1)))
          .isInstanceOfSatisfying(
              StatusException.class, refusal -> assertThat(refusal.code()).isEqualTo(503))
          .hasMessage("this node is busy encoding words; retry soon");
      fake.goOn.countDown();
      for (Future<TwoHopQuery.Words> each : running) {
        assertThat(each.get(60, TimeUnit.SECONDS).space()).isEqualTo(SPACE);
      }
      assertThat(encoders.encode(WORDS, SPACE, LONG).space()).isEqualTo(SPACE);
    } finally {
      fake.goOn.countDown();
      threads.shutdown();
    }
  }

  @Test
  void aMissingEncoderIsTheNodesFaultAndTriedAgain() {
    AtomicInteger tries = new AtomicInteger();
    try (NodeTextEncoders encoders =
        new NodeTextEncoders(
            id -> {
              tries.incrementAndGet();
              throw new IOException("text model 'fake' is not on the class path; add x:y");
            },
            new NodeProcessors())) {
      for (int i = 0; i < 2; i++) {
        assertThatThrownBy(() -> encoders.encode(WORDS, SPACE, LONG))
            .isInstanceOfSatisfying(
                SolrException.class, failure -> assertThat(failure.code()).isEqualTo(500))
            .hasMessage(
                "this node cannot encode words: text model 'fake' is not on the class path; add"
                    + " x:y (jars go into modules/seesong/lib of every node, which then needs a"
                    + " restart; clients may send image.wordsVec instead)");
      }
    }
    assertThat(tries).hasValue(2);
  }
}
