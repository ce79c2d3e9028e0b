package org.seesong.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seesong.encoder.TextEncoder.Role;

/** Text encoders of the user's own: the files of those that are built in, under other names. */
class TextModelHomeTest {
  private static final List<String> TEXTS =
      List.of("", "a ship on the sea", "snow 雪", "l'été à la mer");

  @TempDir Path temp;
  private TextModelHome home;
  private Path network;
  private Path tokenizer;

  @BeforeEach
  void writeFiles() throws IOException {
    home = new TextModelHome(temp.resolve("home/text-models"));
    network = copy("/e5-small-v2-q.onnx");
    tokenizer = copy("/e5-small-v2-q-tokenizer.json");
  }

  private Path copy(String resource) throws IOException {
    Path file = temp.resolve(resource.substring(1));
    try (InputStream in = TextModelHomeTest.class.getResourceAsStream(resource)) {
      Files.write(file, in.readAllBytes());
    }
    return file;
  }

  private TextImport request(String name) {
    return new TextImport(
        name, network, tokenizer, false, "query: ", "passage: ", false, "MIT licence");
  }

  private List<Path> left() throws IOException {
    try (Stream<Path> files = Files.list(home.folder())) {
      return files.toList();
    }
  }

  @Test
  void anImportedOneGivesTheVectorsOfTheSameNetwork() throws Exception {
    TextModelDescription model = home.importOnnx(request("mine"));
    assertThat(model.dimension()).isEqualTo(384);
    assertThat(model.encoderId()).matches("mine-[0-9a-f]{12}");
    assertThat(home.describe("mine")).isEqualTo(model);
    assertThat(home.names()).containsExactly("mine");
    try (TextEncoder ours = home.open("mine");
        TextEncoder known = TextModel.E5_SMALL.open()) {
      assertThat(ours.space().toString()).contains(model.encoderId(), "384");
      for (Role role : Role.values()) {
        assertThat(ours.encode(TEXTS, role)).isDeepEqualTo(known.encode(TEXTS, role));
      }
    }
    assertThat(home.openById("mine-000000000000")).isEmpty();
    home.openById(model.encoderId()).orElseThrow().close();
  }

  @Test
  void theIdFollowsWhatVectorsDependOn() throws Exception {
    String id = home.importOnnx(request("mine")).encoderId();
    TextImport other =
        new TextImport("mine", network, tokenizer, true, "query: ", "passage: ", true, "");
    assertThat(home.importOnnx(other).encoderId()).isNotEqualTo(id).startsWith("mine-");
    assertThat(left()).containsExactly(home.folder().resolve("mine"));
  }

  @Test
  void takenAndReservedNamesAreRefused() throws Exception {
    home.importOnnx(request("mine"));
    assertThatThrownBy(() -> home.importOnnx(request("mine")))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("text model 'mine' exists already in");
    for (String name : List.of("auto", "none", "e5-small-v2", "e5-small-v2-q", "Mine", "../x")) {
      assertThatThrownBy(() -> request(name)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void whatIsNoTextModelIsRefusedAndLeavesNothing() throws Exception {
    byte[] whole = Files.readAllBytes(network);
    byte[] odd = whole.clone();
    byte[] name = "token_type_ids".getBytes(StandardCharsets.UTF_8);
    for (int at = 0; at + name.length <= odd.length; at++) {
      if (Arrays.equals(odd, at, at + name.length, name, 0, name.length)) {
        odd[at + name.length - 1] = 'z';
      }
    }
    Files.write(network, odd);
    assertThatThrownBy(() -> home.importOnnx(request("odd")))
        .isInstanceOf(EncoderException.class)
        .hasMessage(
            "text model 'odd' takes [attention_mask, input_ids, token_type_idz]; a text model takes"
                + " input_ids, and perhaps attention_mask and token_type_ids");
    Files.write(network, "no network".getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> home.importOnnx(request("odd")))
        .isInstanceOf(EncoderException.class)
        .hasMessageStartingWith("ONNX Runtime does not load text model 'odd': ");
    Files.write(network, whole);
    Files.writeString(tokenizer, "{\"model\": {\"type\": \"BPE\"}}");
    assertThatThrownBy(() -> home.importOnnx(request("odd")))
        .isInstanceOf(IOException.class)
        .hasMessage(
            tokenizer
                + " cannot be used: tokenizer.json describes no WordPiece tokenizer with [CLS] and"
                + " [SEP]");
    Files.delete(tokenizer);
    assertThatThrownBy(() -> home.importOnnx(request("odd"))).isInstanceOf(IOException.class);
    assertThat(home.names()).isEmpty();
    assertThat(left()).isEmpty();
  }

  @Test
  void whatWasChangedSinceIsNotOpened() throws Exception {
    home.importOnnx(request("mine"));
    Path own = home.folder().resolve("mine");
    Path description = own.resolve("text-model.json");
    String json = Files.readString(description);
    home.verify("mine");
    Files.writeString(own.resolve("tokenizer.json"), " ", StandardOpenOption.APPEND);
    String differs =
        "text model 'mine': file tokenizer.json differs from what was imported (SHA-256";
    assertThatThrownBy(() -> home.verify("mine")).hasMessageStartingWith(differs);
    assertThatThrownBy(() -> home.open("mine")).hasMessageStartingWith(differs);
    for (String broken :
        List.of(
            json.replace("passage: ", "Passage: "),
            json.replace("384", "385"),
            json.replace("\"formatVersion\" : 1", "\"formatVersion\" : 2"),
            json.substring(9),
            "")) {
      Files.writeString(description, broken);
      assertThatThrownBy(() -> home.open("mine"))
          .isInstanceOf(ModelException.class)
          .hasMessageStartingWith("text model 'mine' is damaged: " + description)
          .hasMessageEndingWith("remove it (seesong model remove mine) and import it again");
    }
    assertThat(home.remove("mine")).isGreaterThan(30_000_000);
    assertThat(left()).isEmpty();
    assertThatThrownBy(() -> home.remove("mine"))
        .isInstanceOf(ModelException.class)
        .hasMessage("no text model 'mine' in " + home.folder());
  }
}
