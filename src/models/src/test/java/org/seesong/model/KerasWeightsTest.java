package org.seesong.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.WritableGroup;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seesong.encoder.Engine;

class KerasWeightsTest {
  static final VggNetwork TINY =
      new VggNetwork(4, List.of(new VggNetwork.Block(1, 2)), List.of(3, 3), 0);

  @TempDir Path temp;

  @Test
  void readsWhatPythonWrote() throws IOException {
    WeightSource formula = new FormulaWeights(TINY);
    try (WeightSource weights = KerasWeights.open(byPython(), TINY)) {
      for (VggLayer layer : TINY.layers()) {
        assertThat(FormulaWeights.all(weights.kernel(layer), layer.kernelSize()))
            .isEqualTo(FormulaWeights.all(formula.kernel(layer), layer.kernelSize()));
        assertThat(FormulaWeights.all(weights.bias(layer), layer.width()))
            .isEqualTo(FormulaWeights.all(formula.bias(layer), layer.width()));
      }
    }
  }

  @Test
  void anotherNetworkIsToldByAllItsLayers() throws IOException {
    VggNetwork wider =
        new VggNetwork(
            4, List.of(new VggNetwork.Block(2, 2), new VggNetwork.Block(1, 2)), List.of(5, 3), 0);
    Path file = byPython();
    assertThatThrownBy(() -> KerasWeights.open(file, wider))
        .isInstanceOf(WeightsException.class)
        .hasMessage(
            """
            w.h5: does not hold the weights of this network:
              layer block1_conv2: missing
              layer block2_conv1: missing
              layer fc1: kernel 'fc1_W_1:0' has shape [8, 3], expected [2, 5]
              layer fc1: bias 'fc1_b_1:0' has shape [3], expected [5]
              layer fc2: kernel 'fc2_W_1:0' has shape [3, 3], expected [5, 3]\
            """);
  }

  @Test
  void aFileWithoutTheTopIsNamedSo() throws IOException {
    Path file = temp.resolve("notop.h5");
    try (WritableHdfFile hdf = HdfFile.write(file)) {
      WritableGroup group = hdf.putGroup("block1_conv1");
      group.putAttribute("weight_names", new String[] {"k", "b"});
      group.putDataset("k", new float[3][3][3][2]);
      group.putDataset("b", new float[2]);
      hdf.putAttribute("layer_names", new String[] {"block1_conv1"});
    }
    assertThatThrownBy(() -> KerasWeights.open(file, TINY))
        .hasMessage(
            """
            notop.h5: does not hold the weights of this network; \
            a 'notop' file lacks the fully-connected layers, take the one without 'notop':
              layer fc1: missing
              layer fc2: missing\
            """);
  }

  @Test
  void otherNumbersAreReadOrRefused() throws IOException {
    Path file = temp.resolve("w.h5");
    try (WritableHdfFile hdf = HdfFile.write(file)) {
      one(hdf, "block1_conv1", new double[3][3][3][2], new double[] {1, 2.5});
      one(hdf, "fc1", new double[8][3], new double[3]);
      one(hdf, "fc2", new double[3][3], new double[] {0, 0, 1e300});
      hdf.putAttribute("layer_names", new String[] {"block1_conv1", "fc1", "fc2"});
    }
    try (WeightSource weights = KerasWeights.open(file, TINY)) {
      VggLayer layer = TINY.layers().get(0);
      assertThat(FormulaWeights.all(weights.bias(layer), 2)).containsExactly(1, 2.5f);
      assertThatThrownBy(() -> Vgg19.write(weights, Engine.ONNX, temp.resolve("m"), done -> {}))
          .isInstanceOf(WeightsException.class)
          .hasMessage(
              "w.h5: layer fc2: bias holds Infinity at [2] of [3]; every weight must be a finite"
                  + " 32-bit float");
    }
    Path integers = temp.resolve("i.h5");
    try (WritableHdfFile hdf = HdfFile.write(integers)) {
      one(hdf, "block1_conv1", new int[3][3][3][2], new int[2]);
      hdf.putAttribute("layer_names", new String[] {"block1_conv1"});
    }
    assertThatThrownBy(() -> KerasWeights.open(integers, TINY))
        .hasMessage("i.h5: weights 'k' are not floating-point numbers but int");
  }

