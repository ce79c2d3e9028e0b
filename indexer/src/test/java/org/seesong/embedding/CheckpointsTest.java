package org.seesong.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.seesong.graph.Graph;
import org.seesong.vector.FloatMatrix;

class CheckpointsTest {
  private static final Duration OFTEN = Duration.ofMillis(5);
  private static final long LONG = 5_000_000;
  private static final Duration NEVER = Duration.ofDays(1);

  @TempDir private Path folder;

  private final Graph graph = PlantedGraphs.of(4, 50, 20, 1);

  private static LineOptions options(String method) {
    LineOptions line = (LineOptions) EmbeddingOptions.of(method);
    return line.withDimension(16).withSamples(405_000);
  }

  private float[] train(LineOptions options, Duration interval, LongConsumer progress)
      throws Exception {
    return Embedding.train(graph, options, progress, Checkpoints.every(interval, file())).data();
  }

  private Path file() {
    return folder.resolve("state");
  }

  /** Interrupts a training at a place; what it has done by then is kept. */
  private void interrupt(LineOptions options, long samples) {
    Thread training = Thread.currentThread();
    assertThatThrownBy(
            () ->
                train(
                    options,
                    NEVER,
                    done -> {
                      if (done >= samples) {
                        training.interrupt();
                        // Else the rest might be done before the interruption is noticed.
                        while (training.isInterrupted()) {
                          Thread.onSpinWait();
                        }
                      }
                    }))
        .isInstanceOf(InterruptedException.class);
    assertThat(file()).exists();
  }

