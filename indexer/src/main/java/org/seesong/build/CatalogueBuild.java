package org.seesong.build;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.function.IntPredicate;
import org.seesong.catalogue.Catalogue;
import org.seesong.catalogue.CatalogueReader;
import org.seesong.embedding.EmbeddingMethod;
import org.seesong.embedding.FoldIn;
import org.seesong.encoder.ImageEncoder;
import org.seesong.graph.Graph;
import org.seesong.graph.GraphBuilder;
import org.seesong.index.BuildInfo;
import org.seesong.index.CatalogueIndex;
import org.seesong.index.CatalogueIndexWriter;
import org.seesong.index.FieldBytes;
import org.seesong.index.IndexCheck;
import org.seesong.index.IndexLayout;
import org.seesong.index.IndexMetadata;
import org.seesong.index.VectorFormat;
import org.seesong.io.AtomicFiles;
import org.seesong.io.RecordFile;
import org.seesong.keyword.KeywordModel;
import org.seesong.keyword.KeywordRows;
import org.seesong.keyword.KeywordTools;
import org.seesong.keyword.Keywords;
import org.seesong.label.LabelPropagation;
import org.seesong.text.LyricsCleaner;
import org.seesong.vector.FloatMatrix;
import org.seesong.vector.VectorFile;
import org.seesong.vector.VectorSpace;

/**
 * Builds an index from a catalogue: reads it, finds keywords, encodes pictures, joins the network,
 * learns the embedding and writes the index.
 *
 * <p>Each stage takes what the one before gives. What is dear is kept in the output folder as it is
 * made: picture vectors by content and encoder, the embedding by graph and options. So a build that
 * was killed goes on when it is run again, a second build encodes new pictures only, and the index
 * that was there stays usable until the new one is committed in one step. With one embedding thread
 * an interrupted and resumed build gives the same index content as an uninterrupted one.
 *
 * <p>One build at a time in a folder; several folders may be built at once.
 */
public final class CatalogueBuild {
  /** Problems that a message about a catalogue without songs or pictures lists. */
  private static final int PRINTED = 20;

  private final BuildOptions options;
  private final ImageEncoder encoder;
  private final KeywordTools tools;
  private final BuildListener listener;
  private final List<StageReport> reports = new ArrayList<>();

  private CatalogueBuild(
      BuildOptions options, ImageEncoder encoder, KeywordTools tools, BuildListener listener) {
    this.options = options;
    this.encoder = encoder;
    this.tools = tools;
    this.listener = listener;
  }

  /**
   * Builds or brings up to date the index in the options' output folder.
   *
   * @param options what to build from and how
   * @param encoder what turns pictures into vectors; closed as soon as they are, since a network
   *     holds more memory than all later stages
   * @param tools what finds words in lyrics
   * @param listener is told how it goes
   * @return what was done
   * @throws RejectedRowsException if the build is strict and something had to be left out
   * @throws IOException if a file cannot be read or written, or more would be left out or lost than
   *     the options allow; the index that was there is unharmed
   * @throws InterruptedException if the thread is interrupted; running again goes on from there
   */
  public static BuildReport run(
      BuildOptions options, ImageEncoder encoder, KeywordTools tools, BuildListener listener)
      throws IOException, InterruptedException {
    Objects.requireNonNull(listener, "listener");
    CatalogueReader.requireSources(options.catalogue()); // before a folder is made
    try (BuildFolder folder = BuildFolder.open(options.output());
        VectorFile vectors =
            VectorFile.open(folder.vectors(encoder.id()), encoder.id(), encoder.dimension());
        RecordFile thumbnails = RecordFile.open(folder.thumbnails(), PictureEncoding.THUMBNAILS)) {
      return new CatalogueBuild(options, encoder, tools, listener).run(folder, vectors, thumbnails);
    }
  }

