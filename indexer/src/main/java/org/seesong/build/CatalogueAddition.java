package org.seesong.build;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import org.seesong.catalogue.Catalogue;
import org.seesong.catalogue.CatalogueReader;
import org.seesong.catalogue.Picture;
import org.seesong.catalogue.Problems;
import org.seesong.catalogue.Song;
import org.seesong.encoder.ImageEncoder;
import org.seesong.graph.Graph;
import org.seesong.graph.GraphBuilder;
import org.seesong.index.CatalogueIndex;
import org.seesong.index.CatalogueIndexUpdater;
import org.seesong.index.IndexLayout;
import org.seesong.index.IndexMetadata;
import org.seesong.index.PictureDocument;
import org.seesong.index.Thumbnail;
import org.seesong.io.AtomicFiles;
import org.seesong.io.RecordFile;
import org.seesong.keyword.KeywordRows;
import org.seesong.keyword.KeywordTagger;
import org.seesong.keyword.Vocabulary;
import org.seesong.label.LabelPropagation;
import org.seesong.text.CleaningCounts;
import org.seesong.vector.FloatMatrix;
import org.seesong.vector.FloatVector;
import org.seesong.vector.VectorFile;
import org.seesong.vector.VectorSpace;

/**
 * Adds songs and pictures to an index that is there, without learning anything anew: their keywords
 * are weighed by the statistics of the build, and each gets its place in the trained space from its
 * own edges alone. What is in the index stays where it is.
 *
 * <p>A song or picture of an id that the index has replaces that one. The vocabulary is fixed:
 * labels outside it do not count until the next build. New pictures are encoded with the index's
 * encoder and ask the labelled pictures of the index, not each other, for their keywords.
 *
 * <p>All becomes visible in one commit. An addition that was killed has changed nothing but kept
 * the vectors of pictures it encoded; run again it does the same. One at a time in a folder.
 */
public final class CatalogueAddition {
  private final AddOptions options;
  private final EncoderSource encoders;
  private final BuildListener listener;
  private List<String> problems = List.of();
  private long rejected;
  private int replacedSongs;
  private int replacedPictures;
  private int isolatedSongs;
  private int isolatedPictures;
  private int inferred;
  private CleaningCounts cleaning = CleaningCounts.NONE;

  private CatalogueAddition(AddOptions options, EncoderSource encoders, BuildListener listener) {
    this.options = options;
    this.encoders = encoders;
    this.listener = listener;
  }

  /**
   * Adds what the options name.
   *
   * @param options what and where
   * @param encoders opens the index's encoder, asked only if there are pictures
   * @param listener is told how it goes
   * @return what was done
   * @throws RejectedRowsException if strict and something had to be left out
   * @throws IOException if there is no index, it is being changed by others, a file cannot be read
   *     or written, or more would be left out than the options allow; the index is as it was
   * @throws InterruptedException if the thread is interrupted; the index is as it was
   */
  public static AddReport run(AddOptions options, EncoderSource encoders, BuildListener listener)
      throws IOException, InterruptedException {
    Objects.requireNonNull(encoders, "encoders");
    Objects.requireNonNull(listener, "listener");
    CatalogueReader.requireSources(options.catalogue());
    try (BuildFolder folder = BuildFolder.openBuilt(options.folder(), options.patience());
        CatalogueIndexUpdater updater = CatalogueIndexUpdater.open(folder.index())) {
      return new CatalogueAddition(options, encoders, listener).run(folder, updater);
    }
  }

  private AddReport run(BuildFolder folder, CatalogueIndexUpdater updater)
      throws IOException, InterruptedException {
    IndexMetadata identity = updater.before().metadata();
    Placing placing = Placing.read(folder.placing(), identity);
    LossCheck loss = LossCheck.ofAddition(options.leftOut(), folder);
    Catalogue catalogue = read(loss);
    KeywordTagger later = later(placing, folder);
    SortedMap<String, Integer> unknown = later.unknown(catalogue.pictures());
    int pictures = addPictures(folder, updater, placing, later, catalogue, loss);
    addSongs(folder, updater, placing, later, catalogue.songs());
    try (CatalogueIndex now = CatalogueIndex.open(folder.index())) {
      return new AddReport(
          catalogue.songs().size(),
          replacedSongs,
          pictures,
          replacedPictures,
          isolatedSongs,
          isolatedPictures,
          inferred,
          new TreeMap<>(unknown),
          catalogue.notTaken(),
          rejected,
          catalogue.problems().ignoredValues(),
          problems,
          cleaning,
          now.songs(),
          now.pictures());
    }
  }

