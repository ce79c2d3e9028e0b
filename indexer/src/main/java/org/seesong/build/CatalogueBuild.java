package org.seesong.build;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import org.seesong.catalogue.Catalogue;
import org.seesong.catalogue.CatalogueReader;
import org.seesong.embedding.Embedding;
import org.seesong.embedding.FoldIn;
import org.seesong.encoder.ImageEncoder;
import org.seesong.encoder.ModelHome;
import org.seesong.graph.Graph;
import org.seesong.index.BuildInfo;
import org.seesong.index.IndexLayout;
import org.seesong.index.IndexMetadata;
import org.seesong.index.VectorFormat;
import org.seesong.io.RecordFile;
import org.seesong.keyword.KeywordList;
import org.seesong.keyword.KeywordOptions;
import org.seesong.keyword.KeywordStage;
import org.seesong.keyword.KeywordTagger;
import org.seesong.keyword.KeywordTools;
import org.seesong.keyword.KeywordWeighting.Formula;
import org.seesong.keyword.Keywords;
import org.seesong.keyword.PictureClasses;
import org.seesong.keyword.SongParts;
import org.seesong.keyword.TextReading;
import org.seesong.label.LabelPropagation;
import org.seesong.label.NeighbourSearch;
import org.seesong.part.PartRunner;
import org.seesong.part.ThreadRunner;
import org.seesong.relevance.RelevanceModel;
import org.seesong.select.Confidence;
import org.seesong.text.LyricsCleaner;
import org.seesong.vector.FloatMatrix;
import org.seesong.vector.VectorFile;
import org.seesong.vector.VectorSpace;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Builds an index from a catalogue: reads it, encodes pictures, finds keywords, propagates labels,
 * joins the graph, learns the embedding, and writes the fitted {@link CatalogueModel} and the
 * index.
 *
 * <p>Expensive results are cached in the output folder as they are made: image embeddings by
 * content and encoder, keywords of pictures by what they were propagated from, the graph embedding
 * by graph and options. So a build that was killed resumes when it is run again, a second build
 * encodes new pictures only, and the index that was there stays usable until the new one is
 * committed in one step. With one embedding thread an interrupted and resumed build gives the same
 * index as an uninterrupted one.
 *
 * <p>One build at a time in a folder; several folders may be built at once.
 */
public final class CatalogueBuild {
  private static final Logger LOG = LoggerFactory.getLogger(CatalogueBuild.class);

  private final BuildOptions options;
  private final ImageEncoder encoder;
  private final KeywordTools tools;
  private final BuildFolder folder;
  private final Optional<BuildParts> parts;
  private final StageLog log;
  private final CatalogueIntake intake;

  private CatalogueBuild(
      BuildOptions options,
      ImageEncoder encoder,
      KeywordTools tools,
      BuildFolder folder,
      Optional<BuildParts> parts,
      StageLog log) {
    this.options = options;
    this.encoder = encoder;
    this.tools = tools;
    this.folder = folder;
    this.parts = parts;
    this.log = log;
    LossCheck loss = LossCheck.ofBuild(options.leftOut(), folder);
    this.intake =
        new CatalogueIntake(options.catalogue(), options.threads(), options.strict(), loss, log);
  }

  /**
   * Builds or brings up to date the index in the options' output folder.
   *
   * @param encoder turns pictures into vectors; closed as soon as they are, since a network holds
   *     more memory than all later stages
   * @throws RejectedRowsException if the build is strict and something had to be left out
   * @throws IOException if a file cannot be read or written, or more would be left out or lost than
   *     the options allow; the index that was there is unharmed
   * @throws InterruptedException if the thread is interrupted; running again resumes from there
   */
  public static BuildReport run(
      BuildOptions options, ImageEncoder encoder, KeywordTools tools, BuildListener listener)
      throws IOException, InterruptedException {
    return run(options, encoder, tools, listener, folder -> Optional.empty());
  }

