package org.seesong.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.seesong.encoder.Engine;

/** A model appears whole or not at all. */
class Vgg19WriteTest {
  private static final VggNetwork TINY = KerasWeightsTest.TINY;

  @TempDir Path temp;

  @Test
  void vgg19HasTheShapesOfThePaper() {
    VggNetwork network = VggNetwork.VGG19;
    assertThat(network.weightBytes()).isEqualTo(558_280_960L);
    assertThat(network.dimension()).isEqualTo(4096);
    assertThat(network.layers())
        .hasSize(18)
        .contains(
            new VggLayer("block1_conv1", List.of(3, 3, 3, 64)),
            new VggLayer("block3_conv4", List.of(3, 3, 256, 256)),
            new VggLayer("block5_conv4", List.of(3, 3, 512, 512)),
            new VggLayer("fc1", List.of(25088, 4096)),
            new VggLayer("fc2", List.of(4096, 4096)));
    assertThatThrownBy(() -> new VggNetwork(6, network.blocks(), network.dense(), 0))
        .hasMessage("side must be divisible by 2 for each of 5 blocks; got: 6");
  }

  @Test
  void theSameWeightsGiveTheSameBytes() throws Exception {
    Map<Engine, List<String>> files =
        Map.of(
            Engine.ONNX,
            List.of("model.onnx", "weights"),
            Engine.TENSORFLOW,
            List.of(
                "saved_model.pb",
                "variables/variables.index",
                "variables/variables.data-00000-of-00001"));
    Set<String> digests = new HashSet<>();
    for (Engine engine : Engine.values()) {
      AtomicLong progress = new AtomicLong();
      Path folder = temp.resolve(engine.id());
      Path one = folder.resolve("a/one");
      Path two = folder.resolve("two");
      digests.add(Vgg19.write(new RandomWeights(TINY, 5), engine, one, progress::set));
      digests.add(Vgg19.write(new RandomWeights(TINY, 5), engine, two, done -> {}));
      for (String name : files.get(engine)) {
        assertThat(Files.mismatch(one.resolve(name), two.resolve(name))).as(name).isEqualTo(-1);
      }
      assertThat(progress).hasValue(TINY.weightBytes());
      assertThat(names(folder)).containsExactlyInAnyOrder("a", "two");
      assertThat(names(folder.resolve("a"))).containsExactly("one");
    }
    assertThat(digests).as("one name for the weights in all files").hasSize(1);
    assertThat(Vgg19.write(new RandomWeights(TINY, 6), Engine.ONNX, temp.resolve("6"), done -> {}))
        .isNotIn(digests);
  }

  @Test
  void anExistingFolderIsLeftAlone() throws Exception {
    Path folder = Files.createDirectory(temp.resolve("vgg"));
    assertThatThrownBy(() -> write(new FormulaWeights(TINY), Engine.TENSORFLOW, "vgg"))
        .isInstanceOf(FileAlreadyExistsException.class)
        .hasMessage(folder + ": exists already; delete it first or choose another name");
    assertThat(names(temp)).containsExactly("vgg");
    assertThat(names(folder)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Engine.class)
  void nothingIsLeftWhenTheSourceFails(Engine engine) throws Exception {
    WeightSource failing =
        new Tampered(
            (target, count) -> {
              throw new IOException("disk on fire");
            });
    assertThatThrownBy(() -> write(failing, engine, "vgg"))
        .isInstanceOf(WeightsException.class)
        .hasMessage("tampered.h5: layer fc2: kernel cannot be read: disk on fire");
    assertThat(names(temp)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Engine.class)
  void aNumberThatIsNoneIsNamedWithItsPlace(Engine engine) throws Exception {
    WeightSource damaged = new Tampered((target, count) -> target[5] = Float.NaN);
    assertThatThrownBy(() -> write(damaged, engine, "vgg"))
        .isInstanceOf(WeightsException.class)
        .hasMessage(
            "tampered.h5: layer fc2: kernel holds NaN at [1, 2] of [3, 3]; every weight must be a"
                + " finite 32-bit float");
    assertThat(names(temp)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Engine.class)
  void nothingIsLeftWhenTheProgressFails(Engine engine) throws Exception {
    assertThatThrownBy(
            () ->
                Vgg19.write(
                    new FormulaWeights(TINY),
                    engine,
                    temp.resolve("vgg"),
                    done -> {
                      throw new IllegalStateException("no more");
                    }))
        .hasMessage("no more");
    assertThat(names(temp)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Engine.class)
  void nothingIsLeftWhenInterrupted(Engine engine) throws Exception {
    WeightSource interrupting = new Tampered((target, count) -> Thread.currentThread().interrupt());
    assertThatThrownBy(() -> write(interrupting, engine, "vgg"))
        .isInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isFalse();
    assertThat(names(temp)).isEmpty();
  }

  @Test
  void whatAKilledProcessLeftIsReplaced() throws Exception {
    Files.createDirectories(temp.resolve(".vgg.part/variables/deeper"));
    Files.writeString(temp.resolve(".vgg.part/variables/deeper/left"), "over");
    Files.writeString(temp.resolve(".vgg.lock"), "");
    write(new FormulaWeights(TINY), Engine.TENSORFLOW, "vgg");
    assertThat(names(temp)).containsExactly("vgg");
    assertThat(names(temp.resolve("vgg"))).containsExactlyInAnyOrder("saved_model.pb", "variables");
  }

  @ParameterizedTest
  @EnumSource(Engine.class)
  void twoImportsOfOneNameDoNotMix(Engine engine) throws Exception {
    WeightSource nested =
        new Tampered(
            (target, count) ->
                assertThatThrownBy(() -> write(new FormulaWeights(TINY), engine, "vgg"))
                    .isInstanceOf(FileAlreadyExistsException.class)
                    .hasMessage(
                        temp.resolve("vgg") + ": is being made by another import; wait for it"));
    write(nested, engine, "vgg");
    assertThat(names(temp)).containsExactly("vgg");
  }

  private void write(WeightSource source, Engine engine, String name)
      throws IOException, InterruptedException {
    Vgg19.write(source, engine, temp.resolve(name), done -> {});
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(path -> path.getFileName().toString()).toList();
    }
  }

  /** Good weights but for the last kernel. */
  private record Tampered(FloatStream last) implements WeightSource {
    @Override
    public VggNetwork network() {
      return TINY;
    }

    @Override
    public String name() {
      return "tampered.h5";
    }

    @Override
    public Preprocessing preprocessing() {
      return Preprocessing.KERAS;
    }

    @Override
    public boolean trained() {
      return false;
    }

    @Override
    public String note() {
      return "tampered";
    }

    @Override
    public FloatStream kernel(VggLayer layer) {
      return layer.name().equals("fc2") ? last : new FormulaWeights(TINY).kernel(layer);
    }

    @Override
    public FloatStream bias(VggLayer layer) {
      return new FormulaWeights(TINY).bias(layer);
    }

    @Override
    public void close() {
      // Nothing to free.
    }
  }
}
