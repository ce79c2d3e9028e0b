package org.seesong.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seesong.io.Digests;

/** The folder's side of models, without TensorFlow. */
class ModelHomeTest {
  private static final ImportRequest REQUEST = ImportRequest.of("net", "p/255");

  @TempDir Path temp;
  private ModelHome home;

  @BeforeEach
  void makeHome() {
    home = new ModelHome(temp.resolve("models"));
  }

  @Test
  void aUserWithoutAHomeHasModelsInTheCurrentFolder() {
    Path home = Path.of("home").toAbsolutePath();
    assertThat(ModelHome.base("models-here", "?")).isEqualTo(Path.of("models-here"));
    assertThat(ModelHome.base(" ", home.toString())).isEqualTo(home.resolve(".seesong"));
    assertThat(ModelHome.base(null, "?")).isEqualTo(Path.of(".seesong").toAbsolutePath());
  }

  @Test
  void theDescriptorNeedsNoFolder() throws IOException {
    assertThat(home.list()).isEmpty();
    home.verify("descriptor");
    try (ImageEncoder encoder = home.open("descriptor")) {
      assertThat(encoder.id()).isEqualTo("descriptor-2");
    }
  }

  @Test
  void unknownNamesAreAnsweredWithTheKnownOnes() throws IOException {
    store("net", "net");
    for (String name : List.of("vgg19", "../net", "", "net/../net", "Net")) {
      assertThatThrownBy(() -> home.open(name))
          .isInstanceOf(UnknownEncoderException.class)
          .hasMessage(
              "no encoder '"
                  + name
                  + "' in "
                  + home.folder()
                  + "; known: descriptor, net; to add one see: seesong model import --help");
    }
  }

