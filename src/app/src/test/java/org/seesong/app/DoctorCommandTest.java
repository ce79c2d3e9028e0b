package org.seesong.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.seesong.index.TestCatalogue;

class DoctorCommandTest extends ModelHomeTestCase {
  private int freePort;

  @BeforeEach
  void findPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      freePort = socket.getLocalPort();
    }
  }

  private Outcome doctor(String... more) {
    List<String> all = new ArrayList<>(List.of("doctor", "--port", Integer.toString(freePort)));
    all.addAll(List.of(more));
    return run(all.toArray(String[]::new));
  }

  private JsonNode json(String... more) throws IOException {
    List<String> all = new ArrayList<>(List.of(more));
    all.add("--json");
    return new ObjectMapper().readTree(doctor(all.toArray(String[]::new)).data());
  }

  private static List<String> checks(JsonNode report, String state) {
    List<String> names = new ArrayList<>();
    for (JsonNode check : report.get("checks")) {
      if (check.get("state").asText().equals(state)) {
        names.add(check.get("name").asText() + ": " + check.get("message").asText());
      }
    }
    return names;
  }

  @Test
  void aFreshMachineHasNoProblems() throws IOException {
    Outcome outcome = doctor();
    assertThat(outcome.code()).as(outcome.data()).isZero();
    assertThat(outcome.data())
        .contains(
            "ok        java        " + Runtime.version(),
            "ok        onnx        ONNX Runtime ",
            "warning   model       none installed, so pictures are told apart by colour and"
                + " texture alone\n                      -> seesong model fetch vgg19, or seesong"
                + " model import --help\n",
            "ok        port        " + freePort + " is free for the server\n")
        .contains("\nproblems: 0, warnings: ");
    try (Stream<Path> left = Files.list(temp)) {
      assertThat(left).as("files that the doctor left").isEmpty();
    }
  }

  @Test
  void aDamagedModelIsAProblemAndSaysHowToMendIt() throws IOException {
    Files.createDirectories(models().resolve("net"));
    Outcome outcome = doctor();
    assertThat(outcome.code()).isEqualTo(Seesong.FAILED);
    assertThat(outcome.data())
        .contains("problem   model       model 'net' in " + models() + " is damaged: ")
        .contains("-> seesong model remove NAME, then import it again\n")
        .contains("\nproblems: 1, ");
    assertThat(json().get("ok").asBoolean()).isFalse();
    assertThat(run("model", "remove", "net").data()).isEqualTo("removed net: 0 MB freed\n");
    assertThat(doctor().code()).isZero();
  }

  @Test
  void anIndexIsOpenedAndItsEncoderLookedFor() throws IOException {
    Path index = temp.resolve("index");
    TestCatalogue.random(new TestCatalogue.Size(6, 9, 5, 4, 3), 8).write(index);
    JsonNode report = json(index.toString());
    assertThat(checks(report, "ok"))
        .anyMatch(line -> line.startsWith("index: " + index + " opens: 9 songs, 6 pictures"));
    assertThat(checks(report, "problem")).singleElement().asString().startsWith("encoder: ");
    assertThat(doctor(index.toString()).code()).isEqualTo(Seesong.FAILED);
  }

  @Test
  void aFolderThatIsNoIndexIsAProblem() throws IOException {
    JsonNode report = json(temp.resolve("gone").toString());
    assertThat(checks(report, "problem"))
        .singleElement()
        .asString()
        .startsWith("index: " + temp.resolve("gone") + ": ");
  }

  @Test
  void aPortThatIsTakenIsAWarning() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Finding finding = MachineChecks.port(taken.getLocalPort());
      assertThat(finding.state()).isEqualTo(Finding.State.WARNING);
      assertThat(finding.message()).startsWith(taken.getLocalPort() + " cannot be listened on: ");
      assertThat(finding.remedy()).isEqualTo("let the server take another: seesong serve --port N");
    }
    assertThat(run("doctor", "--port", "0").log())
        .isEqualTo("seesong: --port must be within 1 to 65535; got: 0\n");
  }

  @Test
  void whatKeepsLuceneFromSimdIsToldApart() {
    assertThat(MachineChecks.simd(21, true, true).state()).isEqualTo(Finding.State.OK);
    assertThat(MachineChecks.simd(17, true, false).remedy()).contains("install a JDK 21 or later");
    assertThat(MachineChecks.simd(21, false, false).remedy()).contains("--add-modules");
    assertThat(MachineChecks.simd(25, true, false).remedy()).contains("upperJavaFeatureVersion=25");
  }

  @Test
  void littleMemoryAndLittleSpaceAreTold() {
    assertThat(MachineChecks.memory(8L << 30, 2L << 30).state()).isEqualTo(Finding.State.OK);
    assertThat(MachineChecks.memory(2L << 30, 1L << 30).remedy()).contains("some 4 GB");
    assertThat(MachineChecks.memory(8L << 30, 1L << 28).remedy()).contains("-Xmx2g");
    assertThat(MachineChecks.space("home", temp.resolve("a/b"), 0, 0).state())
        .isEqualTo(Finding.State.OK);
    assertThat(MachineChecks.space("home", temp, Long.MAX_VALUE, 0).state())
        .isEqualTo(Finding.State.WARNING);
    Finding full = MachineChecks.space("home", temp, Long.MAX_VALUE, Long.MAX_VALUE);
    assertThat(full.state()).isEqualTo(Finding.State.PROBLEM);
    assertThat(full.remedy()).isEqualTo("make room, or set SEESONG_HOME to a folder with more");
  }

  @Test
  void aHomeBelowAFileIsAProblem() throws IOException {
    Path file = Files.writeString(temp.resolve("file"), "");
    Finding finding = MachineChecks.space("home", file.resolve("models"), 1, 1);
    assertThat(finding.state()).isEqualTo(Finding.State.PROBLEM);
    assertThat(finding.message()).endsWith(file + " is no folder that this user may write to");
  }

  @Test
  void whatIsNotOkHasARemedy() {
    assertThatThrownBy(() -> Finding.warning("x", "y", ""))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Finding("x", Finding.State.OK, "y", "z"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
