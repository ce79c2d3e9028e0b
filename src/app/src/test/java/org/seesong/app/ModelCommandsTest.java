package org.seesong.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.seesong.model.PublishedWeights;

/** {@code seesong model ...} */
class ModelCommandsTest extends ModelHomeTestCase {
  private static final String IMPORT_HELP = "Try 'seesong model import --help'.\n";

  private String file(String name, String content) throws IOException {
    return Files.writeString(temp.resolve(name), content).toString();
  }

  @Test
  void anImportTakesExactlyOneSource() {
    Outcome none = run("model", "import", "--name", "x");
    assertThat(none.code()).isEqualTo(2);
    assertThat(none.log())
        .isEqualTo(
            "seesong: Error: Missing required argument (specify one of these):"
                + " (--saved-model=DIR | --keras=FILE | --safetensors=FILE |"
                + " --onnx=FILE)\n"
                + IMPORT_HELP);
    Outcome two = run("model", "import", "--name", "x", "--keras", "a", "--safetensors", "b");
    assertThat(two.code()).isEqualTo(2);
    assertThat(two.log())
        .isEqualTo(
            "seesong: Error: --keras=FILE, --safetensors=FILE are mutually exclusive (specify only"
                + " one)\n"
                + IMPORT_HELP);
  }

  @Test
  void whatWeightFilesKnowThemselvesIsRefused() {
    for (String option : List.of("--input", "--output", "--size", "--scale", "--signature")) {
      Outcome outcome = run("model", "import", "--name", "x", "--keras", "a.h5", option, "1");
      assertThat(outcome.code()).isEqualTo(2);
      assertThat(outcome.log())
          .isEqualTo(
              "seesong: "
                  + option
                  + " is for --onnx and --saved-model; with --keras it is known from the file\n"
                  + IMPORT_HELP);
    }
  }

  @Test
  void namesThatNoModelMayHaveAreWrongUsage() {
    for (List<String> command :
        List.of(
            List.of("import", "--keras", "a.h5"),
            List.of("import", "--saved-model", "a"),
            List.of("random", "vgg19"),
            List.of("fetch", "vgg19"))) {
      List<String> arguments = new ArrayList<>(List.of("model"));
      arguments.addAll(command);
      arguments.addAll(List.of("--name", "../x"));
      Outcome outcome = run(arguments.toArray(String[]::new));
      assertThat(outcome.code()).isEqualTo(2);
      assertThat(outcome.log())
          .startsWith(
              "seesong: model name must be 1 to 64 of a-z, 0-9, dot, underscore and hyphen, begin"
                  + " with a letter or digit, and not be 'descriptor'; got: '../x'\n");
    }
  }

  @Test
  void wrongFilesAreNamedAndLeaveNothing() throws IOException {
    Outcome text = run("model", "import", "--name", "x", "--keras", file("a.h5", "hello"));
    assertThat(text.code()).isEqualTo(1);
    assertThat(text.log())
        .isEqualTo("seesong: a.h5: is not an HDF5 file; it starts with the bytes 68 65 6c 6c 6f\n");
    Outcome page =
        run("model", "import", "--name", "x", "--safetensors", file("b.bin", "<!DOCTYPE html>"));
    assertThat(page.code()).isEqualTo(1);
    assertThat(page.log()).startsWith("seesong: b.bin: ").contains("a web page");
    String absent = temp.resolve("absent.h5").toString();
    Outcome gone = run("model", "import", "--name", "x", "--keras", absent);
    assertThat(gone.code()).isEqualTo(1);
    assertThat(gone.log()).isEqualTo("seesong: " + absent + ": there is no such file or folder\n");
    assertThat(modelNames()).isEmpty();
  }