  @ParameterizedTest
  @ValueSource(strings = {"line2", "line1"})
  void anInterruptedTrainingGoesOnToTheSameBits(String method) throws Exception {
    float[] whole = Embedding.train(graph, options(method), done -> {}).data();
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < 3; i++) {
      interrupt(options(method), random.nextInt(10_000, 200_000));
    }
    AtomicLong first = new AtomicLong(Long.MAX_VALUE);
    float[] resumed =
        train(options(method), NEVER, done -> first.accumulateAndGet(done, Math::min));
    assertThat(resumed).containsExactly(whole);
    assertThat(first.get()).isGreaterThan(30_000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"line2", "line1"})
  void checkpointsOnTheWayDoNotChangeTheBits(String method) throws Exception {
    float[] whole = Embedding.train(graph, options(method), done -> {}).data();
    assertThat(train(options(method), OFTEN, done -> {})).containsExactly(whole);
    assertThat(file()).exists();
  }

  /** What a kill leaves is the last checkpoint, and so is what a failure leaves. */
  @Test
  void aFailedTrainingGoesOnFromTheLastCheckpoint() throws Exception {
    LineOptions options = options("line2");
    float[] whole = Embedding.train(graph, options, done -> {}).data();
    assertThatThrownBy(
            () ->
                train(
                    options,
                    OFTEN,
                    done -> {
                      if (Files.exists(file()) && done > 100_000) {
                        throw new IllegalStateException("killed");
                      }
                    }))
        .hasRootCauseMessage("killed");
    AtomicLong first = new AtomicLong(Long.MAX_VALUE);
    assertThat(train(options, NEVER, done -> first.accumulateAndGet(done, Math::min)))
        .containsExactly(whole);
    assertThat(first.get()).isGreaterThan(10_000);
  }

  /** Trains as {@link #aKilledTrainingGoesOnToTheSameBits} says, in a process of its own. */
  static final class Training {
    private Training() {}

    public static void main(String[] arguments) throws Exception {
      Path state = Path.of(arguments[1]);
      Embedding.train(
          PlantedGraphs.of(4, 50, 20, 1),
          options(arguments[0]).withSamples(LONG),
          done -> {
            if (done == 100_000) {
              replaceState(state);
            }
          },
          Checkpoints.every(OFTEN, state));
    }

    /** A state may be from before the first block; the next one is not. */
    private static void replaceState(Path state) {
      try {
        Files.deleteIfExists(state);
        Files.createFile(state.resolveSibling("under way"));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"line2", "line1"})
  void rowsInSeveralArraysGoOnWithTheSameState(String name) throws Exception {
    float[] whole = Embedding.train(graph, options(name), done -> {}).data();
    interrupt(options(name), 100_000);
    Checkpoints often = Checkpoints.every(OFTEN, file());
    AtomicLong first = new AtomicLong();
    FloatMatrix blocks =
        SgnsTrainer.train(
            graph,
            options(name),
            SgnsKernel::fastest,
            done -> first.compareAndSet(0, done),
            often,
            5 * 16);
    assertThat(first.get()).isGreaterThan(100_000);
    for (int v = 0; v < graph.vertices(); v++) {
      assertThat(blocks.row(v)).containsExactly(Arrays.copyOfRange(whole, v * 16, (v + 1) * 16));
    }
    FloatMatrix again =
        SgnsTrainer.train(graph, options(name), SgnsKernel::fastest, done -> {}, often, 7 * 16);
    assertThat(again.row(3)).containsExactly(blocks.row(3));
  }

  @ParameterizedTest
  @ValueSource(strings = {"line2", "line1"})
  void aKilledTrainingGoesOnToTheSameBits(String method) throws Exception {
    LineOptions options = options(method).withSamples(LONG);
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                Training.class.getName(),
                method,
                file().toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    try {
      Path underWay = folder.resolve("under way");
      while (!(Files.exists(underWay) && Files.exists(file())) && process.isAlive()) {
        Thread.sleep(1);
      }
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.waitFor()).as(Files.readString(folder.resolve("log"))).isEqualTo(128 + 9);
    AtomicLong first = new AtomicLong(Long.MAX_VALUE);
    float[] resumed = train(options, NEVER, done -> first.accumulateAndGet(done, Math::min));
    assertThat(first.get()).isGreaterThan(100_000);
    assertThat(resumed).containsExactly(Embedding.train(graph, options, done -> {}).data());
  }

  @Test
  void severalThreadsGoOnToo() throws Exception {
    LineOptions options = options("line2").withThreads(3);
    interrupt(options, 100_000);
    AtomicLong first = new AtomicLong(Long.MAX_VALUE);
    AtomicLong last = new AtomicLong();
    train(
        options,
        OFTEN,
        done -> {
          first.accumulateAndGet(done, Math::min);
          last.accumulateAndGet(done, Math::max);
        });
    assertThat(first.get()).isGreaterThan(100_000);
    assertThat(last).hasValue(405_000);
  }

  @ParameterizedTest
  @CsvSource({"43, 1", "42, 2"})
  void aStateOfOtherOptionsIsPassedOver(long seed, int threads) throws Exception {
    interrupt(options("line2"), 100_000);
    LineOptions other = options("line2").withSeed(seed).withThreads(threads);
    AtomicLong first = new AtomicLong(Long.MAX_VALUE);
    train(other, NEVER, done -> first.accumulateAndGet(done, Math::min));
    assertThat(first).hasValue(10_000);
  }

  @Test
  void aDamagedStateIsPassedOver() throws Exception {
    LineOptions options = options("line2");
    float[] whole = Embedding.train(graph, options, done -> {}).data();
    interrupt(options, 100_000);
    byte[] good = Files.readAllBytes(file());
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < 6; i++) {
      byte[] bad = good.clone();
      bad[random.nextInt(bad.length)] ^= 4;
      Files.write(file(), i % 3 == 0 ? Arrays.copyOf(good, good.length - 1 - i) : bad);
      assertThat(train(options, NEVER, done -> {})).containsExactly(whole);
    }
  }

  @Test
  void aStateThatCannotBeKeptIsWarnedOfAndTheTrainingGoesOn() throws Exception {
    Path file = folder.resolve("absent").resolve("state");
    Checkpoints checkpoints = Checkpoints.every(OFTEN, file);
    float[] whole = Embedding.train(graph, options("line2"), done -> {}).data();
    assertThat(Embedding.train(graph, options("line2"), done -> {}, checkpoints).data())
        .containsExactly(whole);
    Thread training = Thread.currentThread();
    assertThatThrownBy(
            () ->
                Embedding.train(
                    graph,
                    options("line2").withSamples(LONG),
                    done -> training.interrupt(),
                    checkpoints))
        .isInstanceOf(InterruptedException.class);
  }

  @Test
  void nothingIsLeftBesideTheState() throws Exception {
    Checkpoints checkpoints = Checkpoints.every(OFTEN, file());
    Embedding.train(graph, options("line2"), done -> {}, checkpoints);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(file());
    }
    checkpoints.remove();
    checkpoints.remove();
    Checkpoints.none().remove();
    assertThat(file()).doesNotExist();
  }

  @Test
  void anIntervalOfNothingIsRefused() {
    assertThatThrownBy(() -> Checkpoints.every(Duration.ZERO, file()))
        .hasMessage("interval must be from PT0.001S to PT240000H; got: PT0S");
  }

  @Test
  void aStateIsComparedWithItsChecksum() throws Exception {
    interrupt(options("line2"), 50_000);
    assertThat(Checkpoints.problem(file())).isEmpty();
    byte[] whole = Files.readAllBytes(file());
    for (int at : new int[] {0, 9, whole.length / 2, whole.length - 1}) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 1;
      Files.write(file(), damaged);
      assertThat(Checkpoints.problem(file()).orElseThrow())
          .startsWith(file() + ": bytes 0 to ")
          .endsWith(
              " are damaged; the state of an unfinished training is lost; run the same 'seesong"
                  + " build' again, which begins it anew");
    }
    for (int length : new int[] {0, 11, 30, whole.length - 1}) {
      Files.write(file(), Arrays.copyOf(whole, length));
      assertThat(Checkpoints.problem(file())).isPresent();
    }
  }
}
