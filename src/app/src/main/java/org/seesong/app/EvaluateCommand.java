package org.seesong.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.seesong.catalogue.Catalogue;
import org.seesong.catalogue.CatalogueOptions;
import org.seesong.catalogue.CatalogueReader;
import org.seesong.catalogue.Picture;
import org.seesong.encoder.ImageEncoder;
import org.seesong.encoder.ModelHome;
import org.seesong.evaluation.Evaluation;
import org.seesong.evaluation.EvaluationOptions;
import org.seesong.evaluation.EvaluationOptions.Judging;
import org.seesong.evaluation.EvaluationOptions.Output;
import org.seesong.evaluation.EvaluationReport;
import org.seesong.evaluation.LabelledQuery;
import org.seesong.evaluation.SystemSpec;
import org.seesong.index.CatalogueIndex;
import org.seesong.index.IndexMetadata;
import org.seesong.index.WeightedKeyword;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Evaluates an index beside other systems. */
@Command(
    name = "evaluate",
    description = {
      "Searches by labelled pictures that the index does not hold, in the index and by other"
          + " systems over the same songs and pictures, and scores the songs found."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  seesong evaluate my-index --queries queries.csv --concepts assertions.csv.gz --out eval",
      "  seesong evaluate --split 0.2 --seed 1 --songs songs.jsonl --pictures pictures.csv"
          + " --concepts assertions.csv.gz --out eval",
      "  seesong evaluate my-index --queries q.csv --systems index,closed-form:pictures=10,km"
          + " --out eval",
      "  seesong evaluate my-index --queries q.csv --songs s.jsonl --qrels grades.qrels --systems"
          + " index,km --runs runs --pool to-grade.tsv --out eval",
      "",
      "Systems: index (as it was built); line2, line1, closed-form (fitted anew for each"
          + " seed;",
      "settings behind colons: pictures, coverage, variety, fill, label-neighbors,",
      "own-label-weight, label-classifier-weight, dim, samples, negatives, typed-negatives,",
      "weight-exponent, cooccurrence); paper (line2 with the paper's options);",
      "km, km-relevance, km-random (keyword matching by TF-IDF of titles and lyrics, by the"
          + " index's",
      "weights and at random), lyrics-random (songs that hold the query's own keyword in their",
      "lyrics), pop, random, oracle.",
      "",
      "A stopped evaluation resumes when it is run again."
    })