  @Test
  void onlyPublishedWeightsAreFetched() {
    Outcome outcome = run("model", "fetch", "vgg20");
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.log())
        .isEqualTo(
"""
seesong: nothing is published as 'vgg20' that we know of; there are: vgg19, mobilenet_v2
Try 'seesong model fetch --help'.
""");
    Outcome insecure = run("model", "fetch", "vgg19", "--url", "http://example.org/vgg19.h5");
    assertThat(insecure.code()).isEqualTo(2);
    assertThat(insecure.log())
        .startsWith(
            "seesong: the address must begin with https:// (or http://127.0.0.1); got:"
                + " 'http://example.org/vgg19.h5'\n");
    Outcome digest = run("model", "fetch", "vgg19", "--sha256", "abc");
    assertThat(digest.code()).isEqualTo(2);
    assertThat(digest.log())
        .startsWith("seesong: sha256 must have 64 hexadecimal digits; got: 'abc'\n");
  }

  @Test
  void withoutAConnectionTheManualWayIsNamed() throws IOException {
    String address;
    try (TestSite site = new TestSite(new byte[0])) {
      address = site.address();
    }
    Outcome outcome = run("model", "fetch", "vgg19", "--url", address);
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.log())
        .startsWith("fetching vgg19 ...\nseesong: cannot download vgg19: no connection (")
        .endsWith(
            "\nYou can get the file yourself, with a browser or on another machine:\n  "
                + address
                + "\n  SHA-256 "
                + PublishedWeights.VGG19.sha256()
                + "\nand then run: seesong model import --keras FILE --name vgg19\n");
    assertThat(modelNames()).isEmpty();
  }

  @Test
  void whatCameIsVerifiedBeforeItIsUsed() throws Exception {
    byte[] content = "not the weights".getBytes(StandardCharsets.UTF_8);
    String digest = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    try (TestSite site = new TestSite(content)) {
      Outcome right = run("model", "fetch", "vgg19", "--url", site.address(), "--sha256", digest);
      assertThat(right.code()).isEqualTo(1);
      assertThat(right.log())
          .endsWith(
              "seesong: vgg19-"
                  + digest.substring(0, 12)
                  + ".h5: is not an HDF5 file; it starts with the bytes 6e 6f 74 20 74 68 65 20\n");
      String other = "0".repeat(64);
      Outcome wrong = run("model", "fetch", "vgg19", "--url", site.address(), "--sha256", other);
      assertThat(wrong.code()).isEqualTo(1);
      assertThat(wrong.log())
          .endsWith(
              "seesong: what came from "
                  + site.address()
                  + " is not the file we want and was deleted: it has 15 bytes and SHA-256 "
                  + digest
                  + ", expected "
                  + other
                  + "\n");
    }
    assertThat(modelNames()).isEmpty();
  }

  @Test
  void helpGivesExamples() {
    assertThat(run("model", "import", "--help").data())
        .contains("seesong model import --keras vgg19_weights_tf_dim_ordering_tf_kernels.h5")
        .contains("--safetensors=FILE");
    assertThat(run("model", "fetch", "--help").data()).contains("seesong model fetch vgg19\n");
    assertThat(run("model", "random", "--help").data())
        .contains("seesong model random vgg19 --seed 1\n");
    assertThat(run("model").log())
        .startsWith("seesong: model: say import, fetch, random, list or verify\n");
  }

  @Test
  void aTakenNameIsRefusedBeforeTheWork() throws IOException {
    Files.createDirectories(models().resolve("vgg19"));
    String taken =
        "seesong: model 'vgg19' in "
            + models()
            + ": exists already; choose another --name, or say --replace\n";
    assertThat(run("model", "fetch", "vgg19")).isEqualTo(new Outcome(1, "", taken));
    assertThat(run("model", "random", "vgg19", "--name", "vgg19"))
        .isEqualTo(new Outcome(1, "", taken));
    assertThat(run("model", "import", "--keras", "a.h5", "--name", "vgg19"))
        .isEqualTo(new Outcome(1, "", taken));
  }

  /** Writes 1.1 GB. */
  @Tag("slow")
  @Test
  void aRandomNetworkIsWholeAndMarked() throws IOException {
    Outcome made = run("model", "random", "vgg19", "--seed", "7", "--json");
    assertThat(made.code()).isEqualTo(0);
    assertThat(made.data())
        .startsWith("{\"name\":\"vgg19-random\",\"encoder\":\"vgg19-random-untrained-")
        .contains("\"dimension\":4096,\"size\":224,\"scale\":\"p-[103.939,116.779,123.68]\"")
        .contains("\"trained\":false");
    assertThat(made.log()).contains(" is UNTRAINED: ");
    assertThat(run("model", "list").data()).contains(" pixels, UNTRAINED, ");
    assertThat(run("model", "verify", "vgg19-random").code()).isEqualTo(0);
    assertThat(modelNames()).containsExactly("vgg19-random");
  }

  /** One file, whatever is asked for, served on this machine until closed. */
  private static final class TestSite implements AutoCloseable {
    private final ServerSocket socket;

    TestSite(byte[] content) throws IOException {
      socket = new ServerSocket(0, 50, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
      Thread thread = new Thread(() -> serve(content), "test-site");
      thread.setDaemon(true);
      thread.start();
    }

    private void serve(byte[] content) {
      while (!socket.isClosed()) {
        try (Socket connection = socket.accept()) {
          BufferedReader request =
              new BufferedReader(
                  new InputStreamReader(connection.getInputStream(), StandardCharsets.ISO_8859_1));
          String line = request.readLine();
          while (line != null && !line.isEmpty()) {
            line = request.readLine();
          }
          OutputStream out = connection.getOutputStream();
          String head = "HTTP/1.1 200 OK\r\nContent-Length: " + content.length + "\r\n\r\n";
          out.write(head.getBytes(StandardCharsets.ISO_8859_1));
          out.write(content);
          out.flush();
        } catch (IOException e) {
          // The client went away, or the test is over.
        }
      }
    }

    String address() {
      return "http://127.0.0.1:" + socket.getLocalPort() + "/vgg19.h5";
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
