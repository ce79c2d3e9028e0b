package org.seesong.encoder;

import java.nio.charset.StandardCharsets;
import org.seesong.io.Digests;

/**
 * What is known of an imported text encoder. {@code text-model.json} holds it.
 *
 * @param formatVersion of the file
 * @param name what people call it
 * @param dimension numbers in a vector
 * @param firstToken whether the first token's vector is the text's, rather than the mean of all
 * @param queryPrefix what stands before a text that is looked for
 * @param passagePrefix what stands before a text that is looked through
 * @param note where it comes from, for people
 * @param network SHA-256 of the network's file
 * @param tokenizer SHA-256 of the tokenizer's file
 * @param encoderId names its vector space; follows from all the others but the note
 */
public record TextModelDescription(
    int formatVersion,
    String name,
    int dimension,
    boolean firstToken,
    String queryPrefix,
    String passagePrefix,
    String note,
    String network,
    String tokenizer,
    String encoderId) {
  static final int FORMAT_VERSION = 1;

  /** Refuses what was not written so. */
  public TextModelDescription {
    if (formatVersion != FORMAT_VERSION) {
      throw new IllegalArgumentException(
          "format version " + formatVersion + " is not known; this Seesong reads version 1");
    }
    String id =
        encoderId(
            name,
            new TextFeed(queryPrefix, passagePrefix, firstToken),
            network,
            tokenizer,
            dimension);
    if (!id.equals(encoderId)) {
      throw new IllegalArgumentException("it is not as it was written");
    }
  }

  static TextModelDescription of(
      TextImport request, int dimension, String network, String tokenizer) {
    TextFeed feed =
        new TextFeed(request.queryPrefix(), request.passagePrefix(), request.firstToken());
    return new TextModelDescription(
        FORMAT_VERSION,
        request.name(),
        dimension,
        request.firstToken(),
        request.queryPrefix(),
        request.passagePrefix(),
        request.note(),
        network,
        tokenizer,
        encoderId(request.name(), feed, network, tokenizer, dimension));
  }

  private static String encoderId(
      String name, TextFeed feed, String network, String tokenizer, int dimension) {
    String all = String.join("\n", feed.toString(), network, tokenizer, "" + dimension);
    return name + "-" + Digests.sha256(all.getBytes(StandardCharsets.UTF_8)).substring(0, 12);
  }

  TextFeed feed() {
    return new TextFeed(queryPrefix, passagePrefix, firstToken);
  }
}