  /**
   * Like the method above, with the costly stages in parts that an engine computes: encoding
   * pictures and texts, and comparing pictures. On machines with the same instructions the index
   * holds the same bits; either way of building goes on where the other was stopped.
   *
   * @param runner computes the parts; not closed
   * @param models where all its machines open the encoder
   */
  public static BuildReport run(
      BuildOptions options,
      ImageEncoder encoder,
      KeywordTools tools,
      BuildListener listener,
      PartRunner runner,
      ModelHome models)
      throws IOException, InterruptedException {
    return run(
        options,
        encoder,
        tools,
        listener,
        folder -> Optional.of(new BuildParts(runner, models, options.encoderName(), folder)));
  }

  /** With parts of the sizes that tests want. */
  static BuildReport run(
      BuildOptions options,
      ImageEncoder encoder,
      KeywordTools tools,
      BuildListener listener,
      Function<BuildFolder, Optional<BuildParts>> parts)
      throws IOException, InterruptedException {
    StageLog log = new StageLog(listener);
    CatalogueReader.requireSources(options.catalogue()); // before a folder is made
    try (BuildFolder folder = BuildFolder.open(options.output());
        VectorFile vectors =
            VectorFile.open(folder.vectors(encoder.id()), encoder.id(), encoder.dimension());
        RecordFile thumbnails = RecordFile.open(folder.thumbnails(), PictureEncoding.THUMBNAILS)) {
      return new CatalogueBuild(options, encoder, tools, folder, parts.apply(folder), log)
          .run(vectors, thumbnails);
    }
  }

  private BuildReport run(VectorFile vectors, RecordFile thumbnails)
      throws IOException, InterruptedException {
    Catalogue catalogue = intake.read(true);
    EncodedPictures encoded;
    PictureClasses classes;
    try (ClassFile stored =
        wantsClasses(catalogue) ? ClassFile.open(folder, encoder) : ClassFile.none()) {
      PictureFiles files = new PictureFiles(vectors, stored, thumbnails);
      encoded = intake.encode(catalogue, encoder, files, parts);
      classes = stored.read(catalogue.pictures(), encoded);
    }
    KeywordStage counted = countKeywords(catalogue, classes);
    Optional<CachedTextEncoder> lyrics =
        CachedTextEncoder.choose(
            options.textEncoder(), catalogue.songs(), folder, options.threads(), parts, log);
    try {
      Keywords keywords = weigh(counted, catalogue, lyrics);
      StoredVectors raw = new StoredVectors(encoded, vectors, encoder.space(), Optional.empty());
      return run(catalogue, keywords, lyrics, raw, thumbnails);
    } finally {
      lyrics.ifPresent(CachedTextEncoder::close);
    }
  }

  private BuildReport run(
      Catalogue catalogue,
      Keywords keywords,
      Optional<CachedTextEncoder> lyrics,
      StoredVectors raw,
      RecordFile thumbnails)
      throws IOException, InterruptedException {
    EncodedPictures encoded = raw.pictures();
    List<String> problems = LossCheck.list(catalogue.problems(), encoded.problems());
    folder.reports().write(folder.problems(), LossCheck.text(problems));
    encoded.requireSome();
    intake.requireReadable(catalogue, encoded);
    StoredVectors images = options.centered() ? raw.centered() : raw;
    PropagatedKeywords cache =
        new PropagatedKeywords(
            folder, keywords.pictures(), encoded, images.space(), options.labels());
    LabelPropagation labels = propagate(cache, keywords, images);
    float scale = CatalogueModel.pictureScale(keywords.songs(), keywords.pictures());
    Graph graph = join(keywords, labels, scale, encoded);
    String recipe = recipe(graph);
    FloatMatrix embedding = learn(graph, recipe);
    FittedCatalogue fitted =
        new FittedCatalogue(
            catalogue, keywords, labels.rows(), images, graph, embedding, thumbnails);
    IndexMetadata metadata =
        metadata(fitted, spaceOf(recipe, embedding), lyrics, labels.model().known());
    ModelFolder files = new ModelFolder(folder.model(), metadata);
    CatalogueModel model = fit(files, fitted, labels, scale, cache.key(), lyrics);
    new IndexStage(options, folder, parts, log).write(fitted, model, metadata);
    files.removeOthers();
    BuildParts.removeLeft(folder);
    BuildReport report =
        BuildReport.of(fitted, metadata, labels.inferred(), problems, folder.index(), log);
    writeReports(keywords, report);
    return report;
  }