  private static void one(WritableHdfFile hdf, String layer, Object kernel, Object bias) {
    WritableGroup group = hdf.putGroup(layer);
    group.putAttribute("weight_names", new String[] {"k", "b"});
    group.putDataset("k", kernel);
    group.putDataset("b", bias);
  }

  @Test
  void filesOfAnotherKindAreNamed() throws IOException {
    assertRefused(
        "PK\u0003\u0004model",
        "is not an HDF5 file but a zip archive, like PyTorch's .pth and Keras' .keras files; it"
            + " starts with the bytes 50 4b 03 04 6d 6f 64 65");
    assertRefused(
        "<!DOCTYPE html>",
        "is not an HDF5 file but a web page, perhaps an error page that was saved in the file's"
            + " place; it starts with the bytes 3c 21 44 4f 43 54 59 50");
    assertRefused(
        "version https://git-lfs.github.com/spec/v1",
        "is not an HDF5 file but a Git LFS pointer, not the file itself; it starts with the bytes"
            + " 76 65 72 73 69 6f 6e 20");
    assertRefused("", "is not an HDF5 file; it is empty");
    assertRefused(
        "\u0010\0\0\0\0\0\0\0{}",
        "is not an HDF5 file but looks like safetensors; import it with --safetensors");
    assertThatThrownBy(() -> KerasWeights.open(temp, TINY))
        .hasMessageEndingWith(": is not a file but a folder or device");
    Path absent = temp.resolve("absent.h5");
    assertThatThrownBy(() -> KerasWeights.open(absent, TINY))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessage(absent + ": no such file");
  }

  private void assertRefused(String content, String problem) throws IOException {
    Path file = temp.resolve("w.h5");
    Files.write(file, content.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> KerasWeights.open(file, TINY))
        .isInstanceOf(WeightsException.class)
        .hasMessage("w.h5: " + problem);
  }

  @Test
  void aFileCutOffAnywhereIsRefused() throws IOException {
    Path file = byPython();
    byte[] whole = Files.readAllBytes(file);
    for (int percent = 0; percent < 100; percent += 5) {
      Files.write(file, Arrays.copyOf(whole, whole.length * percent / 100));
      assertThatThrownBy(() -> KerasWeights.open(file, TINY))
          .as("%d %%", percent)
          .isInstanceOf(WeightsException.class)
          .hasMessageStartingWith("w.h5: ");
    }
  }

  /** Whatever bytes are wrong, the answer is weights or an IOException. */
  @Test
  void damagedFilesThrowNothingElse() throws IOException {
    Path file = byPython();
    byte[] whole = Files.readAllBytes(file);
    Random random = new Random(1);
    for (int i = 0; i < 500; i++) {
      byte[] damaged = whole.clone();
      for (int flips = random.nextInt(4); flips >= 0; flips--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      }
      Files.write(file, damaged);
      try (WeightSource weights = KerasWeights.open(file, TINY)) {
        assertThat(weights.network()).isEqualTo(TINY);
      } catch (WeightsException e) {
        assertThat(e).hasMessageStartingWith("w.h5: ");
      }
    }
  }

  /** Made with h5py 3.16 in the layout of Keras 1 and 2, with weights of the formula. */
  private Path byPython() throws IOException {
    Path file = temp.resolve("w.h5");
    try (InputStream packed = getClass().getResourceAsStream("keras-2-by-h5py.h5.gz")) {
      Files.write(file, new GZIPInputStream(packed).readAllBytes());
    }
    return file;
  }
}
