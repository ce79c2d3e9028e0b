package org.seesong.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.seesong.it.CommandRun.keys;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seesong.testing.SharedData;

/** A real network from import to answer. */
class ModelCommandTest {
  private static final String[] DESCRIPTION = {
    "name",
    "encoder",
    "engine",
    "precision",
    "dimension",
    "classes",
    "size",
    "scale",
    "channelOrder",
    "layout",
    "input",
    "output",
    "sha256",
    "weights",
    "trained"
  };

  @TempDir Path folder;

  private static CommandRun importModel(Path model, Object... more) {
    return CommandRun.of(
        java.util.stream.Stream.concat(
                java.util.stream.Stream.of(
                    "model",
                    "import",
                    "--saved-model",
                    model,
                    "--trust",
                    "--name",
                    "mobilenet_v2",
                    "--input",
                    "image",
                    "--output",
                    "embedding",
                    "--size",
                    224,
                    "--scale",
                    "(p-128)/128"),
                java.util.stream.Stream.of(more))
            .toArray());
  }

  @Test
  void importsListsVerifiesBuildsAndSearches() throws IOException {
    Path model = SharedData.require("models/mobilenet_v2_savedmodel");
    Path home = folder.resolve("home");
    CommandRun.home(home);
    CommandRun imported = importModel(model, "--json").ends(0);
    JsonNode description = imported.json().get(0);
    assertThat(keys(description)).containsExactly(DESCRIPTION);
    assertThat(description.get("dimension").asInt()).isEqualTo(1280);
    assertThat(description.get("sha256").asText()).matches("[0-9a-f]{64}");
    String id = description.get("encoder").asText();
    assertThat(imported.log()).isEqualTo("importing " + model + " ...\n");

    importModel(model)
        .fails(
            1,
            "seesong: model 'mobilenet_v2' exists already in "
                + home.resolve("models")
                + "; choose another name or ask to replace it");
    List<JsonNode> encoders = CommandRun.of("model", "list", "--json").ends(0).json();
    assertThat(encoders).hasSize(2).endsWith(description);
    assertThat(encoders.get(0).get("name").asText()).isEqualTo("descriptor");
    assertThat(encoders.get(0).get("engine").asText()).isEqualTo("java");
    assertThat(CommandRun.of("model", "list").ends(0).data())
        .contains(
            "mobilenet_v2: encoder "
                + id
                + " in tensorflow, 1280 numbers a picture, 224 x 224 pixels");
    assertThat(CommandRun.of("model", "verify", "mobilenet_v2").ends(0).data())
        .isEqualTo("mobilenet_v2: unchanged\n");

    searchIt(id);

    Path weights =
        home.resolve("models/mobilenet_v2/saved_model/variables/variables.data-00000-of-00001");
    byte[] bytes = Files.readAllBytes(weights);
    bytes[bytes.length / 2] ^= 1;
    Files.write(weights, bytes);
    CommandRun damaged = CommandRun.of("model", "verify", "mobilenet_v2").ends(1);
    assertThat(damaged.messages())
        .matches(
            "seesong: model 'mobilenet_v2': file variables/variables.data-00000-of-00001 differs"
                + " from what was imported \\(SHA-256 [0-9a-f]{64}, was [0-9a-f]{64}\\); import the"
                + " model again");
    Files.write(weights, new byte[10], StandardOpenOption.TRUNCATE_EXISTING);
    CommandRun list = CommandRun.of("model", "list").ends(3);
    assertThat(list.data()).doesNotContain("mobilenet_v2");
    assertThat(list.messages())
        .isEqualTo(
            "seesong: model 'mobilenet_v2' in "
                + home.resolve("models")
                + " is damaged: variables/variables.data-00000-of-00001 has 10 bytes, not "
                + bytes.length
                + "; import it again with replace, or remove its folder");
  }

  private void searchIt(String id) throws IOException {
    SmallCatalogue catalogue = SmallCatalogue.writeTo(folder.resolve("c"), 20, 10);
    Path query = SmallCatalogue.writePicture(folder.resolve("q.png"), 1, 7777);
    Path out = folder.resolve("out");
    CommandRun.build(catalogue.songs(), catalogue.pictures(), out, "--encoder", "mobilenet_v2")
        .ends(0);
    JsonNode answer = CommandRun.of("search", out, query, "--json").ends(0).json().get(0);
    assertThat(answer.get("spaces").get("encoder").asText()).isEqualTo(id);
    assertThat(answer.get("songs").get(0).get("explanation").get("keywords").toString())
        .contains("\"海\"");
    CommandRun.of("search", out, query, "--encoder", "descriptor")
        .fails(
            1,
            "seesong: index "
                + out.resolve("index")
                + " holds vectors of encoder '"
                + id
                + "' (1280 dimensions), but the query comes from 'descriptor-2' (912 dimensions);"
                + " search with encoder '"
                + id
                + "' or build the index again");
    JsonNode vector =
        CommandRun.of("encode", "--encoder", "mobilenet_v2", "--json", query).ends(0).json().get(0);
    assertThat(vector.get("encoder").asText()).isEqualTo(id);
    assertThat(vector.get("vector")).hasSize(1280);
  }
}
