package org.seesong.encoder;

import java.nio.file.Path;
import java.util.Objects;

/**
 * What to import as a text encoder: a BERT-like network in an ONNX file, with int64 inputs {@code
 * input_ids}, {@code attention_mask} and perhaps {@code token_type_ids}, all texts x tokens, whose
 * first output is float32, texts x tokens x dimension.
 *
 * @param name what to call it: small letters, digits, dot, underscore and hyphen, at most 64
 * @param network the ONNX file, with its weights in it
 * @param tokenizer its {@code tokenizer.json} (Hugging Face), of the kind WordPiece
 * @param firstToken whether the first token's vector is the text's, rather than the mean of all
 * @param queryPrefix what the model was trained to find before what is looked for; may be empty
 * @param passagePrefix the same of what is looked through; may be empty
 * @param replace whether it may take the place of a model of this name
 * @param note where it comes from or its licence, for people
 */
public record TextImport(
    String name,
    Path network,
    Path tokenizer,
    boolean firstToken,
    String queryPrefix,
    String passagePrefix,
    boolean replace,
    String note) {
  public TextImport {
    ModelNames.require(name);
    if (TextModel.isReserved(name)) {
      throw new IllegalArgumentException(
          "'" + name + "' means a text encoder that is built in, or none; choose another name");
    }
    Objects.requireNonNull(network, "network");
    Objects.requireNonNull(tokenizer, "tokenizer");
    Objects.requireNonNull(queryPrefix, "queryPrefix");
    Objects.requireNonNull(passagePrefix, "passagePrefix");
    Objects.requireNonNull(note, "note");
  }
}
