package org.seesong.keyword;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongConsumer;
import org.seesong.catalogue.Catalogue;
import org.seesong.catalogue.Picture;
import org.seesong.text.CleaningCounts;

/** The work behind {@link Keywords#of}: segment, choose, count, weigh. */
final class KeywordStage {
  private final Catalogue catalogue;
  private final KeywordOptions options;
  private final KeywordTools tools;
  private final SongWorkers workers;
  private final TuneNames tuneNames;
  private final SongTexts texts;
  private final WordBounds[] bounds;
  private final KeywordSelector selector;
  private CleaningCounts cleaning = CleaningCounts.NONE;

  KeywordStage(
      Catalogue catalogue, KeywordOptions options, KeywordTools tools, SongWorkers workers) {
    this.catalogue = catalogue;
    this.options = options;
    this.tools = tools;
    this.workers = workers;
    this.tuneNames = TuneNames.of(catalogue.songs(), tools, options);
    this.texts = new SongTexts(catalogue.songs(), tools, tuneNames);
    this.bounds = new WordBounds[catalogue.songs().size()];
    this.selector = new KeywordSelector(options, tools.stopWords());
  }

  Keywords run(KeywordList given, LongConsumer progress) {
    List<String> named = new ArrayList<>(given.keywords());
    named.addAll(pictureKeywords());
    Vocabulary vocabulary = Vocabulary.of(named, tools.folder());
    segment(progress);
    if (given.keywords().isEmpty()) {
      vocabulary = withChosen(vocabulary);
    }
    SongCounts counts = count(vocabulary);
    KeywordRows songs = new SongWeights(options, counts, vocabulary.size()).rows(counts);
    KeywordRows pictures = PictureLabels.rows(catalogue.pictures(), vocabulary);
    KeywordReport report = new ReportMaker(catalogue, vocabulary, songs, pictures).report(cleaning);
    return new Keywords(vocabulary, songs, pictures, tuneNames, report);
  }

  /** As written, one way of writing for each keyword, in the order of their folded forms. */
  private Collection<String> pictureKeywords() {
    TreeSet<String> written = new TreeSet<>();
    for (Picture picture : catalogue.pictures()) {
      picture.keywords().forEach(keyword -> written.add(keyword.keyword()));
    }
    Map<String, String> byFolded = new TreeMap<>();
    for (String keyword : written) {
      byFolded.putIfAbsent(Vocabulary.canonical(keyword, tools.folder()), keyword);
    }
    return byFolded.values();
  }

  private record Segmented(
      List<WordBounds> bounds, Map<String, Integer> songsByWord, CleaningCounts cleaning) {}

  private void segment(LongConsumer progress) {
    workers.forEach(
        texts.size(),
        this::segmentRange,
        (Segmented range, int end) -> {
          int start = end - range.bounds().size();
          for (int i = start; i < end; i++) {
            bounds[i] = range.bounds().get(i - start);
          }
          selector.add(range.songsByWord());
          cleaning = cleaning.plus(range.cleaning());
          progress.accept(end);
        });
  }

  private Segmented segmentRange(int start, int end) {
    List<WordBounds> found = new ArrayList<>(end - start);
    Map<String, Integer> songsByWord = new HashMap<>();
    CleaningCounts cleaned = CleaningCounts.NONE;
    for (int song = start; song < end; song++) {
      SongTexts.Text read = texts.get(song);
      cleaned = cleaned.plus(read.cleaning());
      String text = read.text();
      List<Token> tokens = tools.segmenter().segment(text);
      found.add(new WordBounds(text.length(), tokens));
      for (String word : selector.suitable(tokens)) {
        songsByWord.merge(word, 1, Integer::sum);
      }
    }
    return new Segmented(found, songsByWord, cleaned);
  }

  private Vocabulary withChosen(Vocabulary named) {
    List<String> candidates = selector.candidates(named);
    Vocabulary all = Vocabulary.of(candidates, tools.folder());
    int[] documents = count(all).documents(all.size());
    List<String> keywords = new ArrayList<>(named.displays());
    int wanted = named.size() + selector.wanted(named);
    for (int id = 0; id < all.size() && keywords.size() < wanted; id++) {
      if (selector.isWithinBounds(documents[id], texts.size())) {
        keywords.add(all.displays().get(id));
      }
    }
    return Vocabulary.of(keywords, tools.folder());
  }

  private SongCounts count(Vocabulary vocabulary) {
    KeywordMatcher matcher = new KeywordMatcher(vocabulary.folded(), tools.opaqueWords());
    SongCounts all = new SongCounts(texts.size());
    workers.forEach(
        texts.size(),
        (start, end) -> {
          SongCounts range = new SongCounts(end - start);
          KeywordMatcher.Counts counts = new KeywordMatcher.Counts(vocabulary.size());
          for (int song = start; song < end; song++) {
            SongTexts.Text text = texts.get(song);
            matcher.count(text, bounds[song], counts);
            range.add(counts, text);
          }
          return range;
        },
        (SongCounts range, int end) -> all.addAll(range));
    return all;
  }
}