  private Catalogue read(LossCheck loss) throws IOException {
    StageClock clock = start(Stage.CATALOGUE);
    Catalogue catalogue = CatalogueReader.read(options.catalogue());
    Problems found = catalogue.problems();
    if (options.strict() && !found.isNothingLost()) {
      throw new RejectedRowsException(found);
    }
    loss.songs(catalogue.songs().size(), found);
    loss.pictures(catalogue.pictures().size(), found, List.of());
    problems = LossCheck.list(found, List.of());
    rejected = found.leftOut();
    finish(
        clock,
        "%,d songs, %,d pictures, %,d rows left out%s",
        catalogue.songs().size(),
        catalogue.pictures().size(),
        rejected,
        catalogue.notTaken().isEmpty() ? "" : "; " + catalogue.notTaken().summary());
    return catalogue;
  }

  private static KeywordTagger later(Placing placing, BuildFolder folder) throws IOException {
    try {
      return new KeywordTagger(placing.keywords());
    } catch (IllegalArgumentException e) {
      throw new IOException(
          "what "
              + folder.placing()
              + " says of keywords cannot be used: "
              + e.getMessage()
              + (placing.keywords().ownSegmenter() ? "" : "; run the same 'seesong build' again"),
          e);
    }
  }

  /** Returns how many were put. */
  private int addPictures(
      BuildFolder folder,
      CatalogueIndexUpdater updater,
      Placing placing,
      KeywordTagger later,
      Catalogue catalogue,
      LossCheck loss)
      throws IOException, InterruptedException {
    List<Picture> pictures = catalogue.pictures();
    if (pictures.isEmpty()) {
      return 0;
    }
    VectorSpace space = updater.before().metadata().imageSpace();
    String name = updater.before().metadata().build().options().getOrDefault("encoder", space.id());
    try (ImageEncoder encoder = encoders.open(name)) {
      updater.before().requireEncoder(encoder.space());
      try (VectorFile vectors =
              VectorFile.open(folder.vectors(encoder.id()), encoder.id(), encoder.dimension());
          RecordFile thumbnails =
              RecordFile.open(folder.thumbnails(), PictureEncoding.THUMBNAILS)) {
        EncodedPictures encoded = encode(encoder, vectors, thumbnails, catalogue, loss);
        KeywordRows own = later.pictures(pictures);
        StoredVectors stored = new StoredVectors(encoded, vectors, encoder.dimension());
        KeywordRows rows = soften(updater, placing, later, pictures, own, stored);
        float[] visual = new float[encoder.dimension()];
        int put = 0;
        for (int i = 0; i < pictures.size(); i++) {
          if (stored.read(i, visual)) {
            Picture picture = pictures.get(i);
            FloatVector network = pictureVector(placing, rows, i);
            isolatedPictures += network.isEmpty() ? 1 : 0;
            replacedPictures += isThere(updater, IndexLayout.PICTURE, picture.id()) ? 1 : 0;
            updater.put(
                new PictureDocument(
                    picture.id(),
                    picture.path(),
                    DocumentMaker.carried(later.vocabulary(), rows, i),
                    DocumentMaker.carried(later.vocabulary(), own, i),
                    new FloatVector(visual.clone()),
                    network,
                    new Thumbnail(thumbnails.read(encoded.keys().get(i)))));
            put++;
          }
        }
        return put;
      }
    }
  }

  private EncodedPictures encode(
      ImageEncoder encoder,
      VectorFile vectors,
      RecordFile thumbnails,
      Catalogue catalogue,
      LossCheck loss)
      throws IOException, InterruptedException {
    StageClock clock = start(Stage.ENCODING);
    EncodedPictures encoded =
        new PictureEncoding(
                encoder, vectors, thumbnails, options.catalogue().pictureLimits(), listener)
            .encode(catalogue.pictures(), options.threads());
    encoder.close(); // a network holds more memory than all that follows
    if (options.strict() && !encoded.problems().isEmpty()) {
      throw new RejectedRowsException(encoded.problems());
    }
    int readable = catalogue.pictures().size() - encoded.problems().size();
    loss.pictures(readable, catalogue.problems(), encoded.problems());
    problems = LossCheck.list(catalogue.problems(), encoded.problems());
    rejected += encoded.problems().size();
    finish(
        clock,
        "%,d encoded, %,d known already, %,d unreadable",
        encoded.encoded(),
        encoded.reused(),
        encoded.problems().size());
    return encoded;
  }

