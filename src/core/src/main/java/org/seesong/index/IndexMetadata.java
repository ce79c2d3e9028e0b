package org.seesong.index;

import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.seesong.vector.Centering;
import org.seesong.vector.EncodedImage;
import org.seesong.vector.FloatVector;
import org.seesong.vector.VectorSpace;

/**
 * What an index says it is: its layout, its two vector spaces and how it was built. Stored in the
 * commit's user data under names that start with {@code seesong.}.
 *
 * @param layoutVersion version of {@link IndexLayout}
 * @param imageSpace space of the image embeddings: the encoder's, or that of centred vectors
 * @param centering how image embeddings are made of the encoder's vectors; none: they are those
 * @param graphSpace the graph embedding's space
 * @param textSpace the text encoder's space, of songs' text embeddings; empty if there are none
 * @param build how it was made
 */
public record IndexMetadata(
    int layoutVersion,
    VectorSpace imageSpace,
    Optional<Centering> centering,
    VectorSpace graphSpace,
    Optional<VectorSpace> textSpace,
    BuildInfo build) {
  static final String LAYOUT = "seesong.layout";
  private static final String ENCODER = "seesong.encoder";
  private static final String CENTERING = "seesong.centering";
  private static final String VISUAL_DIMENSION = "seesong.visual.dimension";
  private static final String EMBEDDING = "seesong.embedding";
  private static final String NETWORK_DIMENSION = "seesong.network.dimension";
  private static final String TEXT = "seesong.text";
  private static final String TEXT_DIMENSION = "seesong.text.dimension";
  private static final String SEED = "seesong.seed";
  private static final String VOCABULARY = "seesong.vocabulary";
  private static final String FINGERPRINT = "seesong.fingerprint";

  /** Name among the build's options under which an index names the encoder to open. */
  public static final String ENCODER_OPTION = "encoder";

  private static final String OPTION_PREFIX = "seesong.option.";

  public IndexMetadata {
    Objects.requireNonNull(imageSpace, "imageSpace");
    Objects.requireNonNull(graphSpace, "graphSpace");
    Objects.requireNonNull(textSpace, "textSpace");
    Objects.requireNonNull(build, "build");
    if (centering.isPresent() && !centering.get().space().equals(imageSpace)) {
      throw new IllegalArgumentException(
          "vectors are centred to " + centering.get().space() + ", not to " + imageSpace);
    }
  }

  /**
   * Metadata of an index of the current layout without text embeddings.
   *
   * @param imageSpace the encoder's space
   * @param graphSpace the embedding's space
   * @param build how it was made
   */
  public static IndexMetadata of(VectorSpace imageSpace, VectorSpace graphSpace, BuildInfo build) {
    return new IndexMetadata(
        IndexLayout.VERSION, imageSpace, Optional.empty(), graphSpace, Optional.empty(), build);
  }

  /** The same with text embeddings of a space. */
  public IndexMetadata withText(VectorSpace space) {
    return new IndexMetadata(
        layoutVersion, imageSpace, centering, graphSpace, Optional.of(space), build);
  }

  /** The same index with image embeddings that are centred. */
  public IndexMetadata centered(Centering by) {
    return new IndexMetadata(
        layoutVersion, by.space(), Optional.of(by), graphSpace, textSpace, build);
  }

  /** The space of the encoder that pictures were encoded with. */
  public VectorSpace encoderSpace() {
    return centering.map(Centering::encoder).orElse(imageSpace);
  }

  /**
   * An image as the index's pictures are: centred, unless it is already.
   *
   * @param index what messages call the index, such as {@code index /x}
   * @throws IndexMismatchException if it is of another encoder than the index's; names both
   */
  public FloatVector embedding(EncodedImage image, String index) throws IndexMismatchException {
    if (image.space().equals(imageSpace)) {
      return image.vector();
    }
    checkEncoder(image.space(), index);
    return centering.orElseThrow().apply(image.vector());
  }

  /**
   * Refuses vectors of another encoder than the pictures of the index were encoded with.
   *
   * @param query the space that query vectors will come from
   * @param index what messages call the index, such as {@code index /x}
   * @throws IndexMismatchException if it is not the index's; names both
   */
  public void checkEncoder(VectorSpace query, String index) throws IndexMismatchException {
    if (!query.equals(encoderSpace())) {
      throw new IndexMismatchException(
          index
              + " holds vectors of encoder "
              + encoderSpace()
              + ", but the query comes from "
              + query
              + "; search with encoder '"
              + encoderSpace().id()
              + "' or build the index again");
    }
  }

  /**
   * Name of the encoder to open for images of queries; the built-in one if the build named none.
   */
  public String encoderName() {
    return build.options().getOrDefault(ENCODER_OPTION, "descriptor");
  }

  /** The form a Lucene commit stores. */
  public SortedMap<String, String> toUserData() {
    SortedMap<String, String> data = new TreeMap<>();
    data.put(LAYOUT, Integer.toString(layoutVersion));
    data.put(ENCODER, imageSpace.id());
    data.put(VISUAL_DIMENSION, Integer.toString(imageSpace.dimension()));
    centering.ifPresent(by -> data.put(CENTERING, by.toString()));
    data.put(EMBEDDING, graphSpace.id());
    data.put(NETWORK_DIMENSION, Integer.toString(graphSpace.dimension()));
    textSpace.ifPresent(
        space -> {
          data.put(TEXT, space.id());
          data.put(TEXT_DIMENSION, Integer.toString(space.dimension()));
        });
    data.put(SEED, Long.toString(build.seed()));
    data.put(VOCABULARY, build.vocabularyHash());
    data.put(FINGERPRINT, build.fingerprint());
    build.options().forEach((name, value) -> data.put(OPTION_PREFIX + name, value));
    return Collections.unmodifiableSortedMap(data);
  }

  /**
   * Reads what {@link #toUserData} made.
   *
   * @param data user data of a commit
   * @param index what messages call the index, such as {@code index /x}
   * @throws IndexMismatchException if the data is of no index of ours, of another layout version,
   *     or damaged
   */
  public static IndexMetadata fromUserData(Map<String, String> data, String index)
      throws IndexMismatchException {
    if (!data.containsKey(LAYOUT)) {
      throw new IndexMismatchException(
          index
              + " is a Lucene index that Seesong did not make (its commit has no '"
              + LAYOUT
              + "'); "
              + CatalogueIndex.HOW_TO_MAKE);
    }
    String version = data.get(LAYOUT);
    if (!version.equals(Integer.toString(IndexLayout.VERSION))) {
      throw new IndexMismatchException(
          index
              + " has layout version "
              + version
              + ", but this program reads version "
              + IndexLayout.VERSION
              + "; run the same 'seesong build' again");
    }
    try {
      return parse(data);
    } catch (IllegalArgumentException e) {
      IndexMismatchException failure =
          new IndexMismatchException(
              index + " has damaged metadata (" + e.getMessage() + "); build the index again");
      failure.initCause(e);
      throw failure;
    }
  }

  private static IndexMetadata parse(Map<String, String> data) {
    SortedMap<String, String> options = new TreeMap<>();
    data.forEach(
        (name, value) -> {
          if (name.startsWith(OPTION_PREFIX)) {
            options.put(name.substring(OPTION_PREFIX.length()), value);
          }
        });
    return new IndexMetadata(
        IndexLayout.VERSION,
        space(data, ENCODER, VISUAL_DIMENSION),
        Optional.ofNullable(data.get(CENTERING)).map(Centering::parse),
        space(data, EMBEDDING, NETWORK_DIMENSION),
        data.containsKey(TEXT) ? Optional.of(space(data, TEXT, TEXT_DIMENSION)) : Optional.empty(),
        new BuildInfo(
            Long.parseLong(need(data, SEED)),
            need(data, VOCABULARY),
            need(data, FINGERPRINT),
            options));
  }

  private static VectorSpace space(Map<String, String> data, String id, String dimension) {
    return new VectorSpace(need(data, id), Integer.parseInt(need(data, dimension)));
  }

  private static String need(Map<String, String> data, String name) {
    String value = data.get(name);
    if (value == null) {
      throw new IllegalArgumentException("'" + name + "' is missing");
    }
    return value;
  }
}
