package org.seesong.build;

import java.nio.file.Path;
import java.util.Objects;
import org.seesong.catalogue.CatalogueOptions;
import org.seesong.embedding.ClosedFormOptions;
import org.seesong.embedding.EmbeddingOptions;
import org.seesong.encoder.TextModel;
import org.seesong.index.VectorFormat;
import org.seesong.keyword.KeywordList;
import org.seesong.keyword.KeywordOptions;
import org.seesong.label.LabelPropagationOptions;

/**
 * What to build from and how; made by a {@link #builder}.
 *
 * @param catalogue files with songs and pictures
 * @param output folder for everything the build makes
 * @param encoderName name the encoder was opened by, stored so that a search can open it again
 * @param centered whether the mean of all pictures is taken off image embeddings, which then get
 *     length 1
 * @param keywords how keywords are chosen and weighed
 * @param givenKeywords the keywords themselves; none to have them chosen
 * @param textEncoder what encodes lyrics: {@link #AUTO}, {@link #NONE} or a name that {@link
 *     org.seesong.encoder.TextModel#open(String)} knows
 * @param classKeywords which pictures get keywords from the classes of the encoder's network
 * @param labels how labels are propagated to pictures
 * @param embedding how the graph embedding is learned
 * @param vectors how the index stores vectors
 * @param threads decoding threads, at least 1
 * @param strict whether a row or picture that must be left out, or a value ignored, is a failure
 * @param leftOut how many rows and pictures may be left out
 */
public record BuildOptions(
    CatalogueOptions catalogue,
    Path output,
    String encoderName,
    boolean centered,
    KeywordOptions keywords,
    KeywordList givenKeywords,
    String textEncoder,
    ClassKeywordsOption classKeywords,
    LabelPropagationOptions labels,
    EmbeddingOptions embedding,
    VectorFormat vectors,
    int threads,
    boolean strict,
    LeftOutLimit leftOut) {
  /** The text encoder for the script of most songs, if it is on the class path. */
  public static final String AUTO = "auto";

  /** No text encoder. */
  public static final String NONE = "none";

  public BuildOptions {
    Objects.requireNonNull(catalogue, "catalogue");
    output = output.toAbsolutePath().normalize();
    Objects.requireNonNull(encoderName, "encoderName");
    Objects.requireNonNull(keywords, "keywords");
    Objects.requireNonNull(givenKeywords, "givenKeywords");
    if (!textEncoder.equals(AUTO) && !textEncoder.equals(NONE)) {
      TextModel.require(textEncoder);
    }
    Objects.requireNonNull(classKeywords, "classKeywords");
    Objects.requireNonNull(labels, "labels");
    Objects.requireNonNull(embedding, "embedding");
    Objects.requireNonNull(vectors, "vectors");
    Objects.requireNonNull(leftOut, "leftOut");
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be at least 1; got: " + threads);
    }
  }

  /** A builder with the default of every option, one thread. */
  public static Builder builder(CatalogueOptions catalogue, Path output, String encoderName) {
    return new Builder(catalogue, output, encoderName);
  }

  /** Collects options, named as the record's components; {@link #build} checks them. */
  public static final class Builder {
    private final CatalogueOptions catalogue;
    private final Path output;
    private final String encoderName;
    private boolean centered = true;
    private KeywordOptions keywords = KeywordOptions.DEFAULT;
    private KeywordList givenKeywords = KeywordList.none();
    private String textEncoder = AUTO;
    private ClassKeywordsOption classKeywords = ClassKeywordsOption.AUTO;
    private LabelPropagationOptions labels = LabelPropagationOptions.DEFAULT;
    private EmbeddingOptions embedding = ClosedFormOptions.DEFAULT;
    private VectorFormat vectors = VectorFormat.IVF;
    private int threads = 1;
    private boolean strict;
    private LeftOutLimit leftOut = LeftOutLimit.DEFAULT;

    private Builder(CatalogueOptions catalogue, Path output, String encoderName) {
      this.catalogue = catalogue;
      this.output = output;
      this.encoderName = encoderName;
    }

    /** Sets {@link BuildOptions#centered}; default: true. */
    public Builder centered(boolean value) {
      centered = value;
      return this;
    }

    /** Sets {@link BuildOptions#keywords}. */
    public Builder keywords(KeywordOptions value) {
      keywords = value;
      return this;
    }

    /** Sets {@link BuildOptions#givenKeywords}. */
    public Builder givenKeywords(KeywordList value) {
      givenKeywords = value;
      return this;
    }

    /** Sets {@link BuildOptions#textEncoder}. */
    public Builder textEncoder(String value) {
      textEncoder = value;
      return this;
    }

    /** Sets {@link BuildOptions#classKeywords}. */
    public Builder classKeywords(ClassKeywordsOption value) {
      classKeywords = value;
      return this;
    }

    /** Sets {@link BuildOptions#labels}. */
    public Builder labels(LabelPropagationOptions value) {
      labels = value;
      return this;
    }

    /** Sets {@link BuildOptions#embedding}. */
    public Builder embedding(EmbeddingOptions value) {
      embedding = value;
      return this;
    }

    /** Sets {@link BuildOptions#vectors}. */
    public Builder vectors(VectorFormat value) {
      vectors = value;
      return this;
    }

    /** Sets {@link BuildOptions#threads}. */
    public Builder threads(int value) {
      threads = value;
      return this;
    }

    /** Sets {@link BuildOptions#strict}. */
    public Builder strict(boolean value) {
      strict = value;
      return this;
    }

    /** Sets {@link BuildOptions#leftOut}. */
    public Builder leftOut(LeftOutLimit value) {
      leftOut = value;
      return this;
    }

    /**
     * The options.
     *
     * @throws IllegalArgumentException if an option is out of range; the message names it
     */
    public BuildOptions build() {
      return new BuildOptions(
          catalogue,
          output,
          encoderName,
          centered,
          keywords,
          givenKeywords,
          textEncoder,
          classKeywords,
          labels,
          embedding,
          vectors,
          threads,
          strict,
          leftOut);
    }
  }
}
