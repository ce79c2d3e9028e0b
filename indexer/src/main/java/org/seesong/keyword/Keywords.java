package org.seesong.keyword;

import java.util.Objects;
import java.util.function.LongConsumer;
import org.seesong.catalogue.Catalogue;

/**
 * The keyword stage: from a catalogue to the keywords of its songs and pictures. The entry to this
 * package.
 *
 * @param vocabulary the keywords
 * @param songs keywords and weights of each song, in the catalogue's order
 * @param pictures labels of each picture, its owner's or by its classes, in the catalogue's order
 * @param model what weighs keywords in songs that come later
 * @param report what came out, for people
 */
public record Keywords(
    Vocabulary vocabulary,
    KeywordRows songs,
    KeywordRows pictures,
    KeywordModel model,
    KeywordReport report) {
  public Keywords {
    Objects.requireNonNull(vocabulary, "vocabulary");
    Objects.requireNonNull(songs, "songs");
    Objects.requireNonNull(pictures, "pictures");
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(report, "report");
  }

  /**
   * Chooses keywords, or takes the given ones, and weighs them in every song and picture. Keywords
   * that pictures name always belong.
   *
   * <p>Ids: the given list in its order, then what pictures name in the order of character codes,
   * then the chosen ones from the most frequent down. The same input gives the same result,
   * whatever the number of threads. Every song is segmented once. Weights are by counts alone;
   * {@link KeywordStage} can have lines compared in meaning.
   *
   * @param tools what reads the words out of texts
   * @param given the keywords to use; {@link KeywordList#none()} to choose them
   * @param progress called with how many songs have been segmented, now and then, in the calling
   *     thread
   */
  public static Keywords of(
      Catalogue catalogue,
      KeywordOptions options,
      KeywordTools tools,
      KeywordList given,
      LongConsumer progress) {
    return KeywordStage.run(catalogue, PictureClasses.none(), options, tools, given, progress)
        .weigh();
  }
}
