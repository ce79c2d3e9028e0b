package org.seesong.build;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import org.seesong.build.CatalogueModel.EncodedPicture;
import org.seesong.catalogue.Catalogue;
import org.seesong.catalogue.CatalogueReader;
import org.seesong.catalogue.Picture;
import org.seesong.catalogue.Song;
import org.seesong.encoder.ImageEncoder;
import org.seesong.encoder.TextEncoder;
import org.seesong.encoder.TextModel;
import org.seesong.index.CatalogueIndex;
import org.seesong.index.CatalogueIndexUpdater;
import org.seesong.index.IndexLayout;
import org.seesong.index.IndexMetadata;
import org.seesong.index.PictureDocument;
import org.seesong.index.SongDocument;
import org.seesong.index.Thumbnail;
import org.seesong.io.RecordFile;
import org.seesong.keyword.ClassKeywords;
import org.seesong.keyword.KeywordRows;
import org.seesong.keyword.PictureClasses;
import org.seesong.label.LabelPropagation;
import org.seesong.text.CleaningCounts;
import org.seesong.vector.FloatMatrix;
import org.seesong.vector.FloatVector;
import org.seesong.vector.VectorFile;

/**
 * Adds songs and pictures to an index by its {@link CatalogueModel}, without learning anything
 * anew: their keywords are weighed by the statistics of the build, and their own edges fold them
 * into the graph embedding. What is in the index stays as it is.
 *
 * <p>A song or picture of an id that the index has replaces that one. The vocabulary is fixed:
 * labels outside it do not count until the next build. New pictures are encoded with the index's
 * encoder and get keywords from the labelled pictures of the index, not from each other.
 *
 * <p>All becomes visible in one commit. An addition that was killed has changed nothing, but the
 * vectors of pictures it encoded stay cached; run again it does the same. One at a time in a
 * folder.
 */
public final class CatalogueAddition {
  private final AddOptions options;
  private final EncoderSource encoders;
  private final BuildFolder folder;
  private final CatalogueIndexUpdater updater;
  private final StageLog log;
  private final CatalogueIntake intake;
  private List<String> problems = List.of();
  private int unreadable;
  private int replacedSongs;
  private int replacedPictures;
  private int isolatedSongs;
  private int isolatedPictures;
  private int inferred;
  private CleaningCounts cleaning = CleaningCounts.NONE;

  private CatalogueAddition(
      AddOptions options,
      EncoderSource encoders,
      BuildFolder folder,
      CatalogueIndexUpdater updater,
      StageLog log) {
    this.options = options;
    this.encoders = encoders;
    this.folder = folder;
    this.updater = updater;
    this.log = log;
    LossCheck loss = LossCheck.ofAddition(options.leftOut(), folder);
    this.intake =
        new CatalogueIntake(options.catalogue(), options.threads(), options.strict(), loss, log);
  }

  /**
   * Adds what the options name.
   *
   * @param encoders opens the index's encoder, only if there are pictures
   * @throws RejectedRowsException if strict and something had to be left out
   * @throws IOException if there is no index, it is being changed by others, a file cannot be read
   *     or written, or more would be left out than the options allow; the index is as it was
   * @throws InterruptedException if the thread is interrupted; the index is as it was
   */
  public static AddReport run(AddOptions options, EncoderSource encoders, BuildListener listener)
      throws IOException, InterruptedException {
    Objects.requireNonNull(encoders, "encoders");
    StageLog log = new StageLog(listener);
    CatalogueReader.requireSources(options.catalogue());
    try (BuildFolder folder = BuildFolder.openBuilt(options.folder(), options.timeout());
        CatalogueIndexUpdater updater = CatalogueIndexUpdater.open(folder.index())) {
      return new CatalogueAddition(options, encoders, folder, updater, log).run();
    }
  }

  private AddReport run() throws IOException, InterruptedException {
    IndexMetadata index = updater.before().metadata();
    Optional<CachedTextEncoder> lyrics = Optional.empty();
    if (index.textSpace().isPresent()) {
      TextEncoder encoder = TextModel.openEncoder(index.textSpace().get().id());
      lyrics =
          Optional.of(
              CachedTextEncoder.open(encoder, folder, options.threads(), Optional.empty(), log));
    }
    try (CatalogueModel model = new ModelFolder(folder.model(), index).read(lyrics)) {
      return run(model, lyrics);
    }
  }