  private void writeReports(Keywords keywords, BuildReport report) throws IOException {
    try {
      StringWriter csv = new StringWriter();
      keywords.report().writeCsv(csv);
      folder.reports().write(folder.keywords(), csv.toString().getBytes(StandardCharsets.UTF_8));
      folder
          .reports()
          .write(
              folder.report(),
              new ObjectMapper()
                  .writerWithDefaultPrettyPrinter()
                  .writeValueAsBytes(report.toMap()));
    } catch (IOException e) {
      throw new IOException(
          "the index is complete and in use, but its report is not: " + e.getMessage(), e);
    }
  }

  /** Whether pictures without labels get keywords from the classes of the encoder's network. */
  private boolean wantsClasses(Catalogue catalogue) {
    if (options.classKeywords() == ClassKeywordsOption.ON && encoder.classes().isEmpty()) {
      throw new IllegalArgumentException(
          "encoder "
              + options.encoderName()
              + " has no classes to take keywords from; import its model again with --labels");
    }
    return !encoder.classes().isEmpty()
        && switch (options.classKeywords()) {
          case OFF -> false;
          case ON -> true;
          case AUTO ->
              catalogue.pictures().stream().allMatch(picture -> picture.keywords().isEmpty());
        };
  }

  private KeywordStage countKeywords(Catalogue catalogue, PictureClasses classes)
      throws IOException, InterruptedException {
    log.start(Stage.KEYWORDS);
    KeywordStage counted;
    try {
      counted = count(catalogue, classes);
    } catch (CancellationException e) {
      throw CatalogueIntake.interrupted(e);
    } catch (UncheckedIOException e) {
      throw e.getCause(); // a part could not be computed
    }
    String lyrics = counted.cleaning().describe();
    log.finish(
        "%,d keywords%s%s",
        counted.vocabulary().size(),
        classes.names().isEmpty()
            ? ""
            : String.format(
                Locale.ROOT,
                "; %,d pictures have some by their classes or labels, %,d have none",
                counted.labels().rows() - counted.labels().emptyRows(),
                counted.labels().emptyRows()),
        lyrics.isEmpty() ? "" : "; lyrics cleaned: " + lyrics);
    return counted;
  }

  /** In parts where an engine computes them and its machines can make the tools, else here. */
  private KeywordStage count(Catalogue catalogue, PictureClasses classes) throws IOException {
    KeywordOptions how = options.keywords();
    KeywordList given = options.givenKeywords();
    if (parts.isPresent() && tools.canBeNamed()) {
      SongParts songs = parts.get().songs(catalogue.songs(), log);
      return KeywordStage.run(catalogue, classes, how, tools, given, songs);
    }
    if (parts.isPresent()) {
      LOG.warn(
          "keywords are counted on this machine alone: segmenter '{}' is not one of Seesong's,"
              + " which other machines could load",
          tools.segmenter().name());
    }
    int songs = catalogue.songs().size();
    return KeywordStage.run(
        catalogue, classes, how, tools, given, done -> log.progress(done, songs));
  }

