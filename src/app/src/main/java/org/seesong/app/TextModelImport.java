package org.seesong.app;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.seesong.encoder.TextImport;
import org.seesong.encoder.TextModelDescription;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options of {@code model import} for a text encoder, and what is said of one. */
final class TextModelImport {
  /** Those that need {@code --text}. */
  static final List<String> OPTIONS =
      List.of("--tokenizer", "--pooling", "--query-prefix", "--passage-prefix");

  /** What of the network's output is a text's vector. */
  enum Pooling {
    MEAN,
    FIRST
  }

  @Option(
      names = "--text",
      description = {
        "The network encodes texts: int64 inputs input_ids, attention_mask and perhaps"
            + " token_type_ids, first output float32 [texts, tokens, dimension]."
      })
  private boolean text;

  @Option(
      names = "--tokenizer",
      paramLabel = "FILE",
      description = "Its tokenizer.json, of the kind WordPiece (BERT).")
  private Path tokenizer;

  @Option(
      names = "--pooling",
      paramLabel = "WHAT",
      defaultValue = "MEAN",
      description = "A text's vector: mean of its tokens', or first (default: ${DEFAULT-VALUE}).")
  private Pooling pooling;

  @Option(
      names = "--query-prefix",
      paramLabel = "TEXT",
      defaultValue = "",
      description = "What it wants before a text that is looked for, such as 'query: '.")
  private String queryPrefix;

  @Option(
      names = "--passage-prefix",
      paramLabel = "TEXT",
      defaultValue = "",
      description = "What it wants before a text that is looked through, such as 'passage: '.")
  private String passagePrefix;

  boolean isWanted() {
    return text;
  }

  TextImport request(String name, Path network, boolean replace, String note, CommandSpec spec) {
    if (tokenizer == null) {
      throw new ParameterException(spec.commandLine(), "--text needs --tokenizer FILE");
    }
    try {
      return new TextImport(
          name,
          network,
          tokenizer,
          pooling == Pooling.FIRST,
          queryPrefix,
          passagePrefix,
          replace,
          note);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  void report(Console console, TextModelDescription model, boolean json) {
    if (json) {
      console.json(describe(model));
    } else {
      console.data(
          String.format(
              Locale.ROOT,
              "imported %s: text encoder %s, %d numbers a text; use it with --text-encoder %s",
              model.name(),
              model.encoderId(),
              model.dimension(),
              model.name()));
    }
  }

  static Map<String, Object> describe(TextModelDescription model) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("name", model.name());
    map.put("textEncoder", model.encoderId());
    map.put("engine", "onnx");
    map.put("dimension", model.dimension());
    map.put(
        "pooling",
        (model.firstToken() ? Pooling.FIRST : Pooling.MEAN).name().toLowerCase(Locale.ROOT));
    map.put("queryPrefix", model.queryPrefix());
    map.put("passagePrefix", model.passagePrefix());
    map.put("sha256", model.network());
    map.put("note", model.note());
    return map;
  }

  static String line(TextModelDescription model) {
    return String.format(
        Locale.ROOT,
        "%s: text encoder %s in onnx, %d numbers a text%s",
        model.name(),
        model.encoderId(),
        model.dimension(),
        model.note().isEmpty() ? "" : ", " + model.note());
  }
}