  private KeywordRows soften(
      CatalogueIndexUpdater updater,
      Placing placing,
      KeywordTagger later,
      List<Picture> pictures,
      KeywordRows own,
      StoredVectors stored)
      throws IOException, InterruptedException {
    StageClock clock = start(Stage.LABEL);
    Set<String> replaced = new HashSet<>();
    pictures.forEach(picture -> replaced.add(picture.id()));
    IndexedPictures known =
        placing.soft().options().isHard()
            ? IndexedPictures.none(updater.before())
            : IndexedPictures.read(updater.before(), later.vocabulary(), replaced);
    LabelPropagation soft =
        LabelPropagation.ofNew(
            own, stored, known.labels(), known, placing.soft(), options.threads());
    inferred = soft.inferred();
    finish(
        clock,
        "asked %,d labelled pictures; %,d pictures without a label were given keywords",
        known.size(),
        inferred);
    return soft.rows();
  }

  /** Puts songs and makes everything visible. */
  private void addSongs(
      BuildFolder folder,
      CatalogueIndexUpdater updater,
      Placing placing,
      KeywordTagger later,
      List<Song> songs)
      throws IOException, InterruptedException {
    StageClock clock = start(Stage.KEYWORDS);
    KeywordRows rows;
    try {
      rows =
          later.songs(
              songs,
              options.threads(),
              done -> listener.progress(Stage.KEYWORDS, done, songs.size()));
    } catch (CancellationException e) {
      throw CatalogueBuild.interrupted(e);
    }
    finish(clock, "%,d keywords of %,d songs", rows.keywords().length, songs.size());
    clock = start(Stage.GRAPH);
    FloatMatrix places = placing.foldIn().songs(graph(rows, songs.size(), later.vocabulary()));
    finish(clock, "%,d songs placed", songs.size());
    clock = start(Stage.INDEX);
    DocumentMaker maker = new DocumentMaker(later.vocabulary(), later.folder(), later.cleaner());
    for (int i = 0; i < songs.size(); i++) {
      Song song = songs.get(i);
      cleaning = cleaning.plus(later.cleaner().clean(song.title(), song.lyrics()).counts());
      FloatVector network = vector(places.row(i));
      isolatedSongs += network.isEmpty() ? 1 : 0;
      replacedSongs += isThere(updater, IndexLayout.SONG, song.id()) ? 1 : 0;
      updater.put(maker.song(song, rows, i, network));
      listener.progress(Stage.INDEX, i + 1L, songs.size());
    }
    AtomicFiles.write(folder.problems(), LossCheck.text(problems));
    updater.commit();
    finish(clock, "%,d songs, %,d of them without a keyword", songs.size(), isolatedSongs);
  }

  private static Graph graph(KeywordRows rows, int songs, Vocabulary vocabulary) {
    GraphBuilder builder = new GraphBuilder(songs, vocabulary.size(), 0);
    for (int song = 0; song < songs; song++) {
      for (int i = rows.offsets()[song]; i < rows.offsets()[song + 1]; i++) {
        builder.addSongEdge(song, rows.keywords()[i], rows.weights()[i]);
      }
    }
    return builder.build();
  }

  private static FloatVector pictureVector(Placing placing, KeywordRows rows, int row) {
    return vector(
        placing.foldIn().picture(keywords(rows, row), weights(rows, row, placing.pictureScale())));
  }

  /** A vertex that nothing joins to the network has no place in it. */
  private static FloatVector vector(float[] place) {
    FloatVector vector = new FloatVector(place);
    return vector.norm() == 0 ? FloatVector.empty() : vector;
  }

  private static int[] keywords(KeywordRows rows, int row) {
    return Arrays.copyOfRange(rows.keywords(), rows.offsets()[row], rows.offsets()[row + 1]);
  }

  private static float[] weights(KeywordRows rows, int row, float scale) {
    float[] weights =
        Arrays.copyOfRange(rows.weights(), rows.offsets()[row], rows.offsets()[row + 1]);
    for (int i = 0; i < weights.length; i++) {
      weights[i] = GraphBuilder.scaled(weights[i], scale);
    }
    return weights;
  }

  private static boolean isThere(CatalogueIndexUpdater updater, String kind, String id)
      throws IOException {
    return updater.before().document(IndexLayout.documentId(kind, id)) >= 0;
  }

  private StageClock start(Stage stage) {
    listener.started(stage);
    return new StageClock(stage);
  }

  private void finish(StageClock clock, String summary, Object... numbers) {
    listener.finished(clock.stop(String.format(Locale.ROOT, summary, numbers)));
  }
}
