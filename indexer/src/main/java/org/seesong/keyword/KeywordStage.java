package org.seesong.keyword;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongConsumer;
import org.seesong.catalogue.Catalogue;
import org.seesong.catalogue.Picture;
import org.seesong.catalogue.Song;
import org.seesong.encoder.TextEncoder;
import org.seesong.keyword.MeaningComparison.Compared;
import org.seesong.relevance.RelevanceModel;
import org.seesong.text.CleaningCounts;

/**
 * Keywords in the making: the passes of {@link CatalogueStatistics}, with word bounds kept from the
 * second to the third, so that each song is segmented once; then weights, by counts alone or with a
 * text encoder that compares lines.
 */
public final class KeywordStage {
  private final Catalogue catalogue;
  private final PictureClasses classes;
  private final List<Song> songs;
  private final KeywordOptions options;
  private final KeywordTools tools;
  private final SongPasses passes;
  private CleaningCounts cleaning = CleaningCounts.NONE;
  private Vocabulary vocabulary;
  private SongCounts counts;
  private KeywordModel model;
  private MeaningComparison comparison;
  private List<Double> least = List.of();

  private KeywordStage(
      Catalogue catalogue,
      PictureClasses classes,
      KeywordOptions options,
      KeywordTools tools,
      SongPasses passes) {
    this.catalogue = catalogue;
    this.classes = classes;
    this.songs = catalogue.songs();
    this.options = options;
    this.tools = tools;
    this.passes = passes;
  }

  /**
   * Chooses and counts keywords; see {@link Keywords#of} for the parameters.
   *
   * @param classes what a network takes pictures without labels for: the words for their classes
   *     that enough songs hold belong too, behind the others, unless the keywords are given, and
   *     those pictures get them
   * @return what {@link #weigh()} makes weights of
   */
  public static KeywordStage run(
      Catalogue catalogue,
      PictureClasses classes,
      KeywordOptions options,
      KeywordTools tools,
      KeywordList given,
      LongConsumer progress) {
    SongPasses threads =
        new ThreadedSongPasses(
            catalogue.songs(),
            tools,
            options.partsOfSpeech(),
            new SongWorkers(options.threads()),
            progress);
    KeywordStage stage = new KeywordStage(catalogue, classes, options, tools, threads);
    stage.count(given);
    return stage;
  }

  /**
   * Like the method above, with the passes over songs computed in parts; the result is the same.
   *
   * @param tools which must be {@linkplain KeywordTools#canBeNamed such as can be named}
   * @throws UncheckedIOException if a part cannot be computed
   */
  public static KeywordStage run(
      Catalogue catalogue,
      PictureClasses classes,
      KeywordOptions options,
      KeywordTools tools,
      KeywordList given,
      SongParts parts) {
    SongPasses parted =
        new PartedSongPasses(catalogue.songs().size(), tools, options.partsOfSpeech(), parts);
    KeywordStage stage = new KeywordStage(catalogue, classes, options, tools, parted);
    stage.count(given);
    return stage;
  }

  private void count(KeywordList given) {
    SharedTitlePrefixes prefixes = SharedTitlePrefixes.fit(passes.titles(), options);
    SegmentedSongs segmented = passes.words(prefixes);
    cleaning = segmented.cleaning();
    KeywordSelector selector = new KeywordSelector(options, tools.stopWords(), segmented.words());

    List<String> named = new ArrayList<>(given.keywords());
    named.addAll(pictureKeywords());
    Vocabulary first = Vocabulary.of(named, tools.folder());
    List<String> all = new ArrayList<>(first.displays());
    int frequent = first.size();
    if (given.keywords().isEmpty()) {
      all.addAll(selector.candidates(first));
      frequent = Vocabulary.of(all, tools.folder()).size();
      all.addAll(classWords());
    }
    Vocabulary candidates = Vocabulary.of(all, tools.folder());
    SongCounts counted = passes.counts(prefixes, candidates, segmented.bounds());
    int[] documents = counted.documents(candidates.size());
    ClassKeywords ofClasses =
        ClassKeywords.of(
            classes.names(), candidates, id -> documents[id] >= options.minDocuments());
    int[] newIds = choose(selector, first.size(), frequent, documents, ofClasses);
    List<String> chosen = new ArrayList<>();
    for (int id = 0; id < newIds.length; id++) {
      if (newIds[id] >= 0) {
        chosen.add(candidates.displays().get(id));
      }
    }
    vocabulary = Vocabulary.of(chosen, tools.folder());
    counts = counted.restrictedTo(newIds);
    CatalogueStatistics statistics = new CatalogueStatistics();
    statistics.addKeywords(counts, vocabulary);
    model =
        KeywordModel.fit(
            statistics,
            vocabulary,
            options.weighting(),
            given.glosses(),
            ofClasses.renumbered(id -> newIds[id]),
            prefixes,
            tools);
  }

  /** The keywords chosen. */
  public Vocabulary vocabulary() {
    return vocabulary;
  }