  private Keywords weigh(
      KeywordStage counted, Catalogue catalogue, Optional<CachedTextEncoder> lyrics)
      throws IOException, InterruptedException {
    log.start(Stage.LYRICS);
    if (lyrics.isEmpty()) {
      log.finish("no text encoder; keywords are weighed by counts alone");
      return counted.weigh();
    }
    try {
      Keywords keywords = counted.weigh(lyrics.get());
      lyrics.get().prepare(tellingLines(catalogue, keywords));
      log.finish("%,d texts encoded by %s", lyrics.get().encoded(), lyrics.get().id());
      return keywords;
    } catch (CancellationException e) {
      throw CatalogueIntake.interrupted(e);
    } catch (UncheckedIOException e) {
      throw e.getCause(); // vectors of lines could not be kept
    }
  }

  private List<String> tellingLines(Catalogue catalogue, Keywords keywords)
      throws IOException, InterruptedException {
    if (parts.isPresent()) {
      SongParts songs = parts.get().songs(catalogue.songs(), log);
      return ToldSongs.of(songs, TextReading.of(tools), keywords).stream()
          .map(SongDocuments.Told::telling)
          .filter(telling -> !telling.isEmpty())
          .toList();
    }
    return new SongDocuments(
            keywords.vocabulary(), tools.folder(), tools.cleaner(), Optional.empty())
        .tellingLines(catalogue.songs(), keywords.songs());
  }

  private LabelPropagation propagate(
      PropagatedKeywords cache, Keywords keywords, StoredVectors images)
      throws IOException, InterruptedException {
    log.start(Stage.LABEL);
    Optional<LabelPropagation> known = cache.read();
    if (known.isPresent()) {
      log.finish("compared already: %s", options.labels().describe());
      return known.get();
    }
    long work = LabelPropagation.work(keywords.pictures(), options.labels(), encoder.dimension());
    LabelPropagation labels =
        LabelPropagation.of(
            keywords.pictures(),
            images,
            options.labels(),
            options.threads(),
            neighbours(cache.key(), images),
            done -> log.progress(done, work));
    cache.write(labels);
    if (options.labels().isLabelsOnly()) {
      log.finish("pictures keep to their own labels");
    } else {
      log.finish(
          "%,d neighbours for each; %,d pictures without a label were given keywords",
          options.labels().neighbours(), labels.inferred());
    }
    return labels;
  }

  private NeighbourSearch neighbours(String key, StoredVectors images) {
    PartRunner here = new ThreadRunner(options.threads());
    return parts
        .map(some -> some.neighbours(key, images))
        .orElse(new NeighbourParts(here, true, folder, key, images, PartSizes.DEFAULT.pictures()));
  }

  private Graph join(
      Keywords keywords, LabelPropagation labels, float scale, EncodedPictures encoded) {
    log.start(Stage.GRAPH);
    Graph graph =
        CatalogueModel.graph(
            keywords.songs(),
            labels.rows(),
            keywords.vocabulary().size(),
            scale,
            encoded::isReadable);
    log.finish("%,d vertices, %,d edges", graph.vertices(), graph.edges());
    return graph;
  }

  /** Names what is learned and from what: options and graph. */
  private String recipe(Graph graph) {
    String hash = new Fingerprint().add(options.embedding().describe()).add(graph.hash()).hex();
    int dimension = Embedding.dimension(graph, options.embedding());
    return options.embedding().method() + "-" + dimension + "-" + hash.substring(0, 12);
  }

  /**
   * Names the space. The recipe alone would not do: several threads learn other vectors each time,
   * and vectors of two trainings must never be compared.
   */
  private String spaceOf(String recipe, FloatMatrix embedding) {
    Fingerprint fingerprint = new Fingerprint().add(recipe);
    for (int row = 0; row < embedding.rows(); row++) {
      for (int i = embedding.at(row); i < embedding.at(row) + embedding.dimension(); i++) {
        fingerprint.add(Float.floatToIntBits(embedding.block(row)[i]));
      }
    }
    String hash = fingerprint.hex().substring(0, 12);
    return options.embedding().method() + "-" + embedding.dimension() + "-" + hash;
  }