final class EvaluateCommand implements Callable<Integer> {
  /** Problems of the query pictures that are printed. */
  private static final int PRINTED = 20;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "DIR",
      description = "Folder that a build made; none with --split, which builds one.")
  private Path folder;

  @Option(
      names = "--queries",
      arity = "1..*",
      paramLabel = "FILE|DIR",
      description = "Pictures to query with and their keywords, in a form that builds read.")
  private List<Path> queries = List.of();

  @Option(
      names = "--split",
      paramLabel = "SHARE",
      description = {
        "Keep this share of the labelled --pictures as queries, build an index in OUT/build without"
            + " them, and evaluate it."
      })
  private Double split;

  @Option(
      names = "--songs",
      arity = "1..*",
      paramLabel = "FILE",
      description = {
        "Songs, for their lyrics; without, words are looked for in the index's own text, as whole"
            + " words."
      })
  private List<Path> songs = List.of();

  @Option(
      names = "--pictures",
      arity = "1..*",
      paramLabel = "FILE|DIR",
      description = "Pictures to split.")
  private List<Path> pictures = List.of();

  @Option(
      names = "--picture-root",
      paramLabel = "DIR",
      description = "What paths of pictures are relative to (default: the file's own folder).")
  private Path pictureRoot;

  @Option(
      names = "--qrels",
      arity = "1..*",
      paramLabel = "FILE",
      description = {
        "Grades given by reading, in lines of keyword, 0, song id and grade (0, 1 or 2): fit, fits"
            + " well and nDCG by grades."
      })
  private List<Path> qrels = List.of();

  @Option(
      names = "--unknown",
      arity = "1..*",
      paramLabel = "FILE|DIR",
      description = {
        "Pictures of things that the catalogue does not know: how well confidences tell them from"
            + " the queries, and how many places they get; each file a row of its own."
      })
  private List<Path> unknown = List.of();

  @Option(
      names = "--concepts",
      paramLabel = "FILE",
      description = {
        "ConceptNet's assertions (5.7, gzip): songs that hold a concept neighbour of the keyword"
            + " count as relevant, too."
      })
  private Path concepts;

  @Option(
      names = "--languages",
      split = ",",
      paramLabel = "CODE",
      defaultValue = "zh,en",
      description = "Languages of concept words (default: ${DEFAULT-VALUE}).")
  private List<String> languages;

  @Option(
      names = "--systems",
      split = ",",
      paramLabel = "SYSTEM",
      defaultValue = "index,line2,line1,closed-form,km,km-random,pop,random,oracle",
      description = "What to compare, see below (default: ${DEFAULT-VALUE}).")
  private List<String> systems;

  @Option(
      names = "--n",
      split = ",",
      paramLabel = "N",
      defaultValue = "5,10,50,100",
      description = "Numbers of concept words (default: ${DEFAULT-VALUE}, the paper's).")
  private List<Integer> words;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      defaultValue = "5",
      description = "Seeds for systems that depend on one, from --seed up (default: 5).")
  private int seeds;

  @Option(
      names = "--cases",
      paramLabel = "N",
      defaultValue = "12",
      description = "Queries to draw for the case sheet, 0 to 1,000 (default: ${DEFAULT-VALUE}).")
  private int cases;

  @Option(
      names = "--case",
      split = ",",
      paramLabel = "ID",
      description = "Queries for the case sheet instead, by id or file name.")
  private List<String> chosenCases = List.of();

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Folder for tables, plots, cases and the runs to resume from.")
  private Path out;

  @Option(
      names = "--runs",
      paramLabel = "DIR",
      description = "Folder for the systems' rankings in TREC's layout and as JSON.")
  private Path runs;

  @Option(
      names = "--pool",
      paramLabel = "FILE",
      description = {
        "File for the songs found that --qrels has no grade for, to be read and graded; filled in"
            + " it can be given as a further --qrels."
      })
  private Path pool;

  @Option(names = "--json", description = "Print the figures as JSON instead of Markdown.")
  private boolean json;

  @ArgGroup(validate = false, heading = "%nHow to build with --split, and to fit:%n")
  private final BuildSettings settings = new BuildSettings();

  @Spec private CommandSpec spec;

  private final Console console;

  EvaluateCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    requireOneSource();
    requireFiles();
    List<SystemSpec> specs = specs();
    SplitBuild.Result source =
        split == null
            ? given()
            : new SplitBuild(console, settings, out).run(songs, pictures, pictureRoot, split);
    EvaluationOptions options = options(source, specs);
    EvaluationReport report = evaluate(options);
    if (json) {
      console.json(report.toMap());
    } else {
      console.data(report.toMarkdown());
    }
    report.notes().forEach(console::log);
    report.leftOut().forEach(line -> console.log("left out: " + line));
    console.log("Look at:  " + out.resolve("cases.html") + "  " + out.resolve("plots") + "/*.svg");
    boolean rejected = !report.leftOut().isEmpty() || source.rejected() > 0;
    return rejected ? Seesong.REJECTED : Seesong.DONE;
  }

  private void requireOneSource() {
    String wrong = null;
    if (split == null && (folder == null || queries.isEmpty())) {
      wrong = "name a DIR and --queries, or --split with --songs and --pictures";
    } else if (split != null && (folder != null || !queries.isEmpty())) {
      wrong = "--split makes its own index and queries; leave DIR and --queries out";
    } else if (split != null && (songs.isEmpty() || pictures.isEmpty())) {
      wrong = "--split needs --songs and --pictures to build from";
    } else if (split != null && !(split > 0 && split < 1)) {
      wrong = "--split must be above 0 and below 1; got: " + split;
    }
    if (wrong != null) {
      throw new CommandLine.ParameterException(spec.commandLine(), wrong);
    }
  }

  /** Missing files are reported before anything is built or encoded. */
  private void requireFiles() throws IOException {
    if (concepts != null && !Files.isRegularFile(concepts)) {
      throw new IOException(concepts + ": there is no such file of concepts");
    }
    for (Path file : qrels) {
      if (!Files.isRegularFile(file)) {
        throw new IOException(file + ": there is no such file of grades");
      }
    }
  }

  private List<SystemSpec> specs() {
    try {
      settings.embedding(); // refuses what contradicts itself
      return systems.stream().map(text -> SystemSpec.parse(text, settings::embedding)).toList();
    } catch (IllegalArgumentException e) {
      throw new UsageException(e);
    }
  }

  /** An index that is there, and queries from files. */
  private SplitBuild.Result given() throws IOException {
    CatalogueOptions files = CatalogueOptions.of(List.of(), queries);
    Catalogue read =
        CatalogueReader.read(pictureRoot == null ? files : files.withPictureRoot(pictureRoot));
    read.problems().list(PRINTED).lines().forEach(console::log);
    read.notTaken().summary().lines().forEach(console::log);
    List<LabelledQuery> labelled = labelled(read.pictures());
    int unlabelled = read.pictures().size() - labelled.size();
    if (unlabelled > 0) {
      console.log(unlabelled + " pictures without a keyword are no queries");
    }
    return new SplitBuild.Result(
        IndexCommand.indexOf(folder), labelled, out.resolve("vectors"), read.problems().leftOut());
  }

  static List<LabelledQuery> labelled(List<Picture> pictures) {
    List<LabelledQuery> labelled = new ArrayList<>();
    for (Picture picture : pictures) {
      if (!picture.keywords().isEmpty()) {
        labelled.add(
            new LabelledQuery(
                picture.id(),
                picture.file(),
                picture.keywords().stream().map(WeightedKeyword::keyword).toList()));
      }
    }
    return labelled;
  }

  private Map<String, List<LabelledQuery>> unknown() throws IOException {
    Map<String, List<LabelledQuery>> groups = new TreeMap<>();
    for (Path file : unknown) {
      CatalogueOptions files = CatalogueOptions.of(List.of(), List.of(file));
      Catalogue read =
          CatalogueReader.read(pictureRoot == null ? files : files.withPictureRoot(pictureRoot));
      read.problems().list(PRINTED).lines().forEach(console::log);
      groups.put(
          file.getFileName().toString(),
          read.pictures().stream()
              .map(picture -> new LabelledQuery(picture.id(), picture.file(), List.of()))
              .toList());
    }
    return groups;
  }

  private EvaluationOptions options(SplitBuild.Result source, List<SystemSpec> specs)
      throws IOException {
    try {
      return new EvaluationOptions(
          source.index(),
          source.queries(),
          unknown(),
          specs,
          seeds,
          settings.embedding.seed(),
          settings.threads(),
          new Judging(songs, Optional.ofNullable(concepts), languages, words, qrels),
          new Output(
              out,
              source.vectors(),
              chosenCases,
              cases,
              Optional.ofNullable(runs),
              Optional.ofNullable(pool)));
    } catch (IllegalArgumentException e) {
      throw new UsageException(e);
    }
  }

  private EvaluationReport evaluate(EvaluationOptions options)
      throws IOException, InterruptedException {
    String encoderName;
    try (CatalogueIndex index = CatalogueIndex.open(options.index())) {
      encoderName =
          index
              .metadata()
              .build()
              .options()
              .getOrDefault(IndexMetadata.ENCODER_OPTION, ModelHome.DESCRIPTOR);
    }
    EvaluationView view = new EvaluationView(console);
    try (ImageEncoder encoder = ModelHome.fromEnvironment().open(encoderName)) {
      return Evaluation.run(options, encoder, view);
    } finally {
      view.close();
    }
  }
}
