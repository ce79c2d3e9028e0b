package org.seesong.build;

import java.nio.file.Path;
import java.util.Objects;
import org.seesong.catalogue.CatalogueOptions;
import org.seesong.embedding.EmbeddingOptions;
import org.seesong.index.VectorFormat;
import org.seesong.keyword.KeywordList;
import org.seesong.keyword.KeywordOptions;
import org.seesong.label.LabelPropagationOptions;

/**
 * What to build from and how.
 *
 * @param catalogue files with songs and pictures
 * @param keywords how keywords are chosen and weighed
 * @param givenKeywords the keywords themselves; none to have them chosen
 * @param soft how much pictures that look alike lend each other their keywords
 * @param embedding how network vectors are learned
 * @param encoderName name the encoder was opened by, kept so that a search can open it again
 * @param vectors how the index keeps vectors
 * @param output folder for everything the build makes
 * @param threads decoding threads, at least 1
 * @param strict whether a row or picture that must be left out, or a value ignored, is a failure
 * @param leftOut how many rows and pictures may be left out
 */
public record BuildOptions(
    CatalogueOptions catalogue,
    KeywordOptions keywords,
    KeywordList givenKeywords,
    LabelPropagationOptions soft,
    EmbeddingOptions embedding,
    String encoderName,
    VectorFormat vectors,
    Path output,
    int threads,
    boolean strict,
    LeftOutLimit leftOut) {
  public BuildOptions {
    Objects.requireNonNull(catalogue, "catalogue");
    Objects.requireNonNull(keywords, "keywords");
    Objects.requireNonNull(givenKeywords, "givenKeywords");
    Objects.requireNonNull(soft, "soft");
    Objects.requireNonNull(embedding, "embedding");
    Objects.requireNonNull(encoderName, "encoderName");
    Objects.requireNonNull(vectors, "vectors");
    Objects.requireNonNull(leftOut, "leftOut");
    output = output.toAbsolutePath().normalize();
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be at least 1; got: " + threads);
    }
  }

  /**
   * Options with the default format of vectors, softening of pictures' keywords and limit of what
   * may be left out.
   *
   * @param catalogue files with songs and pictures
   * @param keywords how keywords are chosen and weighed
   * @param givenKeywords the keywords themselves; none to have them chosen
   * @param embedding how network vectors are learned
   * @param encoderName name the encoder was opened by
   * @param output folder for everything the build makes
   * @param threads decoding threads, at least 1
   * @param strict whether a row or picture that must be left out is a failure
   */
  public BuildOptions(
      CatalogueOptions catalogue,
      KeywordOptions keywords,
      KeywordList givenKeywords,
      EmbeddingOptions embedding,
      String encoderName,
      Path output,
      int threads,
      boolean strict) {
    this(
        catalogue,
        keywords,
        givenKeywords,
        LabelPropagationOptions.DEFAULT,
        embedding,
        encoderName,
        VectorFormat.IVF,
        output,
        threads,
        strict,
        LeftOutLimit.DEFAULT);
  }
}
