package org.seesong.solr;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.seesong.vector.Centering;
import org.seesong.vector.VectorSpace;

/**
 * The configset that ships with the plugin, filled in for one catalogue. One configset belongs to
 * one set of spaces: pictures encoded anew get a configset of their own, and an alias switches both
 * together.
 *
 * @param visual the space of image embeddings
 * @param centering what image embeddings are centred by
 * @param network the embedding's space
 * @param text the space of songs' text embeddings, if the catalogue has any
 * @param encoder the encoder that nodes open for pictures in requests: {@code descriptor}, a model
 *     of the nodes' {@code seesong.home}, or {@link #NO_ENCODER}
 * @param confidence {@link org.seesong.select.Confidence#describe} of the catalogue, or "": then
 *     answers do not tell how sure they are
 */
public record Configset(
    VectorSpace visual,
    Optional<Centering> centering,
    VectorSpace network,
    Optional<VectorSpace> text,
    String encoder,
    String confidence) {
  /**
   * Nodes encode nothing: clients send vectors. As the space of text embeddings: songs have none.
   */
  public static final String NO_ENCODER = "none";

  private static final String FOLDER = "configset/";
  private static final List<String> FILES = List.of("managed-schema.xml", "solrconfig.xml");

  public Configset {
    Objects.requireNonNull(visual, "visual");
    Objects.requireNonNull(centering, "centering");
    Objects.requireNonNull(network, "network");
    Objects.requireNonNull(text, "text");
    Objects.requireNonNull(confidence, "confidence");
    if (encoder.isBlank()) {
      throw new IllegalArgumentException("encoder must not be blank; '" + NO_ENCODER + "' is none");
    }
  }

  /** For image embeddings that are the encoder's vectors, without words and confidence. */
  public Configset(VectorSpace visual, VectorSpace network, String encoder) {
    this(visual, Optional.empty(), network, Optional.empty(), encoder, "");
  }

  /**
   * The files of the configset.
   *
   * @throws IOException if the plugin's jar lacks them
   */
  public SortedMap<String, byte[]> files() throws IOException {
    SortedMap<String, byte[]> files = new TreeMap<>();
    for (String name : FILES) {
      files.put(name, filledIn(read(name)).getBytes(StandardCharsets.UTF_8));
    }
    return files;
  }

  /**
   * Writes the files of the configset.
   *
   * @param folder an existing folder, such as {@code conf}
   */
  public void writeTo(Path folder) throws IOException {
    for (var file : files().entrySet()) {
      Files.write(folder.resolve(file.getKey()), file.getValue());
    }
  }

  private static String read(String name) throws IOException {
    try (InputStream in = Configset.class.getResourceAsStream(FOLDER + name)) {
      if (in == null) {
        throw new FileNotFoundException("the plugin's jar has no " + FOLDER + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private String filledIn(String file) {
    return file.replace("${seesong.visual.space}", attribute(visual.id()))
        .replace("${seesong.visual.dimension}", Integer.toString(visual.dimension()))
        .replace("${seesong.centering:}", attribute(centering.map(Centering::toString).orElse("")))
        .replace("${seesong.network.space}", attribute(network.id()))
        .replace("${seesong.network.dimension}", Integer.toString(network.dimension()))
        .replace(
            "${seesong.text.space:none}", attribute(text.map(VectorSpace::id).orElse(NO_ENCODER)))
        .replace(
            "${seesong.text.dimension:1}",
            Integer.toString(text.map(VectorSpace::dimension).orElse(1)))
        .replace("${seesong.encoder:none}", "${seesong.encoder:" + attribute(encoder) + "}")
        .replace("${seesong.confidence:}", "${seesong.confidence:" + attribute(confidence) + "}");
  }

  private static String attribute(String text) {
    if (text.contains("${")) {
      throw new IllegalArgumentException("Solr would replace '${' in '" + text + "'");
    }
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }
}