  private BuildReport run(BuildFolder folder, VectorFile vectors, RecordFile thumbnails)
      throws IOException, InterruptedException {
    LossCheck loss = LossCheck.ofBuild(options.leftOut(), folder);
    Catalogue catalogue = readCatalogue(loss);
    Keywords keywords = findKeywords(catalogue);
    EncodedPictures encoded = encode(catalogue, vectors, thumbnails);
    List<String> problems = LossCheck.list(catalogue.problems(), encoded.problems());
    AtomicFiles.write(folder.problems(), LossCheck.text(problems));
    encoded.requireSome();
    if (options.strict() && !encoded.problems().isEmpty()) {
      throw new RejectedRowsException(encoded.problems());
    }
    int readable = catalogue.pictures().size() - encoded.problems().size();
    loss.pictures(readable, catalogue.problems(), encoded.problems());
    LabelPropagation soft = soften(folder, keywords, encoded, vectors);
    Keywords softened = keywords.withPictures(soft.rows());
    float scale = pictureScale(keywords);
    Graph graph = join(catalogue, softened, scale, encoded);
    String recipe = recipe(graph);
    FloatMatrix network = learn(folder, graph, recipe);
    String embeddingId = spaceOf(recipe, network);
    IndexContent content =
        new IndexContent(
            catalogue, softened, keywords.pictures(), encoded, graph, network, vectors, thumbnails);
    IndexMetadata identity = identity(content, keywords, embeddingId);
    KeywordModel state = KeywordModel.of(keywords, catalogue, options.keywords(), tools);
    LabelPropagation.Scale later =
        new LabelPropagation.Scale(options.soft(), soft.reach(), soft.regression());
    if (!Placing.isKept(folder.placing(), identity, state, scale, later)) {
      FoldIn foldIn = FoldIn.of(graph, options.embedding(), network, embeddingId);
      new Placing(state, scale, later, foldIn).write(folder.placing(), identity);
    }
    write(folder, content, identity);
    BuildReport report = report(folder, content, identity, soft.inferred(), problems);
    try {
      writeReports(folder, keywords, report);
    } catch (IOException e) {
      throw new IOException(
          "the index is complete and in use, but its report is not: " + e.getMessage(), e);
    }
    return report;
  }

  private static void writeReports(BuildFolder folder, Keywords keywords, BuildReport report)
      throws IOException {
    StringWriter csv = new StringWriter();
    keywords.report().writeCsv(csv);
    AtomicFiles.write(folder.keywords(), csv.toString().getBytes(StandardCharsets.UTF_8));
    AtomicFiles.write(
        folder.report(),
        new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(report.toMap()));
  }

