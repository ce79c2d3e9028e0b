package org.seesong.evaluation;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.seesong.catalogue.CatalogueOptions;
import org.seesong.catalogue.CatalogueReader;
import org.seesong.encoder.ImageEncoder;
import org.seesong.evaluation.Question.SeenPicture;
import org.seesong.index.CatalogueIndex;
import org.seesong.io.ContentKey;
import org.seesong.keyword.KeywordTools;
import org.seesong.keyword.NonCompositionalWords;
import org.seesong.keyword.ScriptFolder;
import org.seesong.keyword.Segmenter;
import org.seesong.keyword.Segmenters;
import org.seesong.keyword.StopWords;
import org.seesong.keyword.Vocabulary;
import org.seesong.text.LyricsCleaner;

/**
 * Tells how good answers are: asks every method the same labelled pictures and judges what they
 * answer.
 *
 * <p>Answers of each method and seed are kept in {@code parts/} of the output folder with a
 * fingerprint of all they depend on; an evaluation that was stopped goes on there. Everything else
 * is computed anew, in seconds. The same inputs, seed and one thread give the same report.
 *
 * <pre>
 * evaluation.json, evaluation.md   the tables
 * plots/*.svg                      measures by n and by keyword, hop-one confusion
 * cases.html                       queries with their answers, to be looked at
 * study.json                       the same queries for people to vote on, see VoteStudy
 * parts/METHOD-SEED.json           answers
 * </pre>
 */
public final class Evaluation {
  private final EvaluationOptions options;
  private final EvaluationListener listener;
  private final CatalogueIndex index;
  private final Workers workers;
  private final ScriptFolder folder = ScriptFolder.builtIn();
  private final Statistics statistics;

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
   * Evaluates.
   *
   * @param options what and how
   * @param encoder the encoder of the index; not closed
   * @param listener is told how it goes
   * @return the figures; all files are written
   * @throws IOException if something cannot be read or written, the encoder is not the index's, or
   *     no query is left to be judged
   * @throws InterruptedException if the thread is interrupted; running again goes on from there
   */
  public static EvaluationReport run(
      EvaluationOptions options, ImageEncoder encoder, EvaluationListener listener)
      throws IOException, InterruptedException {
    Objects.requireNonNull(listener, "listener");
    try (CatalogueIndex index = CatalogueIndex.open(options.index());
        Workers workers = new Workers(options.threads())) {
      index.requireEncoder(encoder.space());
      Files.createDirectories(options.output().resolve("parts"));
      return new Evaluation(options, listener, index, workers).run(encoder);
    }
  }

  private EvaluationReport run(ImageEncoder encoder) throws IOException, InterruptedException {
    listener.started("reading the index", "documents");
    Snapshot snapshot = Snapshot.of(index);
    Vocabulary vocabulary = Vocabulary.of(snapshot.keywords(), folder);
    listener.finished(
        String.format(
            Locale.ROOT,
            "%,d songs, %,d pictures, %,d keywords",
            snapshot.songs().size(),
            snapshot.pictures().size(),
            snapshot.keywords().size()));
    Asked asked = ask(encoder, snapshot, vocabulary);
    List<Integer> sizes = options.concepts().isPresent() ? options.words() : List.of();
    Map<Integer, Map<String, List<String>>> words = conceptWords(asked, vocabulary);
    GroundTruth truth =
        GroundTruth.of(snapshot.songs(), vocabulary, words, sizes, lyrics(snapshot.songs()));
    Scorer scorer = new Scorer(snapshot.songs(), truth, asked.labels(), sizes);
    List<MethodResult> results = new ArrayList<>();
    Path trials = options.output().resolve("trial-index");
    Trials trial = new Trials(index, snapshot, asked, trials, options.threads());
    try {
      for (MethodSpec method : options.methods()) {
        results.add(judge(method, answers(method, trial, snapshot, asked), scorer));
      }
    } finally {
      trial.close();
    }
    EvaluationReport report =
        new EvaluationReport(
            options,
            index.metadata(),
            snapshot,
            asked,
            sizes,
            truth.report(snapshot, asked.labels(), sizes),
            results,
            comparisons(results, scorer.measures()));
    listener.started("writing the report", "files");
    new ReportFiles(report, index).write(options.output());
    listener.finished(options.output().resolve("evaluation.md").toString());
    return report;
  }

