package org.seesong.query;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.seesong.encoder.ImageEncoder;
import org.seesong.encoder.ModelHome;
import org.seesong.encoder.TextEncoder;
import org.seesong.encoder.TextModel;
import org.seesong.image.DecoderLimits;
import org.seesong.image.ImageDecoder;
import org.seesong.image.ImageSize;
import org.seesong.index.CatalogueIndex;
import org.seesong.index.IndexMetadata;
import org.seesong.vector.EncodedImage;
import org.seesong.vector.VectorSpace;

/**
 * Finds the songs of an index that fit images, pictures of the index, words, a keyword or a song.
 *
 * <pre>{@code
 * try (SongFinder finder = SongFinder.open(Path.of("my-index"))) {
 *   finder.find(Path.of("photo.jpg")).songs().forEach(hit -> System.out.println(hit.title()));
 * }
 * }</pre>
 *
 * <p>Opens the encoders that the index names when the first image or words need them. Answers come
 * from the index as it was when it was opened or last {@linkplain #refresh refreshed}, whatever is
 * written meanwhile. Safe for any number of threads.
 */
public final class SongFinder implements Closeable {
  private final LiveSearcher searchers;
  private final ImageDecoder decoder;
  private final EncoderSource encoderSource;

  /** Held while the encoder is opened or closed. */
  private final Object opening = new Object();

  private volatile ImageEncoder encoder;
  private TextEncoder textEncoder;
  private final boolean ownTextEncoder;

  /** Opens an encoder, or hands out one that others close. */
  private record EncoderSource(ImageEncoder given, ModelHome models, String name) {
    ImageEncoder open(IndexMetadata metadata) throws IOException {
      return given != null ? given : models.open(name != null ? name : metadata.encoderName());
    }
  }

  /** Reads an index that is open until it returns. */
  @FunctionalInterface
  public interface IndexTask<T> {
    /** Reads. */
    T read(CatalogueIndex index) throws IOException;
  }

  private SongFinder(Builder builder) throws IOException {
    this.decoder = new ImageDecoder(builder.limits);
    this.encoderSource = new EncoderSource(builder.encoder, builder.models, builder.encoderName);
    this.textEncoder = builder.textEncoder;
    this.ownTextEncoder = textEncoder == null;
    this.searchers = new LiveSearcher(builder.folder);
  }

  /**
   * Opens an index with the encoder that it names.
   *
   * @param folder the folder that a build made, or the folder {@code index} in it
   * @return the finder, to be closed by the caller
   * @throws org.seesong.index.IndexMismatchException if Seesong did not make the index, or in
   *     another layout
   * @throws QueryException if the index has no songs that could be found
   * @throws IOException if there is no index, it cannot be read or a file of it is damaged
   */
  public static SongFinder open(Path folder) throws IOException {
    return builder(folder).open();
  }

  /** A builder for finders that need more than a folder. */
  public static Builder builder(Path folder) {
    return new Builder(folder);
  }

  /** {@link #find(Path, TwoHopOptions)} with {@link TwoHopOptions#DEFAULT}. */
  public TwoHopResult find(Path image) throws IOException {
    return find(image, TwoHopOptions.DEFAULT);
  }

  /**
   * Finds songs that fit an image.
   *
   * @param image a JPEG, PNG, GIF, BMP or WebP file
   * @throws org.seesong.image.ImageException if the file cannot be read as an image
   * @throws IOException as {@link #find(TwoHopQuery, TwoHopOptions)} and {@link #encode(Path)}
   */
  public TwoHopResult find(Path image, TwoHopOptions options) throws IOException {
    return find(TwoHopQuery.of(encode(image)), options);
  }

  /** {@link #find(TwoHopQuery, TwoHopOptions)} with {@link TwoHopOptions#DEFAULT}. */
  public TwoHopResult find(TwoHopQuery query) throws IOException {
    return find(query, TwoHopOptions.DEFAULT);
  }

  /**
   * Finds songs.
   *
   * @throws org.seesong.index.IndexMismatchException if an image was encoded by another encoder
   *     than the index's pictures; names both
   * @throws QueryException if the index has not what the query names or a filter does not fit it
   */
  public TwoHopResult find(TwoHopQuery query, TwoHopOptions options) throws IOException {
    TwoHopSearcher searcher = searchers.acquire();
    try {
      return searcher.search(query, options);
    } finally {
      searchers.release(searcher);
    }
  }

  /** Which filters hold for nothing in the index, see {@link TwoHopSearcher#unmetFilters}. */
  public List<String> unmetFilters(TwoHopOptions options) throws IOException {
    TwoHopSearcher searcher = searchers.acquire();
    try {
      return searcher.unmetFilters(options);
    } finally {
      searchers.release(searcher);
    }
  }

