package org.seesong.build;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.function.LongConsumer;
import org.seesong.catalogue.Picture;
import org.seesong.catalogue.Song;
import org.seesong.embedding.FoldIn;
import org.seesong.encoder.TextEncoder;
import org.seesong.graph.Graph;
import org.seesong.graph.GraphBuilder;
import org.seesong.index.CatalogueIndex;
import org.seesong.index.PictureDocument;
import org.seesong.index.SongDocument;
import org.seesong.index.Thumbnail;
import org.seesong.index.WeightedKeyword;
import org.seesong.keyword.KeywordRows;
import org.seesong.keyword.KeywordTagger;
import org.seesong.label.LabelModel;
import org.seesong.label.LabelPropagation;
import org.seesong.label.PictureVectors;
import org.seesong.vector.FloatMatrix;
import org.seesong.vector.FloatVector;

/**
 * What a build fitted to a catalogue: keywords and their statistics, label model, scale of pictures
 * and embedding factors. Turns songs and pictures, those of the catalogue and later ones, into the
 * documents of its index, by pure functions.
 *
 * <p>Songs and pictures that come later are weighed by the catalogue's statistics and folded into
 * its embedding; they change nothing. With the closed form this gives the bits of the build. LINE's
 * trained vectors are given to {@link #song(Song, KeywordRows, int, float[])} by the build itself.
 *
 * <p>Immutable; safe for any number of threads until it is closed.
 */
public final class CatalogueModel implements AutoCloseable {
  private static final KeywordRows NO_ROWS = new KeywordRows.Builder().build();

  private final KeywordTagger tagger;
  private final LabelModel labels;
  private final float pictureScale;
  private final FoldIn factors;
  private final SongDocuments songs;
  private final Optional<? extends TextEncoder> encoder;

  /**
   * Puts the parts together.
   *
   * @param pictureScale factor from a picture's keyword weights to edges, finite and above 0
   * @param encoder of lyrics, which {@link #close} closes; empty if the index has no text
   *     embeddings
   */
  CatalogueModel(
      KeywordTagger tagger,
      LabelModel labels,
      float pictureScale,
      FoldIn factors,
      Optional<? extends TextEncoder> encoder) {
    this.tagger = Objects.requireNonNull(tagger, "tagger");
    this.labels = Objects.requireNonNull(labels, "labels");
    this.pictureScale = pictureScale;
    this.factors = Objects.requireNonNull(factors, "factors");
    this.songs = new SongDocuments(tagger.vocabulary(), tagger.folder(), tagger.cleaner(), encoder);
    this.encoder = encoder;
    int keywords = tagger.vocabulary().size();
    if (!(pictureScale > 0) || Float.isInfinite(pictureScale)) {
      throw new IllegalArgumentException(
          "pictureScale must be a finite number above 0; got: " + pictureScale);
    }
    if (factors.keywords() != keywords) {
      throw new IllegalArgumentException(
          "factors of " + factors.keywords() + " keywords for a vocabulary of " + keywords);
    }
    if (labels.classifier().keywords() > keywords) {
      throw new IllegalArgumentException(
          "a classifier of "
              + labels.classifier().keywords()
              + " keywords for a vocabulary of "
              + keywords);
    }
  }

  /**
   * Reads the model of an index, to be closed by the caller.
   *
   * @throws IOException if there is no index, or its model is missing or damaged; the message says
   *     which file and what to do
   */
  public static CatalogueModel read(Path folder) throws IOException {
    try (CatalogueIndex index = CatalogueIndex.open(folder.resolve("index"))) {
      return new ModelFolder(folder.resolve("model"), index.metadata())
          .read(ModelFolder.openTextEncoder(index.metadata()));
    }
  }

  /** Keywords and their statistics. */
  public KeywordTagger tagger() {
    return tagger;
  }

  /** What propagates labels to pictures. */
  public LabelModel labels() {
    return labels;
  }

  /** What the text embeddings of songs are made of, but for songs that have none. */
  List<String> tellingLines(List<Song> some, KeywordRows rows) {
    return songs.tellingLines(some, rows);
  }

  /** Frees the text encoder. */
  @Override
  public void close() {
    encoder.ifPresent(TextEncoder::close);
  }

  float pictureScale() {
    return pictureScale;
  }

  FoldIn factors() {
    return factors;
  }

  /** The document of a song. */
  public SongDocument song(Song song) {
    KeywordRows rows = tagger.songs(List.of(song), 1, done -> {});
    return song(song, rows, 0, songVectors(rows).row(0));
  }

  /** Keywords of songs, a row for each; see {@link KeywordTagger#songs}. */
  KeywordRows tag(List<Song> some, int threads, LongConsumer progress) {
    return tagger.songs(some, threads, progress);
  }