  /** Encodes the queries, finds their keywords in the index and what hop one gives. */
  private Asked ask(ImageEncoder encoder, Snapshot snapshot, Vocabulary vocabulary)
      throws IOException, InterruptedException {
    List<String> leftOut = new ArrayList<>();
    Map<String, Integer> unknown = new TreeMap<>();
    List<LabelledQuery> known = new ArrayList<>();
    for (LabelledQuery query : options.queries()) {
      int[] labels = numbers(query, vocabulary, snapshot.songs());
      if (labels.length > 0) {
        known.add(query);
      } else {
        query.labels().forEach(label -> unknown.merge(label, 1, Integer::sum));
      }
    }
    unknown.forEach(
        (label, count) ->
            leftOut.add(
                count
                    + " queries of '"
                    + label
                    + "', which no song of the index holds as keyword"));
    listener.started("encoding queries", "pictures");
    QueryEncoding.Encoded encoded =
        new QueryEncoding(encoder, options.vectors())
            .encode(known, done -> listener.progress(done, known.size()));
    leftOut.addAll(encoded.unreadable());
    List<LabelledQuery> queries = encoded.queries();
    if (queries.isEmpty()) {
      throw new IOException(
          "no query is left to be judged, of "
              + options.queries().size()
              + (leftOut.isEmpty()
                  ? "; name labelled pictures"
                  : ":\n" + String.join("\n", leftOut)));
    }
    listener.finished(
        String.format(
            Locale.ROOT,
            "%,d queries, %,d left out",
            queries.size(),
            options.queries().size() - queries.size()));
    List<int[]> labels =
        queries.stream().map(query -> numbers(query, vocabulary, snapshot.songs())).toList();
    listener.started("finding pictures", "queries");
    HopOneScan scan = new HopOneScan(snapshot.pictures());
    List<List<SeenPicture>> nearest =
        workers.each(
            queries.size(),
            i -> scan.nearest(encoded.vectors().row(i), HopOneReport.VOTERS, false),
            done -> listener.progress(done, queries.size()));
    List<Question> questions = new ArrayList<>();
    for (int i = 0; i < queries.size(); i++) {
      questions.add(scan.question(i, encoded.vectors().row(i), nearest.get(i)));
    }
    HopOneReport hopOne = HopOneReport.of(queries, labels, nearest, snapshot, statistics);
    listener.finished(
        String.format(Locale.ROOT, "nearest picture right for %.3f", hopOne.nearest().value()));
    return new Asked(
        queries, encoder.space(), encoded.vectors(), labels, questions, hopOne, leftOut);
  }

  /** A query's keywords that some song holds. */
  private static int[] numbers(LabelledQuery query, Vocabulary vocabulary, SongTable songs) {
    return query.labels().stream()
        .mapToInt(vocabulary::idOf)
        .filter(id -> id >= 0 && songs.holders(id).length > 0)
        .distinct()
        .toArray();
  }

  private Map<Integer, Map<String, List<String>>> conceptWords(Asked asked, Vocabulary vocabulary)
      throws IOException {
    Set<Integer> keywords = new TreeSet<>();
    asked.labels().forEach(labels -> Arrays.stream(labels).forEach(keywords::add));
    Map<Integer, Map<String, List<String>>> words = new TreeMap<>();
    if (options.concepts().isEmpty()) {
      keywords.forEach(keyword -> words.put(keyword, Map.of()));
      return words;
    }
    listener.started("reading concepts", "lines");
    Set<String> languages = new TreeSet<>(options.languages());
    ConceptGraph graph =
        ConceptNet.read(
            options.concepts().get(), languages, folder, done -> listener.progress(done, -1));
    ConceptNeighbours neighbours = new ConceptNeighbours(graph, languages);
    int most = options.words().stream().max(Integer::compare).orElse(0);
    for (int keyword : keywords) {
      words.put(keyword, neighbours.of(vocabulary.folded().get(keyword), most));
    }
    listener.finished(
        String.format(Locale.ROOT, "%,d words, %,d ties", graph.size(), graph.ties()));
    return words;
  }

  private Lyrics lyrics(SongTable songs) throws IOException {
    if (options.songs().isEmpty()) {
      return new IndexedLyrics(index, songs);
    }
    LyricsCleaner cleaner = LyricsCleaner.ofIndex(index.metadata().build().options());
    return new FoldedLyrics(
        songs,
        CatalogueReader.read(CatalogueOptions.of(options.songs(), List.of())).songs(),
        new KeywordTools(
            segmenter(), folder, StopWords.builtIn(), NonCompositionalWords.builtIn(), cleaner));
  }

  /** The one by which the index's keywords were found, or the default one. */
  private Segmenter segmenter() {
    String name = index.metadata().build().options().getOrDefault("segmenter", "");
    return Segmenters.byName(Segmenters.names().contains(name) ? name : Segmenters.names().get(0));
  }

