package org.seesong.evaluation;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.seesong.catalogue.CatalogueOptions;
import org.seesong.catalogue.CatalogueReader;
import org.seesong.catalogue.Song;
import org.seesong.encoder.ImageEncoder;
import org.seesong.index.CatalogueIndex;
import org.seesong.io.ContentKey;
import org.seesong.keyword.KeywordTools;
import org.seesong.keyword.NonCompositionalWords;
import org.seesong.keyword.ScriptFolder;
import org.seesong.keyword.Segmenters;
import org.seesong.keyword.StopWords;
import org.seesong.keyword.Vocabulary;
import org.seesong.text.LyricsCleaner;
import org.seesong.vector.EncodedImage;

/**
 * Evaluates systems: gives each the same labelled pictures and scores its rankings.
 *
 * <p>The run of each system and seed is stored in {@code parts/} of the output folder with a
 * fingerprint of all it depends on, so that a stopped evaluation resumes there. Everything else is
 * computed anew, in seconds. The same inputs, seed and one thread give the same report.
 *
 * <pre>
 * evaluation.json, evaluation.md   the tables
 * plots/*.svg                      measures by system, by n and by keyword
 * cases.html                       queries with their songs
 * study.json                       the same queries for people to vote on, see VoteStudy
 * parts/SYSTEM-SEED.json           runs, to resume from
 *
 * where options ask for them       run files and the pool of ungraded songs, see RunFiles, PoolFile
 * </pre>
 */
public final class Evaluation {
  private static final int GLOSSES = 3;

  private final EvaluationOptions options;
  private final EvaluationListener listener;
  private final CatalogueIndex index;
  private final Workers workers;
  private final ScriptFolder folder = ScriptFolder.builtIn();
  private final Statistics statistics;

  /** Translations of folded keywords, where the concepts have any. */
  private final Map<String, String> glosses = new TreeMap<>();

  private Evaluation(
      EvaluationOptions options,
      EvaluationListener listener,
      CatalogueIndex index,
      Workers workers) {
    this.options = options;
    this.listener = listener;
    this.index = index;
    this.workers = workers;
    this.statistics = new Statistics(options.seed());
  }

  /**
   * Evaluates and writes all files.
   *
   * @param encoder the encoder of the index; not closed
   * @throws IOException if something cannot be read or written, the encoder is not the index's, or
   *     no query is left to be judged
   * @throws InterruptedException if the thread is interrupted; running again resumes
   */
  public static EvaluationReport run(
      EvaluationOptions options, ImageEncoder encoder, EvaluationListener listener)
      throws IOException, InterruptedException {
    Objects.requireNonNull(listener, "listener");
    try (CatalogueIndex index = CatalogueIndex.open(options.index())) {
      index.requireEncoder(encoder.space());
      Files.createDirectories(options.output().folder().resolve("parts"));
      Workers workers = new Workers(options.threads());
      return new Evaluation(options, listener, index, workers).run(encoder);
    }
  }

  private EvaluationReport run(ImageEncoder encoder) throws IOException, InterruptedException {
    listener.started("reading the index", "documents");
    Snapshot snapshot = Snapshot.of(index);
    SongTable songs = snapshot.songs();
    Qrels qrels = Qrels.read(options.judging().qrels(), folder, id -> songs.numberOf(id) >= 0);
    Vocabulary vocabulary = Vocabulary.of(snapshot.keywords(), folder);
    listener.finished(
        String.format(
            Locale.ROOT,
            "%,d songs, %,d pictures, %,d keywords",
            songs.size(),
            snapshot.pictures().size(),
            snapshot.keywords().size()));
    EvaluationQueries queries =
        new QueryPreparation(options, listener, workers, snapshot, vocabulary, statistics)
            .prepare(encoder, index.metadata());
    List<Integer> sizes =
        options.judging().concepts().isPresent() ? options.judging().words() : List.of();
    Map<Integer, Map<String, List<String>>> words = conceptWords(queries, vocabulary);
    List<Path> files = options.judging().songs();
    List<Song> owned =
        files.isEmpty()
            ? List.of()
            : CatalogueReader.read(CatalogueOptions.of(files, List.of())).songs();
    Lyrics lyrics = lyrics(songs, owned);
    KeywordRelevance relevance = KeywordRelevance.of(songs, vocabulary, words, sizes, lyrics);
    Scorer scorer = new Scorer(songs, relevance, queries.labels(), sizes);
    List<SystemResult> systems = new ArrayList<>();
    Path output = options.output().folder();
    try (Trials trials =
        new Trials(
            index,
            snapshot,
            queries,
            relevance,
            lyrics,
            output.resolve("trial-index"),
            options.threads())) {
      int text =
          owned.stream()
              .map(song -> List.of(song.id(), song.title(), song.lyrics()))
              .toList()
              .hashCode();
      for (SystemSpec system : options.systems()) {
        systems.add(result(system.text(), runs(system, trials, songs, queries, text), scorer));
      }
    }
    Findings findings =
        new Findings(
            options,
            index.metadata(),
            snapshot,
            queries,
            sizes,
            relevance.report(snapshot, queries.labels()),
            systems,
            comparisons(systems, scorer.measures()),
            qrels.size() == 0
                ? Optional.empty()
                : Optional.of(
                    GradedReport.of(
                        qrels,
                        queries,
                        songs,
                        systems,
                        SystemSpec.pairs(options.systems()),
                        statistics)),
            confidence(encoder, queries, qrels));
    listener.started("writing the report", "files");
    EvaluationReport report = new EvaluationReport(findings);
    report.write(index);
    listener.finished(output.resolve("evaluation.md").toString());
    writeRuns(findings, qrels, owned);
    return report;
  }