  @Test
  void namesThatAreNoFolderNamesAreRefused() {
    for (String name : List.of("", ".hidden", "a/b", "..", "Vgg", "-x", "descriptor")) {
      assertThatThrownBy(() -> ImportRequest.of(name, "p"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "model name must be 1 to 64 of a-z, 0-9, dot, underscore and hyphen, begin with a"
                  + " letter or digit, and not be 'descriptor'; got: '"
                  + name
                  + "'");
    }
  }

  @Test
  void theDefaultsOfARequestAreThese() {
    assertThat(REQUEST)
        .isEqualTo(
            new ImportRequest(
                "net",
                "p/255",
                "serving_default",
                "",
                "",
                0,
                ChannelOrder.RGB,
                PixelLayout.NHWC,
                true,
                Precision.FLOAT32,
                "",
                "",
                "",
                List.of(),
                false,
                false));
  }

  @Test
  void aStoredDescriptionIsReadBack() throws IOException {
    ModelDescription stored = store("net", "net");
    assertThat(home.list()).containsExactly(stored);
    assertThat(home.problems()).isEmpty();
    assertThat(stored.encoderId()).matches("net-[0-9a-f]{12}");
    home.verify("net");
  }

  @Test
  void verifyNamesTheFileThatDiffers() throws IOException {
    store("net", "net");
    Files.writeString(home.folder().resolve("net/saved_model/saved_model.pb"), "grapH");
    assertThatThrownBy(() -> home.verify("net"))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith(
            "model 'net': file saved_model.pb differs from what was imported (SHA-256 ")
        .hasMessageEndingWith("; import the model again");
  }

  @Test
  void removingTakesOneModelWholeOrDamagedAndWhatACrashLeft() throws IOException {
    store("net", "net");
    store("other", "other");
    Files.delete(home.folder().resolve("other/model.json"));
    Files.createDirectories(home.folder().resolve(".removed-1/onnx"));
    Files.createDirectories(home.folder().resolve(".import-1"));
    long bytes = Files.size(home.folder().resolve("net/model.json")) + "graph".length();
    assertThat(home.remove("net")).isEqualTo(bytes);
    assertThat(home.remove("other")).isEqualTo("graph".length());
    try (Stream<Path> left = Files.list(home.folder())) {
      assertThat(left.map(each -> each.getFileName().toString())).containsExactly(".import-1");
    }
  }

  @Test
  void onlyInstalledModelsAreRemoved() throws IOException {
    store("net", "net");
    Path elsewhere = Files.createDirectories(home.folder().resolveSibling("elsewhere"));
    Files.createSymbolicLink(home.folder().resolve("link"), elsewhere);
    for (String name : List.of("ent", "../elsewhere", "", ".import-1", "link")) {
      assertThatThrownBy(() -> home.remove(name))
          .isInstanceOf(UnknownEncoderException.class)
          .hasMessageContaining("known: descriptor, net; to add one");
    }
    assertThatThrownBy(() -> home.remove("descriptor"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("encoder 'descriptor' is built in and stays");
    assertThat(elsewhere).exists();
    assertThat(home.list()).hasSize(1);
  }

  @Test
  void damagedModelsAreReportedAndTheOthersListed() throws IOException {
    ModelDescription good = store("good", "good");
    store("renamed", "other");
    store("short", "short");
    Files.writeString(home.folder().resolve("short/saved_model/saved_model.pb"), "g");
    Files.createDirectories(home.folder().resolve("empty"));
    Files.createDirectories(home.folder().resolve(".import-1"));
    store("json", "json");
    Files.writeString(home.folder().resolve("json/model.json"), "{");
    store("future", "future");
    Path future = home.folder().resolve("future/model.json");
    Files.writeString(
        future, Files.readString(future).replace("formatVersion\" : 5", "formatVersion\" : 9"));
    assertThat(home.list()).containsExactly(good);
    String remedy = "; import it again with replace, or remove its folder";
    String in = "' in " + home.folder() + " is damaged: ";
    assertThat(home.problems())
        .hasSize(5)
        .contains(
            "model 'empty" + in + "model.json is missing" + remedy,
            "model 'renamed" + in + "model.json calls it 'other'" + remedy,
            "model 'short" + in + "saved_model.pb has 1 bytes, not 5" + remedy)
        .anyMatch(p -> p.contains("'json" + in + "model.json is not readable"))
        .anyMatch(p -> p.contains("format version 9, but this version of Seesong reads 5"));
    assertThatThrownBy(() -> home.open("short")).isInstanceOf(ModelException.class);
  }

  @Test
  void whatIsNoSavedModelIsRefusedAndLeavesNothing() throws IOException {
    Path source = Files.createDirectories(temp.resolve("source"));
    assertThatThrownBy(() -> home.importSavedModel(source, REQUEST))
        .isInstanceOf(ModelException.class)
        .hasMessage(source + " is not a TensorFlow SavedModel folder: missing saved_model.pb");
    Files.createDirectories(source.resolve("variables"));
    assertThatThrownBy(() -> home.importSavedModel(source, REQUEST))
        .hasMessage(
            source
                + " is not a TensorFlow SavedModel folder: missing saved_model.pb,"
                + " variables/variables.index");
    Path file = Files.writeString(temp.resolve("file"), "x");
    assertThatThrownBy(() -> home.importSavedModel(file, REQUEST))
        .hasMessage(file + " is not a folder; give a SavedModel's folder");
    Files.delete(source.resolve("variables"));
    Files.writeString(source.resolve("saved_model.pb"), "no protocol buffer");
    assertThatThrownBy(() -> home.importSavedModel(source, REQUEST.trusting()))
        .hasMessage(source.resolve("saved_model.pb") + " is damaged or no SavedModel");
    assertThat(home.folder()).doesNotExist();
  }

  @Test
  void whatIsNoOnnxModelIsRefusedAndLeavesNothing() throws IOException {
    Path source = Files.createDirectories(temp.resolve("source"));
    assertThatThrownBy(() -> home.importOnnx(source, REQUEST))
        .isInstanceOf(ModelException.class)
        .hasMessage(source + " is not an ONNX model's folder: missing model.onnx");
    Files.writeString(source.resolve("model.onnx"), "no protocol buffer");
    assertThatThrownBy(() -> home.importOnnx(source, REQUEST))
        .hasMessage(source + ": an ONNX model needs its input, output and size named");
    ImportRequest named = REQUEST.withTensors("", "image", "fc2").withPicture(8, ChannelOrder.RGB);
    assertThatThrownBy(() -> home.importOnnx(source, named))
        .isInstanceOf(EncoderException.class)
        .hasMessageStartingWith("ONNX Runtime does not load ");
    assertThat(home.folder()).isEmptyDirectory();
  }

  @Test
  void descriptionsOfTheFirstVersionAreTensorFlows() throws IOException {
    ModelDescription stored = store("net", "net");
    Path json = home.folder().resolve("net/model.json");
    Files.writeString(
        json,
        withoutDigest(json)
            .replace("formatVersion\" : 5", "formatVersion\" : 1")
            .replaceAll("\"(engine|weights)\" : \"[A-Z]*\",", ""));
    assertThat(Files.readString(json)).doesNotContain("engine");
    assertThat(home.find("net")).contains(stored);
  }

  @Test
  void descriptionsOfTheSecondVersionHaveNoClasses() throws IOException {
    ModelDescription stored = store("net", "net");
    Path json = home.folder().resolve("net/model.json");
    Files.writeString(
        json,
        withoutDigest(json)
            .replace("formatVersion\" : 5", "formatVersion\" : 2")
            .replaceAll("\"class(esOutput|Names)\" : [^,]*,", ""));
    assertThat(Files.readString(json)).doesNotContain("class");
    assertThat(home.find("net")).contains(stored);
  }

  @Test
  void descriptionsOfTheThirdVersionHaveOneLayoutAndFloats() throws IOException {
    ModelDescription stored = store("net", "net");
    Path json = home.folder().resolve("net/model.json");
    Files.writeString(
        json,
        withoutDigest(json)
            .replace("formatVersion\" : 5", "formatVersion\" : 3")
            .replaceAll("\"(layout|precision|batchInvariant)\" : [^,]*,", ""));
    assertThat(Files.readString(json)).doesNotContain("layout", "precision", "batch");
    assertThat(home.find("net")).contains(stored);
  }

  @Test
  void descriptionsOfTheFourthVersionHaveNoDigest() throws IOException {
    ModelDescription stored = store("net", "net");
    Path json = home.folder().resolve("net/model.json");
    Files.writeString(
        json, withoutDigest(json).replace("formatVersion\" : 5", "formatVersion\" : 4"));
    assertThat(home.find("net")).contains(stored);
  }

  /** As versions up to the fourth were. */
  private static String withoutDigest(Path json) throws IOException {
    String text = Files.readString(json);
    String older = text.replaceFirst(",\\s*\"sha256\" : \"[0-9a-f]{64}\"\\s*}\\s*$", "\n}");
    assertThat(older).isNotEqualTo(text);
    return older;
  }

  @Test
  void theEngineHasNoPartInTheIdWhereTheWeightsAreKnown() {
    String digest = "0".repeat(64);
    String onnx = known(Engine.ONNX, digest).encoderId();
    assertThat(known(Engine.TENSORFLOW, digest).encoderId()).isEqualTo(onnx);
    assertThat(known(Engine.ONNX, "1".repeat(64)).encoderId()).isNotEqualTo(onnx);
    assertThatThrownBy(() -> known(Engine.ONNX, "0"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("weights must be empty or have 64 hexadecimal digits; got: '0'");
  }

  private static ModelDescription known(Engine engine, String weights) {
    ModelFile file = new ModelFile(engine.graph(), 5, "a".repeat(64));
    return new ModelDescription(
        ModelDescription.FORMAT_VERSION,
        "net",
        engine,
        weights,
        "s",
        "in",
        engine == Engine.ONNX ? "out" : "out:0",
        8,
        "p",
        ChannelOrder.RGB,
        PixelLayout.NHWC,
        4,
        "",
        List.of(),
        true,
        Precision.FLOAT32,
        false,
        "",
        List.of(file));
  }

  @Test
  void aSavedModelIsRunOnlyIfItIsTrusted() throws IOException {
    Path model = Files.createDirectory(temp.resolve("model"));
    Files.writeString(model.resolve("saved_model.pb"), "no graph");
    assertThatThrownBy(() -> home.importSavedModel(model, REQUEST))
        .isInstanceOf(ModelException.class)
        .hasMessage(
            model
                + " is a TensorFlow SavedModel: a program, which would run with your rights and can"
                + " read and write your files; if you trust where it comes from, import it with"
                + " --trust, else ask its makers for an ONNX file");
    assertThat(home.folder()).doesNotExist();
    assertThatThrownBy(() -> home.importSavedModel(model, REQUEST.trusting()))
        .hasMessageNotContainingAny("--trust");
  }

  @Test
  void anExistingNameIsNotTaken() throws IOException {
    store("net", "net");
    assertThatThrownBy(() -> home.importSavedModel(temp, REQUEST))
        .hasMessage(
            "model 'net' exists already in "
                + home.folder()
                + "; choose another name or ask to replace it");
  }

  @Test
  void pathsOfModelFilesStayBelowTheFolder() {
    for (String path : List.of("/etc/passwd", "../x", "a/../../x", "a\\b", "")) {
      assertThatThrownBy(() -> new ModelFile(path, 1, "0".repeat(64)))
          .hasMessage("path must stay below the model's folder; got: " + path);
    }
  }

  @Test
  void theIdChangesWithAnythingThatChangesVectors() {
    String id = description("net", "p", 8, "").encoderId();
    assertThat(description("net", "p", 8, "a note").encoderId()).isEqualTo(id);
    assertThat(description("net", "p/2", 8, "").encoderId()).isNotEqualTo(id);
    assertThat(description("net", "p", 9, "").encoderId()).isNotEqualTo(id);
  }

  @Test
  void theIdOfAnUntrainedModelSaysSo() {
    ModelDescription trained = description("net", "p", 8, "");
    ModelDescription random = untrained("net");
    assertThat(random.encoderId()).matches("net-untrained-[0-9a-f]{12}");
    assertThat(ModelDescription.saysUntrained(random.encoderId())).isTrue();
    assertThat(ModelDescription.saysUntrained(trained.encoderId())).isFalse();
    assertThat(ModelDescription.saysUntrained("descriptor-1")).isFalse();
    assertThatThrownBy(() -> description("net-untrained", "p", 8, ""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a name ends with '-untrained' where the weights are; got: 'net-untrained'");
    assertThat(untrained("net-untrained").trained()).isFalse();
  }

  @Test
  void findTellsAbsentFromDamaged() throws IOException {
    assertThat(home.find("net")).isEmpty();
    assertThat(home.find("../net")).isEmpty();
    ModelDescription stored = store("net", "net");
    assertThat(home.find("net")).contains(stored);
    Files.delete(home.folder().resolve("net/model.json"));
    assertThatThrownBy(() -> home.find("net"))
        .isInstanceOf(ModelException.class)
        .hasMessage(
            "model 'net' in "
                + home.folder()
                + " is damaged: model.json is missing; import it again with replace, or remove its"
                + " folder");
  }

  private static ModelDescription untrained(String name) {
    return new ModelDescription(
        ModelDescription.FORMAT_VERSION,
        name,
        Engine.TENSORFLOW,
        "",
        "s",
        "in",
        "out",
        8,
        "p",
        ChannelOrder.RGB,
        PixelLayout.NHWC,
        4,
        "",
        List.of(),
        false,
        Precision.FLOAT32,
        false,
        "",
        List.of());
  }

  private static ModelDescription description(String name, String scaling, int size, String note) {
    ModelFile file = new ModelFile("saved_model.pb", 5, Digests.sha256(new byte[] {1}));
    return new ModelDescription(
        ModelDescription.FORMAT_VERSION,
        name,
        Engine.TENSORFLOW,
        "",
        "s",
        "in",
        "out",
        size,
        scaling,
        ChannelOrder.RGB,
        PixelLayout.NHWC,
        4,
        "",
        List.of(),
        true,
        Precision.FLOAT32,
        false,
        note,
        List.of(file));
  }

  private ModelDescription store(String folder, String name) throws IOException {
    Path saved = Files.createDirectories(home.folder().resolve(folder).resolve("saved_model"));
    Path graph = Files.writeString(saved.resolve("saved_model.pb"), "graph");
    ModelFile file = new ModelFile("saved_model.pb", 5, Digests.sha256(graph));
    ModelDescription description =
        new ModelDescription(
            ModelDescription.FORMAT_VERSION,
            name,
            Engine.TENSORFLOW,
            "",
            "s",
            "in",
            "out",
            8,
            "p",
            ChannelOrder.BGR,
            PixelLayout.NHWC,
            4,
            "",
            List.of(),
            true,
            Precision.FLOAT32,
            false,
            "",
            List.of(file));
    Files.write(home.folder().resolve(folder).resolve("model.json"), ModelJson.write(description));
    return description;
  }
}