  /**
   * Encodes an image for a query of several.
   *
   * @param image a JPEG, PNG, GIF, BMP or WebP file
   * @throws org.seesong.image.ImageException if the file cannot be read as an image
   * @throws org.seesong.encoder.UnknownEncoderException if the index's encoder is not installed
   * @throws IOException if the encoder cannot be opened
   */
  public EncodedImage encode(Path image) throws IOException {
    // Read before a network is loaded in vain.
    return encode(decoder.read(image), String.valueOf(image.getFileName()));
  }

  /**
   * Encodes an image for a query, as {@link #encode(Path)} does.
   *
   * @param image the bytes of an image file
   * @param name what messages call it
   */
  public EncodedImage encode(byte[] image, String name) throws IOException {
    ImageEncoder opened = encoder();
    List<ImageSize> size = List.of(ImageSize.square(opened.inputSize()));
    return opened.encode(decoder.decode(image, name, size).get(0));
  }

  /**
   * Encodes words for a query, to be asked alone or {@linkplain TwoHopQuery.Words#with beside
   * pictures}. The encoder reads some 100 Chinese characters or 80 English words of a text. Builds
   * encode Chinese lyrics in simplified script, so words should be, too.
   *
   * @param words what songs should speak of, at most 500 characters; "" for nothing
   * @param without what they should not speak of, likewise; alone it needs pictures beside it
   * @throws QueryException if a text is too long, both are blank, or the index has no text
   *     embeddings
   * @throws IOException if the index's text encoder is not on the class path; names the artifact
   */
  public TwoHopQuery.Words words(String words, String without) throws IOException {
    TwoHopQuery.Words.check(words, without);
    synchronized (opening) {
      VectorSpace space = read(QueryVectors::textSpace);
      if (textEncoder == null) {
        textEncoder = TextModel.openEncoder(space.id());
      }
      return TwoHopQuery.Words.encode(textEncoder, words, without);
    }
  }

  private ImageEncoder encoder() throws IOException {
    if (encoder == null) {
      synchronized (opening) {
        if (encoder == null) {
          encoder = read(this::openEncoder);
        }
      }
    }
    return encoder;
  }

  private ImageEncoder openEncoder(CatalogueIndex index) throws IOException {
    ImageEncoder opened = encoderSource.open(index.metadata());
    try {
      index.requireEncoder(opened.space());
      return opened;
    } catch (IOException | RuntimeException e) {
      closeOwn(opened);
      throw e;
    }
  }

  /** Reads the index that answers come from, such as thumbnails of pictures. */
  public <T> T read(IndexTask<T> task) throws IOException {
    TwoHopSearcher searcher = searchers.acquire();
    try {
      return task.read(searcher.index());
    } finally {
      searchers.release(searcher);
    }
  }

  /**
   * Lets later answers see what was committed to the index since; cheap if nothing was.
   *
   * @throws IOException if the new state cannot be read; the one before stays in use
   * @throws QueryException if the new state has no songs that could be found; likewise
   */
  public boolean refresh() throws IOException {
    return searchers.refresh();
  }

  private void closeOwn(ImageEncoder opened) {
    if (opened != null && opened != encoderSource.given()) {
      opened.close();
    }
  }

  /** Closes the index after the last search under way, and encoders unless they were given. */
  @Override
  public void close() throws IOException {
    try (searchers) {
      synchronized (opening) {
        closeOwn(encoder);
        if (textEncoder != null && ownTextEncoder) {
          textEncoder.close();
        }
      }
    }
  }

  /** Settings of a finder. For one thread. */
  public static final class Builder {
    private final Path folder;
    private ImageEncoder encoder;
    private String encoderName;
    private TextEncoder textEncoder;
    private ModelHome models = ModelHome.fromEnvironment();
    private DecoderLimits limits = DecoderLimits.DEFAULTS;

    private Builder(Path folder) {
      this.folder = Objects.requireNonNull(folder, "folder");
    }

    /** An encoder of the caller's, who closes it after the finder; default: the index's. */
    public Builder encoder(ImageEncoder own) {
      encoder = Objects.requireNonNull(own, "own");
      return this;
    }

    /** Name of an installed encoder; default: the one that the index names. */
    public Builder encoderName(String name) {
      encoderName = name;
      return this;
    }

    /** A text encoder of the caller's, who closes it after the finder; default: the index's. */
    public Builder textEncoder(TextEncoder own) {
      textEncoder = Objects.requireNonNull(own, "own");
      return this;
    }

    /** Where encoders are installed; default: {@link ModelHome#fromEnvironment}. */
    public Builder models(ModelHome home) {
      models = Objects.requireNonNull(home, "home");
      return this;
    }

    /** The largest images that are decoded; default: {@link DecoderLimits#DEFAULTS}. */
    public Builder limits(DecoderLimits most) {
      limits = Objects.requireNonNull(most, "most");
      return this;
    }

    /** Opens the index; throws as {@link SongFinder#open}. */
    public SongFinder open() throws IOException {
      return new SongFinder(this);
    }
  }
}