  /** What lyrics held beside sung words. */
  public CleaningCounts cleaning() {
    return cleaning;
  }

  /** Labels of pictures: their owners', else those of their classes. */
  public KeywordRows labels() {
    return PictureLabels.rows(
        catalogue.pictures(), vocabulary, model.classes().rows(classes.probabilities()));
  }

  /** Weights by counts alone. */
  public Keywords weigh() {
    return weigh(model, Optional.empty());
  }

  /**
   * What {@link #weigh(TextEncoder)} compares with keywords: lines and beginnings of each keyword's
   * songs of the highest relevance. Nothing unless weights are of relevance.
   */
  public List<String> texts() {
    return comparison().texts();
  }

  private MeaningComparison comparison() {
    if (comparison == null) {
      boolean compared = options.weighting().formula() == KeywordWeighting.Formula.RELEVANCE;
      least = compared ? MeaningScale.least(counts, vocabulary.size()) : List.of();
      comparison = compare(MeaningScale.compared(counts, least));
    }
    return comparison;
  }

  private MeaningComparison compare(MeaningComparison.EntryFilter compared) {
    return new MeaningComparison(counts, songs, compared, tools);
  }

  /** Weights by counts and by what lyrics mean beside keywords. */
  public Keywords weigh(TextEncoder encoder) {
    if (texts().isEmpty()) {
      return weigh();
    }
    Compared compared = comparison().with(encoder, directions(encoder));
    MeaningScale scale = compared.scale(least);
    return scale.least().isEmpty()
        ? weigh()
        : weigh(model.withMeaning(scale), Optional.of(compared));
  }

  private float[][] directions(TextEncoder encoder) {
    return MeaningComparison.directions(encoder, model.glosses());
  }

  /**
   * Features of graded songs as a build of this catalogue takes them, to fit and to judge a {@link
   * RelevanceModel} by.
   *
   * @param grades grade 0, 1 or 2 by keyword and song id; songs whose lyrics do not hold the
   *     keyword are left out
   */
  public List<GradedSong> graded(Map<String, Map<String, Integer>> grades, TextEncoder encoder) {
    MeaningScale scale = weigh(encoder).model().meaning();
    Compared compared =
        compare((song, entry) -> grade(grades, song, entry) != null)
            .with(encoder, directions(encoder));
    List<GradedSong> graded = new ArrayList<>();
    counts.forEachSung(
        (song, entry) -> {
          Integer grade = grade(grades, song, entry);
          if (grade != null && compared.has(entry)) {
            graded.add(
                new GradedSong(
                    keyword(entry),
                    songs.get(song).id(),
                    new RelevanceModel.Example(
                        grade, counts.features(song, entry), compared.of(entry, scale))));
          }
        });
    return graded;
  }

  /**
   * A graded song whose lyrics hold the keyword.
   *
   * @param keyword as in the grades
   * @param song id
   */
  public record GradedSong(String keyword, String song, RelevanceModel.Example example) {}

  private Integer grade(Map<String, Map<String, Integer>> grades, int song, int entry) {
    return grades.getOrDefault(keyword(entry), Map.of()).get(songs.get(song).id());
  }

  private String keyword(int entry) {
    return vocabulary.displays().get(counts.keyword(entry));
  }

  private Keywords weigh(KeywordModel fitted, Optional<Compared> compared) {
    KeywordRows rows = counts.weighed(fitted, compared);
    KeywordRows pictures = labels();
    KeywordReport report = new ReportMaker(catalogue, vocabulary, rows, pictures).report(cleaning);
    return new Keywords(vocabulary, rows, pictures, fitted, report);
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

  /** All words for the classes that some picture may show, in the order of the classes. */
  private List<String> classWords() {
    List<ClassWords> words = ClassWords.of(classes.names());
    return Arrays.stream(classes.probabilities().keywords())
        .distinct()
        .sorted()
        .boxed()
        .flatMap(number -> words.get(number).all())
        .toList();
  }

  /**
   * The new id of each candidate, -1 for those not chosen.
   *
   * @param named candidates that the owner names, which come first and are all chosen
   * @param frequent they and those behind them that many songs hold
   * @param ofClasses all that pictures get from it are chosen too
   */
  private int[] choose(
      KeywordSelector selector, int named, int frequent, int[] documents, ClassKeywords ofClasses) {
    boolean[] taken = new boolean[documents.length];
    Arrays.fill(taken, 0, named, true);
    int size = named;
    for (int id : ofClasses.rows(classes.probabilities()).keywords()) {
      size += taken[id] ? 0 : 1;
      taken[id] = true;
    }
    int left = selector.wanted(size);
    for (int id = named; id < frequent && left > 0; id++) {
      if (!taken[id] && selector.isWithinBounds(documents[id], songs.size())) {
        taken[id] = true;
        left--;
      }
    }
    int[] newIds = new int[documents.length];
    int next = 0;
    for (int id = 0; id < newIds.length; id++) {
      newIds[id] = taken[id] ? next++ : -1;
    }
    return newIds;
  }
}
