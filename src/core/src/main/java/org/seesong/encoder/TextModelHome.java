package org.seesong.encoder;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.seesong.io.Digests;

/**
 * The folder that keeps imported text encoders: of each {@code <name>/text-model.json}, a {@link
 * TextModelDescription}, {@code network.onnx} and {@code tokenizer.json}. Those of {@link
 * TextModel} are built in and need no folder.
 *
 * <p>Safe for any number of threads and processes: models appear whole or not at all.
 */
public final class TextModelHome {
  private static final String DESCRIPTION = "text-model.json";
  private static final String NETWORK = "network.onnx";
  private static final String TOKENIZER = "tokenizer.json";

  private final Path folder;

  /**
   * Text encoders in a folder, which need not exist yet.
   *
   * @param folder the folder
   */
  public TextModelHome(Path folder) {
    this.folder = Objects.requireNonNull(folder, "folder");
  }

  /**
   * The user's text encoders: {@code text-models} beside the models of {@link
   * ModelHome#fromEnvironment}.
   */
  public static TextModelHome fromEnvironment() {
    return new TextModelHome(ModelHome.fromEnvironment().folder().resolveSibling("text-models"));
  }

  /** Where they are. */
  public Path folder() {
    return folder;
  }

  /**
   * Copies a network and its tokenizer here, after a trial with two texts. Nothing is left behind
   * when that fails.
   *
   * @param request what to import
   * @return the description that was stored
   * @throws IOException if a file cannot be read, is no WordPiece tokenizer, or the name is taken
   * @throws EncoderException if ONNX Runtime does not start, load or run the network, or it takes
   *     or gives something else than {@link TextImport} says
   */
  public TextModelDescription importOnnx(TextImport request) throws IOException {
    Path target = folder.resolve(request.name());
    if (Files.exists(target) && !request.replace()) {
      throw new ModelException(
          "text model '"
              + request.name()
              + "' exists already in "
              + folder
              + "; choose another name or ask to replace it");
    }
    tokenizer(request.tokenizer());
    Files.createDirectories(folder);
    try (ImportFolder work = ImportFolder.create(folder)) {
      copy(request.network(), work.model().resolve(NETWORK));
      copy(request.tokenizer(), work.model().resolve(TOKENIZER));
      TextModelDescription model = tryOut(request, work.model());
      Path json = work.model().resolve(DESCRIPTION);
      Files.write(json, ModelJson.MAPPER.writeValueAsBytes(model));
      ModelImport.sync(json);
      work.moveTo(target);
      return model;
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.copy(from, to);
    ModelImport.sync(to);
  }

  private static TextModelDescription tryOut(TextImport request, Path model) throws IOException {
    TextFeed feed =
        new TextFeed(request.queryPrefix(), request.passagePrefix(), request.firstToken());
    try (BertTextEncoder encoder = load(request.name(), feed, model)) {
      encoder.encode(List.of("a", "of another length: \u96ea"), TextEncoder.Role.PASSAGE);
      return TextModelDescription.of(
          request,
          encoder.dimension(),
          Digests.sha256(model.resolve(NETWORK)),
          Digests.sha256(model.resolve(TOKENIZER)));
    }
  }

  private static WordPieceTokenizer tokenizer(Path file) throws IOException {
    byte[] json = Files.readAllBytes(file);
    try {
      return WordPieceTokenizer.read(json);
    } catch (IOException e) {
      throw new ModelException(file + " cannot be used: " + e.getMessage(), e);
    }
  }

  private static BertTextEncoder load(String id, TextFeed feed, Path model) throws IOException {
    WordPieceTokenizer tokenizer = tokenizer(model.resolve(TOKENIZER));
    byte[] network = Files.readAllBytes(model.resolve(NETWORK));
    try {
      return BertTextEncoder.load(id, feed, tokenizer, network);
    } catch (LinkageError e) {
      throw Engine.ONNX.doesNotStart(e);
    }
  }

  /** The names of what is there, whole or damaged. */
  public List<String> names() throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(Files::isDirectory)
          .map(entry -> entry.getFileName().toString())
          .filter(ModelNames::isValid)
          .sorted()
          .toList();
    }
  }

  /** Whether there is one of this name, whole or damaged. */
  public boolean has(String name) {
    return ModelNames.isValid(name)
        && Files.isDirectory(folder.resolve(name), LinkOption.NOFOLLOW_LINKS);
  }

  /**
   * What is known of a text encoder.
   *
   * @throws IOException if it is damaged or there is none, with what to do about it
   */
  public TextModelDescription describe(String name) throws IOException {
    Path file = folder.resolve(name).resolve(DESCRIPTION);
    try {
      if (Files.size(file) > ModelJson.MAX_BYTES) {
        throw new IOException("it is larger than " + ModelJson.MAX_BYTES + " bytes");
      }
      return ModelJson.MAPPER.readValue(Files.readAllBytes(file), TextModelDescription.class);
    } catch (IOException e) {
      String why =
          e.getCause() instanceof IllegalArgumentException refused
              ? refused.getMessage()
              : e instanceof JsonProcessingException broken
                  ? broken.getOriginalMessage()
                  : e.toString();
      throw new ModelException(
          "text model '"
              + name
              + "' is damaged: "
              + file
              + " is not readable ("
              + why
              + "); remove it (seesong model remove "
              + name
              + ") and import it again",
          e);
    }
  }

  /**
   * Reads the files of a text encoder again and compares them with what was imported.
   *
   * @throws IOException if one is missing or differs, naming it
   */
  public void verify(String name) throws IOException {
    verified(describe(name));
  }

  private Path verified(TextModelDescription model) throws IOException {
    Path own = folder.resolve(model.name());
    verify(model, own.resolve(NETWORK), model.network());
    verify(model, own.resolve(TOKENIZER), model.tokenizer());
    return own;
  }

  private static void verify(TextModelDescription model, Path file, String expected)
      throws IOException {
    String digest = Digests.sha256(file);
    if (!digest.equals(expected)) {
      throw new ModelException(
          "text model '"
              + model.name()
              + "': file "
              + file.getFileName()
              + " differs from what was imported (SHA-256 "
              + digest
              + ", was "
              + expected
              + "); import the model again");
    }
  }

  /**
   * Removes a text encoder, whole or damaged.
   *
   * @return the bytes that its files took
   * @throws IOException if there is none of this name or its files cannot be removed
   */
  public long remove(String name) throws IOException {
    if (!has(name)) {
      throw new ModelException("no text model '" + name + "' in " + folder);
    }
    return RemovedModels.remove(folder, name);
  }

  /** Opens a text encoder, after comparing its files with what was imported. */
  TextEncoder open(String name) throws IOException {
    TextModelDescription model = describe(name);
    return load(model.encoderId(), model.feed(), verified(model));
  }

  /** Opens the text encoder whose vectors have this id, if there is one. */
  Optional<TextEncoder> openById(String encoderId) throws IOException {
    for (String name : names()) {
      if (encoderId.startsWith(name + "-") && describe(name).encoderId().equals(encoderId)) {
        return Optional.of(open(name));
      }
    }
    return Optional.empty();
  }
}