  private List<Answers> answers(MethodSpec method, Trials trials, Snapshot snapshot, Asked asked)
      throws IOException, InterruptedException {
    List<Answers> all = new ArrayList<>();
    for (long seed : method.seeds(options.seed(), options.seeds())) {
      String fingerprint = fingerprint(method, seed, asked);
      Path file = Answers.file(options.output().resolve("parts"), method.text(), seed);
      Optional<Answers> known = Answers.read(file, fingerprint, snapshot.songs());
      if (known.isPresent()) {
        all.add(known.get());
        continue;
      }
      listener.started(method.text() + ", seed " + seed, "queries");
      int total = asked.queries().size();
      Recommender recommender = trials.open(method, seed);
      List<List<Recommended>> answers =
          workers.each(
              total,
              i -> recommender.recommend(asked.questions().get(i), Scorer.SONGS),
              done -> listener.progress(done, total));
      Answers made = new Answers(method.text(), seed, answers);
      made.write(file, fingerprint, snapshot.songs());
      all.add(made);
      listener.finished(total + " answers");
    }
    return all;
  }

  /** Names all that answers depend on. */
  private String fingerprint(MethodSpec method, long seed, Asked asked) {
    StringBuilder text = new StringBuilder();
    text.append(index.metadata().build().fingerprint()).append('\n');
    text.append(method.kind()).append(' ').append(method.search()).append(' ');
    text.append(method.soft().describe()).append(' ');
    text.append(method.embedding().withSeed(seed).describe()).append(' ').append(seed).append('\n');
    asked.queries().forEach(query -> text.append(query.id()).append('\n'));
    text.append(Arrays.hashCode(asked.vectors().data()));
    return ContentKey.of(text.toString().getBytes(StandardCharsets.UTF_8)).toString();
  }

  private MethodResult judge(MethodSpec method, List<Answers> all, Scorer scorer) {
    int queries = all.get(0).answers().size();
    Map<Measure, double[]> marks = new LinkedHashMap<>();
    Map<Measure, Interval> figures = new LinkedHashMap<>();
    for (Measure measure : scorer.measures()) {
      double[] mean = new double[queries];
      for (Answers answers : all) {
        for (int i = 0; i < queries; i++) {
          mean[i] += scorer.mark(measure, i, answers.answers().get(i)) / all.size();
        }
      }
      marks.put(measure, mean);
      figures.put(measure, statistics.mean(mean));
    }
    return new MethodResult(
        method.text(),
        all.stream().map(Answers::seed).toList(),
        marks,
        figures,
        distinct(all, queries),
        all.get(0).answers());
  }

  private Interval distinct(List<Answers> all, int queries) {
    double mean =
        all.stream()
            .mapToDouble(
                answers ->
                    answers.answers().stream()
                        .flatMap(List::stream)
                        .map(Recommended::song)
                        .distinct()
                        .count())
            .average()
            .orElse(0);
    List<List<Recommended>> first = all.get(0).answers();
    return statistics.centred(
        mean,
        queries,
        drawn -> {
          Set<Integer> seen = new HashSet<>();
          for (int query : drawn) {
            first.get(query).forEach(song -> seen.add(song.song()));
          }
          return seen.size();
        });
  }

  /** Every two-hop method against every other method, two of them once. */
  private List<Comparison> comparisons(List<MethodResult> results, List<Measure> measures) {
    List<Comparison> all = new ArrayList<>();
    for (int i = 0; i < results.size(); i++) {
      if (!isTwoHop(options.methods().get(i))) {
        continue;
      }
      for (int j = 0; j < results.size(); j++) {
        if (j > i || (j < i && !isTwoHop(options.methods().get(j)))) {
          for (Measure measure : measures) {
            if (!measure.weightsOnly() && isCompared(measure)) {
              all.add(compare(results.get(i), results.get(j), measure));
            }
          }
        }
      }
    }
    return all;
  }

  private static boolean isTwoHop(MethodSpec method) {
    return method.kind() == MethodSpec.Kind.LEARNED || method.kind() == MethodSpec.Kind.INDEX;
  }

  private static boolean isCompared(Measure measure) {
    return switch (measure.kind()) {
      case HIT -> true;
      case PRECISION, NDCG, MRR -> measure.words() == 0;
      default -> false;
    };
  }

  private Comparison compare(MethodResult one, MethodResult other, Measure measure) {
    double[] first = one.marks().get(measure);
    double[] second = other.marks().get(measure);
    double p =
        measure.kind() == Measure.Kind.HIT
            ? Statistics.mcNemar(first, second)
            : statistics.pairedBootstrap(first, second);
    double difference = one.figures().get(measure).value() - other.figures().get(measure).value();
    return new Comparison(one.method(), other.method(), measure, difference, p);
  }
}
