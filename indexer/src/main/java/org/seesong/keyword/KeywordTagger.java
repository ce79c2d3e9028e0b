package org.seesong.keyword;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import org.seesong.catalogue.Picture;
import org.seesong.catalogue.Song;
import org.seesong.encoder.TextEncoder;
import org.seesong.index.WeightedKeyword;
import org.seesong.text.LyricsCleaner;

/**
 * Weighs the keywords of songs and pictures by a fitted model, which they do not change.
 *
 * <p>Immutable; safe for any number of threads.
 */
public final class KeywordTagger {
  private final KeywordModel model;
  private final KeywordTools tools;
  private final Vocabulary vocabulary;
  private final Optional<? extends TextEncoder> encoder;
  private final float[][] directions;

  /**
   * Loads the dictionaries that the model names.
   *
   * @throws IllegalArgumentException if words were read by other rules than this program's, or as
   *     below
   */
  public KeywordTagger(KeywordModel model) {
    this(model, model.reading().tools());
  }

  /**
   * With the tools that the model was fitted with, which may have a segmenter of their own.
   *
   * @throws IllegalArgumentException if the model's keywords make another vocabulary than it says,
   *     or it was fitted with a text encoder
   */
  public KeywordTagger(KeywordModel model, KeywordTools tools) {
    this(model, tools, Optional.empty());
  }

  /**
   * With a text encoder.
   *
   * @param encoder what the model was fitted with, which stays open as long as this is used; empty
   *     if it was fitted without
   * @throws IllegalArgumentException if the model's keywords make another vocabulary than it says,
   *     or it was fitted with a text encoder and there is none
   */
  public KeywordTagger(
      KeywordModel model, KeywordTools tools, Optional<? extends TextEncoder> encoder) {
    this.model = model;
    this.tools = tools;
    this.encoder = encoder;
    if (!model.meaning().least().isEmpty()) {
      if (encoder.isEmpty()) {
        throw new IllegalArgumentException(
            "lyrics were compared with keywords by a text encoder, but none is given");
      }
      this.directions = MeaningComparison.directions(encoder.get(), model.glosses());
    } else {
      this.directions = new float[0][];
    }
    this.vocabulary = Vocabulary.of(model.keywords(), tools.folder());
    if (!vocabulary.hash().equals(model.vocabularyHash())) {
      throw new IllegalArgumentException(
          "the keywords make vocabulary "
              + vocabulary.hash()
              + ", but are said to make "
              + model.vocabularyHash());
    }
  }

  /** The statistics. */
  public KeywordModel model() {
    return model;
  }

  /** The keywords. */
  public Vocabulary vocabulary() {
    return vocabulary;
  }

  /** What makes scripts, widths and cases one. */
  public ScriptFolder folder() {
    return tools.folder();
  }

  /** What tells sung words from the rest of lyrics. */
  public LyricsCleaner cleaner() {
    return tools.cleaner();
  }

  /**
   * Keywords and weights of songs.
   *
   * @param threads threads to use, at least 1; the result does not depend on it
   * @param progress called now and then with the number of songs that were read
   */
  public KeywordRows songs(List<Song> songs, int threads, LongConsumer progress) {
    SongCounter counter = new SongCounter(new SongTexts(tools, model.prefixes()), vocabulary);
    SongCounts all = new SongCounts(songs.size());
    new SongWorkers(threads)
        .forEach(
            songs.size(),
            (start, end) -> counter.count(songs.subList(start, end)),
            (SongCounts part, int start, int end) -> {
              all.addAll(part);
              progress.accept(end);
            });
    if (directions.length == 0) {
      return all.weighed(model, Optional.empty());
    }
    MeaningComparison comparison =
        new MeaningComparison(
            all, songs, MeaningScale.compared(all, model.meaning().least()), tools);
    return all.weighed(model, Optional.of(comparison.with(encoder.get(), directions)));
  }

  /** Owners' labels of pictures, a row for each; words outside the vocabulary are left out. */
  public KeywordRows pictures(List<Picture> pictures) {
    return pictures(pictures, PictureClasses.none());
  }

  /** The same with keywords for what a network takes pictures without labels for. */
  public KeywordRows pictures(List<Picture> pictures, PictureClasses classes) {
    return PictureLabels.rows(pictures, vocabulary, model.classes().rows(classes.probabilities()));
  }

  /** Labels of pictures that are not in the vocabulary, each with its number of pictures. */
  public SortedMap<String, Integer> unknown(List<Picture> pictures) {
    SortedMap<String, Integer> unknown = new TreeMap<>();
    for (Picture picture : pictures) {
      for (WeightedKeyword keyword : picture.keywords()) {
        if (vocabulary.idOf(keyword.keyword()) < 0) {
          unknown.merge(keyword.keyword(), 1, Integer::sum);
        }
      }
    }
    return Collections.unmodifiableSortedMap(unknown);
  }
}