  /** Folds songs in: {@code float[songs][dimension]}, zeros where a song has no keyword. */
  FloatMatrix songVectors(KeywordRows rows) {
    return factors.songs(graph(rows, NO_ROWS, tagger.vocabulary().size(), 1, picture -> true));
  }

  /** Folds pictures in: {@code float[pictures][dimension]}, zeros where one has no keyword. */
  FloatMatrix pictureVectors(KeywordRows rows) {
    return factors.pictures(
        graph(NO_ROWS, rows, tagger.vocabulary().size(), pictureScale, picture -> true));
  }

  /** Propagates labels of known pictures to new ones. */
  LabelPropagation propagate(
      KeywordRows own,
      PictureVectors vectors,
      KeywordRows known,
      PictureVectors knownVectors,
      int threads)
      throws IOException, InterruptedException {
    return LabelPropagation.ofNew(own, vectors, known, knownVectors, labels, threads);
  }

  /**
   * The document of a song whose keywords and vector are known.
   *
   * @param vector its graph embedding, all zeros if it has none
   */
  SongDocument song(Song song, KeywordRows rows, int row, float[] vector) {
    return songs.document(song, rows, row, embedding(vector));
  }

  /**
   * An encoded picture.
   *
   * @param vector image embedding
   * @param thumbnail JPEG to show
   */
  public record EncodedPicture(FloatVector vector, Thumbnail thumbnail) {
    public EncodedPicture {
      Objects.requireNonNull(vector, "vector");
      Objects.requireNonNull(thumbnail, "thumbnail");
    }
  }

  /**
   * The document of a picture whose keywords and vector are known.
   *
   * @param own labels of pictures as their owners gave them
   * @param propagated keywords of the same pictures with those propagated to them
   * @param vector its graph embedding, all zeros if it has none
   */
  PictureDocument picture(
      Picture picture,
      EncodedPicture encoded,
      KeywordRows own,
      KeywordRows propagated,
      int row,
      float[] vector) {
    return new PictureDocument(
        picture.id(),
        picture.path(),
        songs.carried(propagated, row),
        songs.carried(own, row),
        encoded.vector(),
        embedding(vector),
        encoded.thumbnail());
  }

  /** The keywords of a song or picture, the heaviest first. */
  List<WeightedKeyword> carried(KeywordRows rows, int row) {
    return songs.carried(rows, row);
  }

  /** The text embedding of a song's telling lines; empty without lines or encoder. */
  FloatVector textEmbedding(String telling) {
    return songs.textEmbedding(telling);
  }

  /** The document of a picture by its own labels, without those of pictures that look like it. */
  public PictureDocument picture(Picture picture, EncodedPicture encoded) {
    KeywordRows own = tagger.pictures(List.of(picture));
    return picture(picture, encoded, own, own, 0, pictureVectors(own).row(0));
  }

  /** A graph embedding; empty for zeros, which say that there is none. */
  static FloatVector embedding(float[] vector) {
    FloatVector embedding = new FloatVector(vector);
    return embedding.norm() == 0 ? FloatVector.empty() : embedding;
  }

  /**
   * Factor that brings labels of pictures to the scale of weights in songs, so that the mean label
   * weighs as much as the mean edge of a song. Edges are sampled by weight: a label of 1 beside
   * TF-IDF weights of 3 and more would be sampled too seldom.
   *
   * @param labels labels of pictures as their owners gave them
   */
  public static float pictureScale(KeywordRows songs, KeywordRows labels) {
    double ofSongs = songs.meanWeight();
    double ofPictures = labels.meanWeight();
    return ofSongs > 0 && ofPictures > 0 ? GraphBuilder.scaled(ofSongs / ofPictures, 1) : 1;
  }

  /**
   * Joins songs, keywords and pictures.
   *
   * @param readable pictures that have edges; others are vertices without, so that numbers follow
   *     the catalogue
   */
  public static Graph graph(
      KeywordRows songs, KeywordRows pictures, int keywords, float scale, IntPredicate readable) {
    GraphBuilder builder = new GraphBuilder(songs.rows(), keywords, pictures.rows());
    for (int song = 0; song < songs.rows(); song++) {
      for (int i = songs.offsets()[song]; i < songs.offsets()[song + 1]; i++) {
        builder.addSongEdge(song, songs.keywords()[i], songs.weights()[i]);
      }
    }
    for (int picture = 0; picture < pictures.rows(); picture++) {
      int end = readable.test(picture) ? pictures.offsets()[picture + 1] : 0;
      for (int i = pictures.offsets()[picture]; i < end; i++) {
        float weight = GraphBuilder.scaled(pictures.weights()[i], scale);
        builder.addPictureEdge(picture, pictures.keywords()[i], weight);
      }
    }
    return builder.build();
  }
}
