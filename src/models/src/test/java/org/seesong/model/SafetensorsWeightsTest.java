package org.seesong.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsWeightsTest {
  private static final VggNetwork TINY = KerasWeightsTest.TINY;

  private static final String LAYERS =
      tensor("features.0.weight", "[2,3,3,3]", 0, 216)
          + tensor("features.0.bias", "[2]", 216, 224)
          + tensor("classifier.0.weight", "[3,8]", 224, 320)
          + tensor("classifier.0.bias", "[3]", 320, 332)
          + tensor("classifier.3.weight", "[3,3]", 332, 368)
          + tensor("classifier.3.bias", "[3]", 368, 380);

  @TempDir Path temp;
  private Path file;

  @BeforeEach
  void name() {
    file = temp.resolve("w.safetensors");
  }

  @Test
  void aPrefixOfAllNamesIsAccepted() throws IOException {
    write(LAYERS, 380);
    SafetensorsWeights.open(file, TINY).close();
    write(LAYERS.replace("\"features", "\"model.features").replace("\"cl", "\"model.cl"), 380);
    SafetensorsWeights.open(file, TINY).close();
  }

  @Test
  void missingAndMisshapenLayersAreAllNamed() throws IOException {
    write(
        LAYERS
            .replace("features.0.bias", "features.0.tail")
            .replace("[3,8]", "[4,6]")
            .replace("classifier.3.weight", "classifier.4.weight"),
        380);
    assertRefused(
        """
        does not hold the weights of this network:
          layer fc1: kernel 'classifier.0.weight' has shape [4, 6], expected [3, 8] or [3, 2, 2, 2]
          layer block1_conv1: the bias is missing
          layer fc2: the kernel is missing\
        """);
  }

  @Test
  void aNetworkWithBatchNormalisationIsNamed() throws IOException {
    write(LAYERS + tensor("features.1.running_mean", "[2]", 0, 8), 380);
    assertRefused("holds a network with batch normalisation (vgg19_bn); take the one without");
  }

  @Test
  void aCutOffFileIsRefused() throws IOException {
    write(LAYERS, 379);
    assertRefused(
        "does not hold the weights of this network:\n"
            + "  layer fc2: bias 'classifier.3.bias' is cut off: the file has only "
            + Files.size(file)
            + " bytes; get it again");
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length; length += 41) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> SafetensorsWeights.open(file, TINY))
          .isInstanceOf(WeightsException.class);
    }
  }

  @Test
  void absurdHeadersAreRefused() throws IOException {
    header(-1, "{}");
    assertRefused(
        "is not a safetensors file: its header would have 18446744073709551615 bytes (at most"
            + " 4194304)");
    header(100, "{}");
    assertRefused("is cut short: its header has 100 bytes, the whole file only 10");
    header(2, "[]");
    assertRefused("is not a safetensors file: its header is not an object");
    header(3, "{a}");
    assertThatThrownBy(() -> SafetensorsWeights.open(file, TINY))
        .hasMessageStartingWith("w.safetensors: is not a safetensors file: its header is not JSON");
    header(100_000, "[".repeat(100_000));
    assertThatThrownBy(() -> SafetensorsWeights.open(file, TINY))
        .hasMessageStartingWith("w.safetensors: is not a safetensors file: its header is not JSON");
    Files.writeString(file, "abc");
    assertRefused("is not a safetensors file; it starts with the bytes 61 62 63");
  }

  @Test
  void absurdTensorsAreRefused() throws IOException {
    String[] tensors = {
      tensor("a.weight", "[4294967296,4294967296]", 0, 8),
      tensor("a.weight", "[2]", -8, 0),
      tensor("a.weight", "[2]", 0, 9),
      tensor("a.weight", "[2.5]", 0, 10),
      tensor("a.weight", "\"2\"", 0, 8),
      tensor("a.weight", "[2]", 0, 8).replace("F32", "I8"),
      tensor("a.weight", "[2]", 0, 8) + tensor("a.weight", "[2]", 0, 8),
      "\"a.weight\":7,",
    };
    for (String tensor : tensors) {
      write(tensor + LAYERS, 380);
      assertThatThrownBy(() -> SafetensorsWeights.open(file, TINY))
          .as(tensor)
          .isInstanceOf(WeightsException.class)
          .hasMessageContaining("a.weight");
    }
    write(tensor("features.0.weight", "[2,3,3,3]", Long.MAX_VALUE - 216, Long.MAX_VALUE), 0);
    assertThatThrownBy(() -> SafetensorsWeights.open(file, TINY))
        .isInstanceOf(WeightsException.class);
  }

  @Test
  void damagedFilesThrowNothingElse() throws IOException {
    write(LAYERS, 380);
    byte[] whole = Files.readAllBytes(file);
    Random random = new Random(1);
    for (int i = 0; i < 500; i++) {
      byte[] damaged = whole.clone();
      for (int flips = random.nextInt(3); flips >= 0; flips--) {
        damaged[random.nextInt(whole.length - 380)] = (byte) random.nextInt();
      }
      Files.write(file, damaged);
      try (WeightSource weights = SafetensorsWeights.open(file, TINY)) {
        assertThat(weights.network()).isEqualTo(TINY);
      } catch (WeightsException e) {
        assertThat(e).hasMessageStartingWith("w.safetensors: ");
      }
    }
  }

  @Test
  void anHdf5FileIsNamed() throws IOException {
    Files.write(file, "\u0089HDF\r\n\u001a\n...".getBytes(StandardCharsets.ISO_8859_1));
    assertRefused("is not a safetensors file but an HDF5 file; import it with --keras");
  }

  private void assertRefused(String problem) {
    assertThatThrownBy(() -> SafetensorsWeights.open(file, TINY))
        .isInstanceOf(WeightsException.class)
        .hasMessage("w.safetensors: " + problem);
  }

  private void write(String tensors, int bytes) throws IOException {
    String json = "{" + tensors + "\"__metadata__\":{\"format\":\"pt\"}}";
    header(json.length(), json + "\0".repeat(bytes));
  }

  private void header(long length, String rest) throws IOException {
    byte[] content = new byte[Long.BYTES + rest.length()];
    ByteBuffer.wrap(content)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(length)
        .put(rest.getBytes(StandardCharsets.ISO_8859_1));
    Files.write(file, content);
  }

  private static String tensor(String name, String shape, long from, long to) {
    return "\""
        + name
        + "\":{\"dtype\":\"F32\",\"shape\":"
        + shape
        + ",\"data_offsets\":["
        + from
        + ","
        + to
        + "]},";
  }
}
