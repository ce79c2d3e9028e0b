package org.seesong.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.seesong.encoder.ChannelOrder;
import org.seesong.encoder.ModelDescription;
import org.seesong.encoder.ModelHome;
import org.seesong.encoder.Precision;
import org.seesong.io.Digests;
import org.seesong.model.onnx.ElementType;
import org.seesong.model.onnx.OnnxGraph;

/** Networks in ONNX files, as they are and in bytes. */
class OnnxCommandsTest extends ModelHomeTestCase {
  /** A convolution, a ReLU and a mean of 8 x 8 pixels. */
  private static byte[] network() {
    ByteBuffer kernel = ByteBuffer.allocate(16 * 27 * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < 16 * 27; i++) {
      kernel.putFloat((float) Math.sin(i) / 5);
    }
    return new OnnxGraph("net")
        .input("pixels", "n", 3, 8, 8)
        .constant("kernel", ElementType.FLOAT, new int[] {16, 3, 3, 3}, kernel.array())
        .node("Conv", "conv", List.of("pixels", "kernel"), OnnxGraph.ints("pads", 1, 1, 1, 1))
        .node("Relu", "relu", List.of("conv"))
        .node("GlobalAveragePool", "mean", List.of("relu"))
        .node("Flatten", "vector", List.of("mean"))
        .output("vector", "n", 16)
        .output("mean", "n", 16, 1, 1)
        .metadata("seesong.scaling", "p/127.5-1")
        .metadata("seesong.channels", "BGR")
        .metadata("seesong.output", "vector")
        .metadata("seesong.note", "made by a test")
        .model(8, 13);
  }

  private Path file() throws IOException {
    return Files.write(temp.resolve("net.onnx"), network());
  }

  private ModelDescription model(String name) throws IOException {
    return new ModelHome(models()).find(name).orElseThrow();
  }

  @Test
  void whatTheFileSaysNeedsNotBeTold() throws IOException {
    Outcome outcome = run("model", "import", "--onnx", file().toString(), "--name", "net");
    assertThat(outcome.code()).as(outcome.log()).isEqualTo(0);
    assertThat(outcome.data()).startsWith("imported net: encoder net-").contains("16 numbers");
    assertThat(model("net").scaling()).isEqualTo("p/127.5-1");
    assertThat(model("net").channelOrder()).isEqualTo(ChannelOrder.BGR);
    assertThat(model("net").note()).isEqualTo("made by a test");
    Outcome told =
        run(
            "model",
            "import",
            "--onnx",
            file().toString(),
            "--name",
            "told",
            "--scale",
            "p/2",
            "--channels",
            "rgb",
            "--output",
            "mean");
    assertThat(told.code()).as(told.log()).isEqualTo(0);
    assertThat(model("told").scaling()).isEqualTo("p/2");
    assertThat(model("told").channelOrder()).isEqualTo(ChannelOrder.RGB);
    assertThat(model("told").outputName()).isEqualTo("mean");
  }

  @Test
  void bytesAreCalibratedByTheDemosPictures() throws IOException {
    String onnx = file().toString();
    Outcome outcome =
        run("model", "import", "--onnx", onnx, "--name", "net-int8", "--precision", "int8");
    assertThat(outcome.code()).as(outcome.log()).isEqualTo(0);
    assertThat(model("net-int8").precision()).isEqualTo(Precision.INT8);
    assertThat(model("net-int8").note())
        .startsWith("made by a test; int8, ranges by ")
        .contains(" of 128 pictures; cosine to float32 on 32 others: mean 0.99");
    assertThat(modelNames()).containsExactly("net-int8");
    Outcome few =
        run(
            "model",
            "import",
            "--onnx",
            onnx,
            "--name",
            "x",
            "--precision",
            "int8",
            "--calibrate",
            temp.resolve("home").toString());
    assertThat(few.code()).isEqualTo(2);
    assertThat(few.log()).contains("calibration needs at least 64 pictures; got: ");
  }

  @Test
  void optionsThatDoNotFitAreRefused() throws IOException {
    String onnx = file().toString();
    assertRefused(
        "--calibrate is for int8; say --precision int8 as well",
        "import",
        "--onnx",
        onnx,
        "--name",
        "x",
        "--calibrate",
        "y");
    assertRefused(
        "--engine is for weights; an ONNX file runs in ONNX Runtime",
        "import",
        "--onnx",
        onnx,
        "--name",
        "x",
        "--engine",
        "onnx");
    assertRefused(
        "--signature is for --saved-model",
        "import",
        "--onnx",
        onnx,
        "--name",
        "x",
        "--signature",
        "s");
    assertRefused(
        "--layout is for --onnx; a SavedModel has its channels last",
        "import",
        "--saved-model",
        onnx,
        "--name",
        "x",
        "--layout",
        "nchw");
    assertRefused(
        "--precision is for weights and --onnx; a SavedModel runs in TensorFlow as it is",
        "import",
        "--saved-model",
        onnx,
        "--name",
        "x",
        "--precision",
        "int8");
    assertRefused(
        "--precision int8 runs in ONNX Runtime; say --engine onnx",
        "random",
        "vgg19",
        "--precision",
        "int8",
        "--engine",
        "tensorflow");
    assertRefused(
        "mobilenet_v2 is among the files of Seesong's releases; say where those are: --url"
            + " https://.../mobilenet_v2.onnx",
        "fetch",
        "mobilenet_v2");
    assertThat(modelNames()).isEmpty();
  }

  private void assertRefused(String message, String... arguments) {
    String[] all = new String[arguments.length + 1];
    all[0] = "model";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    Outcome outcome = run(all);
    assertThat(outcome.code()).as(outcome.log()).isEqualTo(2);
    assertThat(outcome.log()).startsWith("seesong: " + message + "\n");
  }

  @Test
  void aReleasesNetworkIsFetchedAndTakenByItself() throws Exception {
    byte[] bytes = network();
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Thread thread = new Thread(() -> serve(server, bytes), "releases");
      thread.start();
      String url = "http://127.0.0.1:" + server.getLocalPort() + "/mobilenet_v2.onnx";
      Outcome other = run("model", "fetch", "mobilenet_v2", "--url", url);
      assertThat(other.code()).isEqualTo(1);
      assertThat(modelNames()).isEmpty();
      Outcome outcome =
          run("model", "fetch", "mobilenet_v2", "--url", url, "--sha256", Digests.sha256(bytes));
      assertThat(outcome.code()).as(outcome.log()).isEqualTo(0);
    }
    assertThat(modelNames()).containsExactly("mobilenet_v2");
    assertThat(model("mobilenet_v2").trained()).isTrue();
    assertThat(EncoderChoice.best(new ModelHome(models()))).isEqualTo("mobilenet_v2");
  }

  /** Answers any request with one file until the socket is closed. */
  private static void serve(ServerSocket server, byte[] file) {
    String head = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: " + file.length;
    while (!server.isClosed()) {
      try (Socket socket = server.accept()) {
        BufferedReader request =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
        String line = request.readLine();
        while (line != null && !line.isEmpty()) {
          line = request.readLine();
        }
        OutputStream out = socket.getOutputStream();
        out.write((head + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        out.write(file);
        out.flush();
      } catch (IOException e) {
        // Closed by the test, or a client that had enough.
      }
    }
  }
}
