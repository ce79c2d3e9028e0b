package org.seesong.keyword;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.LongConsumer;
import org.seesong.catalogue.Catalogue;
import org.seesong.catalogue.Picture;
import org.seesong.catalogue.Song;
import org.seesong.text.CleaningCounts;

/**
 * The work behind {@link Keywords#of}: the passes of {@link CatalogueStatistics}, with word bounds
 * kept from the second to the third, so that each song is segmented once.
 */
final class KeywordStage {
  private final Catalogue catalogue;
  private final List<Song> songs;
  private final KeywordOptions options;
  private final KeywordTools tools;
  private final SongWorkers workers;
  private final WordBounds[] bounds;
  private CleaningCounts cleaning = CleaningCounts.NONE;

  KeywordStage(Catalogue catalogue, KeywordOptions options, KeywordTools tools) {
    this.catalogue = catalogue;
    this.songs = catalogue.songs();
    this.options = options;
    this.tools = tools;
    this.workers = new SongWorkers(options.threads());
    this.bounds = new WordBounds[songs.size()];
  }

  Keywords run(KeywordList given, LongConsumer progress) {
    CatalogueStatistics titles =
        statistics((some, statistics) -> some.forEach(song -> statistics.addTitle(song, tools)));
    SharedTitlePrefixes prefixes = SharedTitlePrefixes.fit(titles, options);
    SongTexts texts = new SongTexts(tools, prefixes);
    CatalogueStatistics words = segment(texts, progress);
    KeywordSelector selector = new KeywordSelector(options, tools.stopWords(), words);

    List<String> named = new ArrayList<>(given.keywords());
    named.addAll(pictureKeywords());
    Vocabulary first = Vocabulary.of(named, tools.folder());
    List<String> all = new ArrayList<>(first.displays());
    if (given.keywords().isEmpty()) {
      all.addAll(selector.candidates(first));
    }
    Vocabulary candidates = Vocabulary.of(all, tools.folder());
    Set<String> boundPairs = words.pairs().bound();
    SongCounts counts = count(texts, candidates, boundPairs);
    int[] newIds = choose(selector, first, candidates, counts);
    List<String> chosen = new ArrayList<>();
    for (int id = 0; id < newIds.length; id++) {
      if (newIds[id] >= 0) {
        chosen.add(candidates.displays().get(id));
      }
    }
    return weigh(
        Vocabulary.of(chosen, tools.folder()), counts.restrictedTo(newIds), prefixes, boundPairs);
  }

  private Keywords weigh(
      Vocabulary vocabulary,
      SongCounts counts,
      SharedTitlePrefixes prefixes,
      Set<String> boundPairs) {
    CatalogueStatistics statistics = new CatalogueStatistics();
    statistics.addKeywords(counts, vocabulary);
    KeywordModel model =
        KeywordModel.fit(statistics, vocabulary, options.weighting(), prefixes, boundPairs, tools);
    KeywordRows rows = counts.weighed(model);
    KeywordRows pictures = PictureLabels.rows(catalogue.pictures(), vocabulary);
    KeywordReport report = new ReportMaker(catalogue, vocabulary, rows, pictures).report(cleaning);
    return new Keywords(vocabulary, rows, pictures, model, report);
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

  /** Counts of all songs, taken in parts and merged. */
  private CatalogueStatistics statistics(BiConsumer<List<Song>, CatalogueStatistics> pass) {
    CatalogueStatistics all = new CatalogueStatistics();
    workers.forEach(
        songs.size(),
        (start, end) -> {
          CatalogueStatistics part = new CatalogueStatistics();
          pass.accept(songs.subList(start, end), part);
          return part;
        },
        (CatalogueStatistics part, int end) -> all.merge(part));
    return all;
  }

  private record Segmented(CatalogueStatistics words, CleaningCounts cleaning) {}

  private CatalogueStatistics segment(SongTexts texts, LongConsumer progress) {
    CatalogueStatistics all = new CatalogueStatistics();
    workers.forEach(
        songs.size(),
        (start, end) -> {
          CatalogueStatistics words = new CatalogueStatistics();
          CleaningCounts cleaned = CleaningCounts.NONE;
          for (int song = start; song < end; song++) {
            SongTexts.Text text = texts.read(songs.get(song));
            cleaned = cleaned.plus(text.cleaning());
            List<Token> tokens = tools.segmenter().segment(text.text());
            bounds[song] = new WordBounds(text.text().length(), tokens);
            words.addWords(KeywordSelector.suitable(tokens, options), text.text());
          }
          return new Segmented(words, cleaned);
        },
        (Segmented part, int end) -> {
          all.merge(part.words());
          cleaning = cleaning.plus(part.cleaning());
          progress.accept(end);
        });
    return all;
  }

  private SongCounts count(SongTexts texts, Vocabulary vocabulary, Set<String> boundPairs) {
    SongCounter counter = new SongCounter(texts, vocabulary, boundPairs);
    SongCounts all = new SongCounts(songs.size());
    workers.forEach(
        songs.size(),
        (start, end) -> counter.count(songs.subList(start, end), song -> bounds[start + song]),
        (SongCounts part, int end) -> all.addAll(part));
    return all;
  }

  /** The new id of each candidate, -1 for those not chosen; the named ones come first. */
  private int[] choose(
      KeywordSelector selector, Vocabulary named, Vocabulary candidates, SongCounts counts) {
    int[] documents = counts.documents(candidates.size());
    int wanted = named.size() + selector.wanted(named);
    int[] newIds = new int[candidates.size()];
    Arrays.fill(newIds, -1);
    int size = 0;
    for (int id = 0; id < newIds.length && size < wanted; id++) {
      if (id < named.size() || selector.isWithinBounds(documents[id], songs.size())) {
        newIds[id] = size++;
      }
    }
    return newIds;
  }
}