  private Catalogue readCatalogue(LossCheck loss) throws IOException {
    StageClock clock = start(Stage.CATALOGUE);
    Catalogue catalogue = CatalogueReader.read(options.catalogue());
    if (options.strict() && !catalogue.problems().isNothingLost()) {
      throw new RejectedRowsException(catalogue.problems());
    }
    if (catalogue.songs().isEmpty() || catalogue.pictures().isEmpty()) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "the catalogue has %d songs and %d pictures that can be used; an index needs some of"
                  + " both%s%s",
              catalogue.songs().size(),
              catalogue.pictures().size(),
              notTaken(catalogue),
              catalogue.problems().isEmpty()
                  ? ""
                  : "; left out:\n" + catalogue.problems().list(PRINTED).stripTrailing()));
    }
    loss.songs(catalogue.songs().size(), catalogue.problems());
    loss.pictures(catalogue.pictures().size(), catalogue.problems(), List.of());
    finish(
        clock,
        "%,d songs, %,d pictures, %,d rows left out%s",
        catalogue.songs().size(),
        catalogue.pictures().size(),
        catalogue.problems().leftOut(),
        notTaken(catalogue));
    return catalogue;
  }

  private static String notTaken(Catalogue catalogue) {
    return catalogue.notTaken().isEmpty() ? "" : "; " + catalogue.notTaken().summary();
  }

  private Keywords findKeywords(Catalogue catalogue) throws IOException, InterruptedException {
    StageClock clock = start(Stage.KEYWORDS);
    int songs = catalogue.songs().size();
    Keywords keywords;
    try {
      keywords =
          Keywords.of(
              catalogue,
              options.keywords(),
              tools,
              options.givenKeywords(),
              done -> listener.progress(Stage.KEYWORDS, done, songs));
    } catch (CancellationException e) {
      throw interrupted(e);
    }
    String lyrics = keywords.report().lyrics().describe();
    finish(
        clock,
        "%,d keywords%s",
        keywords.vocabulary().size(),
        lyrics.isEmpty() ? "" : "; lyrics cleaned: " + lyrics);
    return keywords;
  }

  /** All stages end in the same way when their thread is interrupted. */
  static InterruptedException interrupted(CancellationException cause) {
    Thread.interrupted();
    InterruptedException interrupted = new InterruptedException(cause.getMessage());
    interrupted.initCause(cause);
    return interrupted;
  }

  private EncodedPictures encode(Catalogue catalogue, VectorFile vectors, RecordFile thumbnails)
      throws IOException, InterruptedException {
    StageClock clock = start(Stage.ENCODING);
    EncodedPictures encoded =
        new PictureEncoding(
                encoder, vectors, thumbnails, options.catalogue().pictureLimits(), listener)
            .encode(catalogue.pictures(), options.threads());
    encoder.close();
    finish(
        clock,
        "%,d encoded, %,d known already, %,d unreadable",
        encoded.encoded(),
        encoded.reused(),
        encoded.problems().size());
    return encoded;
  }

  private LabelPropagation soften(
      BuildFolder folder, Keywords keywords, EncodedPictures encoded, VectorFile vectors)
      throws IOException, InterruptedException {
    StageClock clock = start(Stage.LABEL);
    VectorSpace space = new VectorSpace(encoder.id(), encoder.dimension());
    PropagatedKeywords kept =
        new PropagatedKeywords(folder.work(), keywords.pictures(), encoded, space, options.soft());
    Optional<LabelPropagation> known = kept.read();
    if (known.isPresent()) {
      finish(clock, "compared already: %s", options.soft().describe());
      return known.get();
    }
    long work = LabelPropagation.work(keywords.pictures(), options.soft(), encoder.dimension());
    LabelPropagation soft =
        LabelPropagation.of(
            keywords.pictures(),
            new StoredVectors(encoded, vectors, encoder.dimension()),
            options.soft(),
            options.threads(),
            done -> listener.progress(Stage.LABEL, done, work));
    if (options.soft().isHard()) {
      finish(clock, "pictures keep to their own labels");
    } else {
      kept.write(soft);
      finish(
          clock,
          "%,d neighbours for each; %,d pictures without a label were given keywords",
          options.soft().neighbours(),
          soft.inferred());
    }
    return soft;
  }

  /**
   * Unreadable pictures stay vertices without edges, so that vertex numbers follow the catalogue.
   */
  private Graph join(Catalogue catalogue, Keywords keywords, float scale, EncodedPictures encoded) {
    StageClock clock = start(Stage.GRAPH);
    GraphBuilder builder =
        new GraphBuilder(
            catalogue.songs().size(), keywords.vocabulary().size(), catalogue.pictures().size());
    addEdges(keywords.songs(), song -> true, builder::addSongEdge);
    addEdges(
        keywords.pictures(),
        encoded::isReadable,
        (picture, keyword, weight) ->
            builder.addPictureEdge(picture, keyword, GraphBuilder.scaled(weight, scale)));
    Graph graph = builder.build();
    finish(clock, "%,d vertices, %,d edges", graph.vertices(), graph.edges());
    return graph;
  }

  /**
   * Brings labels of pictures to the scale of weights in songs, so that the mean label is worth the
   * mean edge of a song, whether neighbours share it out or not. Edges are drawn by weight: a label
   * of 1 beside TF-IDF weights of 3 and more would be drawn too seldom for the picture to find its
   * place.
   */
  private static float pictureScale(Keywords keywords) {
    double songs = meanWeight(keywords.songs());
    double pictures = meanWeight(keywords.pictures());
    return songs > 0 && pictures > 0 ? GraphBuilder.scaled(songs / pictures, 1) : 1;
  }

  private static double meanWeight(KeywordRows rows) {
    double sum = 0;
    for (float weight : rows.weights()) {
      sum += weight;
    }
    return rows.weights().length == 0 ? 0 : sum / rows.weights().length;
  }

  private interface EdgeSink {
    void add(int row, int keyword, float weight);
  }

  private static void addEdges(KeywordRows rows, IntPredicate wanted, EdgeSink sink) {
    for (int row = 0; row < rows.rows(); row++) {
      if (!wanted.test(row)) {
        continue;
      }
      for (int i = rows.offsets()[row]; i < rows.offsets()[row + 1]; i++) {
        sink.add(row, rows.keywords()[i], rows.weights()[i]);
      }
    }
  }

  /** Names what is learned and from what: options and graph. */
  private String recipe(Graph graph) {
    String hash = new Fingerprint().add(options.embedding().describe()).add(graph.hash()).hex();
    int dimension = method().dimension(graph, options.embedding());
    return method().name() + "-" + dimension + "-" + hash.substring(0, 12);
  }

  /**
   * Names the space. The recipe alone would not do: several threads learn other vectors each time,
   * and vectors of two trainings must never be compared.
   */
  private String spaceOf(String recipe, FloatMatrix network) {
    Fingerprint fingerprint = new Fingerprint().add(recipe);
    for (int row = 0; row < network.rows(); row++) {
      for (int i = network.at(row); i < network.at(row) + network.dimension(); i++) {
        fingerprint.add(Float.floatToIntBits(network.block(row)[i]));
      }
    }
    return method().name() + "-" + network.dimension() + "-" + fingerprint.hex().substring(0, 12);
  }

  private EmbeddingMethod method() {
    return EmbeddingMethod.byName(options.embedding().method());
  }

  private FloatMatrix learn(BuildFolder folder, Graph graph, String recipe)
      throws IOException, InterruptedException {
    StageClock clock = start(Stage.EMBEDDING);
    Optional<FloatMatrix> known = EmbeddingFile.read(folder.work(), recipe);
    if (known.isPresent()) {
      finish(clock, "learned already: %s", options.embedding().describe());
      return known.get();
    }
    long work = method().work(graph, options.embedding());
    FloatMatrix network =
        method()
            .train(
                graph,
                options.embedding(),
                done -> listener.progress(Stage.EMBEDDING, done, work),
                EmbeddingFile.checkpoints(folder.work(), recipe));
    EmbeddingFile.write(folder.work(), recipe, network);
    if (Thread.interrupted()) {
      throw new InterruptedException("interrupted after the embedding was kept");
    }
    finish(clock, "%s", options.embedding().describe());
    return network;
  }

  private IndexMetadata identity(IndexContent content, Keywords keywords, String embeddingId) {
    SortedMap<String, String> described = new TreeMap<>();
    described.put("encoder", options.encoderName());
    described.put("segmenter", tools.segmenter().name());
    described.put("words", tools.fingerprint().substring(0, 12));
    described.put(LyricsCleaner.OPTION, tools.cleaner().describe());
    described.put("keywords", options.keywords().describe());
    described.put("pictures", options.soft().describe());
    described.put("embedding", options.embedding().describe());
    described.put(VectorFormat.OPTION, options.vectors().label());
    VectorSpace visual = new VectorSpace(encoder.id(), encoder.dimension());
    VectorSpace network = new VectorSpace(embeddingId, content.network().dimension());
    String vocabulary = keywords.vocabulary().hash();
    Fingerprint all = new Fingerprint().add(IndexLayout.VERSION).add(visual.toString());
    all.add(network.toString()).add(vocabulary).add(described.toString());
    content.addTo(all);
    return IndexMetadata.of(
        visual,
        network,
        new BuildInfo(options.embedding().seed(), vocabulary, all.hex(), described));
  }

  private void write(BuildFolder folder, IndexContent content, IndexMetadata identity)
      throws IOException {
    StageClock clock = start(Stage.INDEX);
    if (isUpToDate(folder, identity)) {
      Placing.keepOnly(folder.placing(), identity);
      finish(clock, "unchanged, nothing to write");
      return;
    }
    int pictures = content.catalogue().pictures().size();
    int songs = content.catalogue().songs().size();
    int total = pictures + songs;
    try (CatalogueIndexWriter writer =
        CatalogueIndexWriter.open(folder.index(), options.vectors())) {
      for (int picture = 0; picture < pictures; picture++) {
        if (content.encoded().isReadable(picture)) {
          writer.addPicture(content.picture(picture, encoder.dimension()));
        }
        listener.progress(Stage.INDEX, picture + 1L, total);
      }
      DocumentMaker maker =
          new DocumentMaker(content.keywords().vocabulary(), tools.folder(), tools.cleaner());
      for (int song = 0; song < songs; song++) {
        writer.addSong(content.song(song, maker));
        listener.progress(Stage.INDEX, pictures + song + 1L, total);
      }
      writer.commit(identity);
    }
    Placing.keepOnly(folder.placing(), identity);
    listener.progress(Stage.INDEX, total, total);
    finish(clock, "%,d pictures and %,d songs", content.readablePictures(), songs);
  }

  /** Whether the index that is there was made of the same inputs and options, and is whole. */
  private static boolean isUpToDate(BuildFolder folder, IndexMetadata identity) {
    try (CatalogueIndex index = CatalogueIndex.open(folder.index())) {
      return index.metadata().equals(identity) && IndexCheck.damagedFiles(folder.index()).isEmpty();
    } catch (IOException e) {
      return false; // none there, or of another layout or damaged: it is written again
    }
  }

  private BuildReport report(
      BuildFolder folder,
      IndexContent content,
      IndexMetadata identity,
      int inferred,
      List<String> problems)
      throws IOException {
    Map<String, Long> rejected = new LinkedHashMap<>();
    content
        .catalogue()
        .problems()
        .leftOutByKind()
        .forEach((kind, count) -> rejected.put(kind.name().toLowerCase(Locale.ROOT), count));
    return new BuildReport(
        identity,
        content.catalogue().songs().size(),
        content.readablePictures(),
        content.isolatedSongs(),
        content.isolatedPictures(),
        inferred,
        content.keywordsWithoutSongs(),
        sizes(folder),
        content.catalogue().notTaken(),
        rejected,
        content.encoded().problems().size(),
        content.catalogue().problems().ignoredValues(),
        problems,
        content.keywords().report().lyrics(),
        reports);
  }

  private static SortedMap<String, Long> sizes(BuildFolder folder) throws IOException {
    try (CatalogueIndex index = CatalogueIndex.open(folder.index())) {
      return FieldBytes.of(index);
    }
  }

  private StageClock start(Stage stage) {
    listener.started(stage);
    return new StageClock(stage);
  }

  private void finish(StageClock clock, String summary, Object... numbers) {
    StageReport report = clock.stop(String.format(Locale.ROOT, summary, numbers));
    reports.add(report);
    listener.finished(report);
  }
}