  private AddReport run(CatalogueModel model, Optional<CachedTextEncoder> lyrics)
      throws IOException, InterruptedException {
    Catalogue catalogue = intake.read(false);
    problems = LossCheck.list(catalogue.problems(), List.of());
    SortedMap<String, Integer> unknown = model.tagger().unknown(catalogue.pictures());
    int pictures = addPictures(model, catalogue);
    addSongs(model, lyrics, catalogue.songs());
    folder.reports().write(folder.problems(), LossCheck.text(problems));
    updater.commit();
    log.finish("%,d songs, %,d of them without a keyword", catalogue.songs().size(), isolatedSongs);
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
          catalogue.problems().leftOut() + unreadable,
          catalogue.problems().ignoredValues(),
          problems,
          cleaning,
          now.songs(),
          now.pictures());
    }
  }

  /** Returns how many were put. */
  private int addPictures(CatalogueModel model, Catalogue catalogue)
      throws IOException, InterruptedException {
    if (catalogue.pictures().isEmpty()) {
      return 0;
    }
    IndexMetadata metadata = updater.before().metadata();
    String name = metadata.build().options().getOrDefault("encoder", metadata.encoderSpace().id());
    try (ImageEncoder encoder = encoders.open(name)) {
      updater.before().requireEncoder(encoder.space());
      try (VectorFile vectors =
              VectorFile.open(folder.vectors(encoder.id()), encoder.id(), encoder.dimension());
          ClassFile classes = classes(model, encoder);
          RecordFile thumbnails =
              RecordFile.open(folder.thumbnails(), PictureEncoding.THUMBNAILS)) {
        EncodedPictures encoded =
            intake.encode(
                catalogue,
                encoder,
                new PictureFiles(vectors, classes, thumbnails),
                Optional.empty());
        intake.requireReadable(catalogue, encoded);
        problems = LossCheck.list(catalogue.problems(), encoded.problems());
        unreadable = encoded.problems().size();
        StoredVectors images =
            new StoredVectors(encoded, vectors, encoder.space(), metadata.centering());
        PictureClasses shown = classes.read(catalogue.pictures(), encoded);
        return put(model, catalogue.pictures(), shown, images, thumbnails);
      }
    }
  }

  /** Classes as the build took keywords from, if it did. */
  private ClassFile classes(CatalogueModel model, ImageEncoder encoder) throws IOException {
    ClassKeywords fitted = model.tagger().model().classes();
    if (fitted.keywords().isEmpty()) {
      return ClassFile.none();
    }
    if (!fitted.isOf(encoder.classes())) {
      throw new IOException(
          "pictures of the index have keywords by the classes of "
              + encoder.id()
              + ", which this model has not, or calls otherwise; import it again with the --labels"
              + " that it had, or build the index anew");
    }
    return ClassFile.open(folder, encoder);
  }

  private int put(
      CatalogueModel model,
      List<Picture> pictures,
      PictureClasses classes,
      StoredVectors images,
      RecordFile thumbnails)
      throws IOException, InterruptedException {
    KeywordRows own = model.tagger().pictures(pictures, classes);
    KeywordRows rows = propagate(model, pictures, own, images);
    FloatMatrix embedding = model.pictureVectors(rows);
    float[] vector = new float[images.dimension()];
    int put = 0;
    for (int i = 0; i < pictures.size(); i++) {
      if (images.read(i, vector)) {
        EncodedPicture encoded =
            new EncodedPicture(
                new FloatVector(vector.clone()),
                new Thumbnail(thumbnails.read(images.pictures().keys().get(i))));
        PictureDocument document =
            model.picture(pictures.get(i), encoded, own, rows, i, embedding.row(i));
        isolatedPictures += document.graphEmbedding().isEmpty() ? 1 : 0;
        replacedPictures += isThere(IndexLayout.PICTURE, document.id()) ? 1 : 0;
        updater.put(document);
        put++;
      }
    }
    return put;
  }

  private KeywordRows propagate(
      CatalogueModel model, List<Picture> pictures, KeywordRows own, StoredVectors images)
      throws IOException, InterruptedException {
    log.start(Stage.LABEL);
    Set<String> replaced = new HashSet<>();
    pictures.forEach(picture -> replaced.add(picture.id()));
    IndexedPictures known =
        model.labels().options().isLabelsOnly()
            ? IndexedPictures.none(updater.before())
            : IndexedPictures.read(updater.before(), model.tagger().vocabulary(), replaced);
    LabelPropagation labels =
        model.propagate(own, images, known.labels(), known, options.threads());
    inferred = labels.inferred();
    log.finish(
        "asked %,d labelled pictures; %,d pictures without a label were given keywords",
        known.size(), inferred);
    return labels.rows();
  }

  private void addSongs(CatalogueModel model, Optional<CachedTextEncoder> lyrics, List<Song> songs)
      throws IOException, InterruptedException {
    log.start(Stage.KEYWORDS);
    KeywordRows rows;
    try {
      rows = model.tag(songs, options.threads(), done -> log.progress(done, songs.size()));
      log.finish("%,d keywords of %,d songs", rows.keywords().length, songs.size());
      if (lyrics.isPresent()) {
        log.start(Stage.LYRICS);
        lyrics.get().prepare(model.tellingLines(songs, rows));
        log.finish("%,d texts encoded by %s", lyrics.get().encoded(), lyrics.get().id());
      }
    } catch (CancellationException e) {
      throw CatalogueIntake.interrupted(e);
    } catch (UncheckedIOException e) {
      throw e.getCause(); // vectors of lines could not be kept
    }
    log.start(Stage.GRAPH);
    FloatMatrix embedding = model.songVectors(rows);
    log.finish("%,d songs folded in", songs.size());
    log.start(Stage.INDEX);
    for (int i = 0; i < songs.size(); i++) {
      Song song = songs.get(i);
      cleaning =
          cleaning.plus(model.tagger().cleaner().clean(song.title(), song.lyrics()).counts());
      SongDocument document = model.song(song, rows, i, embedding.row(i));
      isolatedSongs += document.graphEmbedding().isEmpty() ? 1 : 0;
      replacedSongs += isThere(IndexLayout.SONG, song.id()) ? 1 : 0;
      updater.put(document);
      log.progress(i + 1L, songs.size());
    }
  }

  private boolean isThere(String kind, String id) throws IOException {
    return updater.before().document(IndexLayout.documentId(kind, id)) >= 0;
  }
}