  private FloatMatrix learn(Graph graph, String recipe) throws IOException, InterruptedException {
    log.start(Stage.EMBEDDING);
    Optional<FloatMatrix> known = EmbeddingFile.read(folder.work(), recipe);
    if (known.isPresent()) {
      log.finish("learned already: %s", options.embedding().describe());
      return known.get();
    }
    long work = Embedding.work(graph, options.embedding());
    FloatMatrix embedding =
        Embedding.train(
            graph,
            options.embedding(),
            done -> log.progress(done, work),
            EmbeddingFile.checkpoints(folder.work(), recipe));
    EmbeddingFile.write(folder.work(), recipe, embedding);
    if (Thread.interrupted()) {
      throw new InterruptedException("interrupted after the embedding was kept");
    }
    log.finish("%s", options.embedding().describe());
    return embedding;
  }

  /** The model that is on file, if it is the same; else a new one, on file too. */
  private CatalogueModel fit(
      ModelFolder files,
      FittedCatalogue fitted,
      LabelPropagation labels,
      float scale,
      String labelKey,
      Optional<CachedTextEncoder> lyrics)
      throws IOException {
    try {
      CatalogueModel known = files.read(tools, lyrics);
      if (known.tagger().model().equals(fitted.keywords().model())
          && known.pictureScale() == scale
          && known.labels().options().equals(options.labels())
          && known.labels().reach() == labels.model().reach()) {
        return known;
      }
    } catch (IOException e) {
      // Not there or damaged: it is made and written anew.
    }
    FoldIn factors =
        FoldIn.of(fitted.graph(), options.embedding(), fitted.embedding(), files.graphSpace().id());
    CatalogueModel model =
        new CatalogueModel(
            new KeywordTagger(fitted.keywords().model(), tools, lyrics),
            labels.model(),
            scale,
            factors,
            lyrics);
    files.write(model, labelKey);
    return model;
  }

  private IndexMetadata metadata(
      FittedCatalogue fitted,
      String embeddingId,
      Optional<CachedTextEncoder> lyrics,
      List<Double> known) {
    SortedMap<String, String> described = new TreeMap<>();
    described.put("encoder", options.encoderName());
    described.put("centering", options.centered() ? "mean" : "none");
    described.put("segmenter", tools.segmenter().name());
    described.put("words", tools.fingerprint().substring(0, 12));
    described.put(LyricsCleaner.OPTION, tools.cleaner().describe());
    described.put("keywords", options.keywords().describe());
    described.put("pictures", options.labels().describe());
    if (!fitted.keywords().model().classes().keywords().isEmpty()) {
      described.put("classes", fitted.keywords().model().classes().classes());
    }
    described.put("embedding", options.embedding().describe());
    described.put(VectorFormat.OPTION, options.vectors().label());
    if (!known.isEmpty()) {
      boolean relevance = options.keywords().weighting().formula() == Formula.RELEVANCE;
      List<Double> fits = relevance ? RelevanceModel.songConfidence() : List.of();
      described.put(Confidence.OPTION, new Confidence(known, fits).describe());
    }
    VectorSpace network = new VectorSpace(embeddingId, fitted.embedding().dimension());
    String vocabulary = fitted.keywords().vocabulary().hash();
    Fingerprint all =
        new Fingerprint().add(IndexLayout.VERSION).add(fitted.images().space().toString());
    all.add(network.toString()).add(vocabulary).add(described.toString());
    lyrics.ifPresent(encoder -> all.add(encoder.space().toString()));
    fitted.addTo(all);
    return new IndexMetadata(
        IndexLayout.VERSION,
        fitted.images().space(),
        fitted.images().centering(),
        network,
        lyrics.map(CachedTextEncoder::space),
        new BuildInfo(options.embedding().seed(), vocabulary, all.hex(), described));
  }
}