  private Optional<ConfidenceReport> confidence(
      ImageEncoder encoder, EvaluationQueries queries, Qrels qrels)
      throws IOException, InterruptedException {
    Map<String, List<EncodedImage>> unknown = new TreeMap<>();
    for (Map.Entry<String, List<LabelledQuery>> group :
        new TreeMap<>(options.unknown()).entrySet()) {
      List<LabelledQuery> pictures = group.getValue();
      listener.started("encoding " + group.getKey(), "pictures");
      QueryEncoding.Encoded encoded =
          new QueryEncoding(encoder, options.output().vectors())
              .encode(pictures, done -> listener.progress(done, pictures.size()));
      unknown.put(
          group.getKey(),
          IntStream.range(0, encoded.queries().size())
              .mapToObj(i -> new EncodedImage(queries.space(), encoded.vectors().row(i)))
              .toList());
      encoded.unreadable().forEach(listener::finished);
      listener.finished(
          String.format(Locale.ROOT, "%,d pictures of other things", encoded.queries().size()));
    }
    return ConfidenceReport.of(index, queries, unknown, qrels, workers);
  }

  private void writeRuns(Findings findings, Qrels qrels, List<Song> owned) throws IOException {
    SongTable songs = findings.snapshot().songs();
    List<String> keywords =
        findings.queries().pictures().stream()
            .map(query -> qrels.keyword(query.labels()).orElse(query.labels().get(0)))
            .toList();
    Optional<Path> runs = options.output().runs();
    if (runs.isPresent()) {
      listener.started("writing runs", "files");
      new RunFiles(findings.queries(), keywords, songs)
          .write(runs.get(), findings.systems(), qrels);
      listener.finished(runs.get().toString());
    }
    Optional<Path> pool = options.output().pool();
    if (pool.isPresent()) {
      listener.started("writing the pool", "songs");
      Map<String, Song> lyrics = new HashMap<>();
      owned.forEach(song -> lyrics.put(song.id(), song));
      int size =
          new PoolFile(index, lyrics, glosses, folder, options.seed())
              .write(pool.get(), keywords, findings.systems(), songs, qrels);
      listener.finished(String.format(Locale.ROOT, "%,d songs to grade in %s", size, pool.get()));
    }
  }

  private Map<Integer, Map<String, List<String>>> conceptWords(
      EvaluationQueries queries, Vocabulary vocabulary) throws IOException {
    Map<Integer, Map<String, List<String>>> words = new TreeMap<>();
    queries.labels().forEach(all -> Arrays.stream(all).forEach(k -> words.put(k, Map.of())));
    EvaluationOptions.Judging judging = options.judging();
    if (judging.concepts().isPresent()) {
      listener.started("reading concepts", "lines");
      Set<String> languages = new TreeSet<>(judging.languages());
      ConceptGraph graph =
          ConceptNet.read(
              judging.concepts().get(), languages, folder, done -> listener.progress(done, -1));
      ConceptNeighbours neighbours = new ConceptNeighbours(graph, languages);
      int most = judging.words().stream().max(Integer::compare).orElse(0);
      for (int keyword : words.keySet()) {
        String folded = vocabulary.folded().get(keyword);
        glosses.put(folded, String.join(", ", graph.translations(languages, folded, GLOSSES)));
      }
      words.replaceAll((keyword, none) -> neighbours.of(vocabulary.folded().get(keyword), most));
      listener.finished(
          String.format(Locale.ROOT, "%,d words, %,d ties", graph.size(), graph.ties()));
    }
    return words;
  }

  private Lyrics lyrics(SongTable songs, List<Song> owned) {
    if (options.judging().songs().isEmpty()) {
      return new Lyrics.OfIndex(index, songs);
    }
    Map<String, String> build = index.metadata().build().options();
    String segmenter = build.getOrDefault("segmenter", "");
    List<String> known = Segmenters.names();
    return new Lyrics.OfFiles(
        songs,
        owned,
        new KeywordTools(
            Segmenters.byName(known.contains(segmenter) ? segmenter : known.get(0)),
            folder,
            StopWords.builtIn(),
            NonCompositionalWords.builtIn(),
            LyricsCleaner.ofIndex(build)));
  }

  private List<Run> runs(
      SystemSpec system, Trials trials, SongTable songs, EvaluationQueries queries, int lyrics)
      throws IOException, InterruptedException {
    List<Run> runs = new ArrayList<>();
    for (long seed : system.seeds(options.seed(), options.seeds())) {
      String fingerprint = fingerprint(system, seed, queries, lyrics);
      Path file = Run.file(options.output().folder().resolve("parts"), system.text(), seed);
      Optional<Run> stored = Run.read(file, fingerprint, songs);
      if (stored.isPresent()) {
        runs.add(stored.get());
        continue;
      }
      listener.started(system.text() + ", seed " + seed, "queries");
      int total = queries.size();
      Recommender recommender = trials.open(system, seed);
      List<List<RankedSong>> rankings =
          workers.each(
              total,
              i -> recommender.recommend(queries.queries().get(i), Scorer.SONGS),
              done -> listener.progress(done, total));
      Run run = new Run(system.text(), seed, rankings);
      run.write(file, fingerprint, songs);
      runs.add(run);
      listener.finished(total + " rankings");
    }
    return runs;
  }

  /** Names all that a run depends on. */
  private String fingerprint(SystemSpec system, long seed, EvaluationQueries queries, int lyrics) {
    StringBuilder text = new StringBuilder();
    text.append(index.metadata().build().fingerprint()).append('\n');
    text.append(system.kind()).append(' ').append(system.search()).append(' ');
    text.append(system.labels().describe()).append(' ');
    text.append(system.embedding().withSeed(seed).describe()).append(' ').append(seed).append('\n');
    queries.pictures().forEach(picture -> text.append(picture.id()).append('\n'));
    if (system.kind().readsLyrics()) {
      text.append(lyrics).append('\n');
    }
    text.append(Arrays.hashCode(queries.vectors().data()));
    return ContentKey.of(text.toString().getBytes(StandardCharsets.UTF_8)).toString();
  }

  private SystemResult result(String system, List<Run> runs, Scorer scorer) {
    int queries = runs.get(0).rankings().size();
    Map<Measure, double[]> scores = new LinkedHashMap<>();
    Map<Measure, Interval> figures = new LinkedHashMap<>();
    for (Measure measure : scorer.measures()) {
      double[] mean = new double[queries];
      for (Run run : runs) {
        for (int i = 0; i < queries; i++) {
          mean[i] += scorer.score(measure, i, run.rankings().get(i)) / runs.size();
        }
      }
      scores.put(measure, mean);
      figures.put(measure, statistics.mean(mean));
    }
    return new SystemResult(system, scores, figures, distinct(runs, queries), runs);
  }

  private Interval distinct(List<Run> runs, int queries) {
    int[] all = IntStream.range(0, queries).toArray();
    double mean = runs.stream().mapToInt(run -> distinct(run, all)).average().orElse(0);
    return statistics.centered(mean, queries, drawn -> distinct(runs.get(0), drawn));
  }

  private static int distinct(Run run, int[] queries) {
    BitSet seen = new BitSet();
    for (int query : queries) {
      run.rankings().get(query).forEach(song -> seen.set(song.song()));
    }
    return seen.cardinality();
  }

  /** Every two-hop system against every other system, two of them once. */
  private List<Comparison> comparisons(List<SystemResult> systems, List<Measure> measures) {
    List<Comparison> all = new ArrayList<>();
    SystemSpec.pairs(options.systems())
        .forEach(
            pair ->
                measures.stream()
                    .filter(Evaluation::isCompared)
                    .map(measure -> compare(systems.get(pair[0]), systems.get(pair[1]), measure))
                    .forEach(all::add));
    return all;
  }

  private static boolean isCompared(Measure measure) {
    return switch (measure.kind()) {
      case HIT -> !measure.weightsOnly();
      case PRECISION, NDCG, MRR -> measure.words() == 0;
      default -> false;
    };
  }

  private Comparison compare(SystemResult one, SystemResult other, Measure measure) {
    double[] first = one.scores().get(measure);
    double[] second = other.scores().get(measure);
    double p =
        measure.kind() == Measure.Kind.HIT
            ? Statistics.mcNemar(first, second)
            : statistics.pairedBootstrap(first, second);
    double difference = one.figures().get(measure).value() - other.figures().get(measure).value();
    return new Comparison(one.system(), other.system(), measure.name(), difference, p);
  }
}
