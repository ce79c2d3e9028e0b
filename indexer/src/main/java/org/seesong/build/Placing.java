package org.seesong.build;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.seesong.embedding.FoldIn;
import org.seesong.index.CatalogueIndexUpdater;
import org.seesong.index.IndexMetadata;
import org.seesong.io.AtomicFiles;
import org.seesong.keyword.KeywordModel;
import org.seesong.label.LabelPropagation;
import org.seesong.label.LabelPropagationOptions;
import org.seesong.label.RidgeClassifier;

/**
 * What it takes to place songs and pictures in an index that is there, kept beside it in three
 * files of the folder {@code placing}, named for the index they belong to:
 *
 * <pre>
 * KEY.json     checksum, CRC-32C of the file with zeros in its place; {@link KeywordModel}:
 *              vocabulary, song counts of keywords, weighting, segmenter with a user's words, lists
 *              and overrides, the rules by which words were read, whether lyrics are cleaned;
 *              pictureScale, the factor from a picture's keyword weights to the network's edges;
 *              labelNeighbors, ownLabelWeight, regression and reach, by which new pictures ask those
 *              that look like them; embedding, the space it is all for
 * KEY.foldin   where keywords lie in that space, see {@link FoldIn}
 * KEY.labels   what predicts keywords from what a picture looks like, see {@link RidgeClassifier}
 * </pre>
 *
 * <p>KEY is a digest of what the index's identity says of its spaces, vocabulary and options;
 * adding and removing do not change it. A build writes the files before it commits the index and
 * removes others afterwards, so whichever index a crash leaves has its own.
 *
 * @param keywords what the keyword stage learned
 * @param pictureScale factor from a picture's keyword weights to edges, finite and above 0
 * @param soft how new pictures ask the others
 * @param foldIn where keywords lie
 */
record Placing(
    KeywordModel keywords, float pictureScale, LabelPropagation.Scale soft, FoldIn foldIn) {
  /** What names of its files end with. */
  static final List<String> EXTENSIONS = List.of(".json", ".foldin", ".labels");

  private static final int FORMAT = 3;
  private static final String CHECKSUM_START = "{\n  \"checksum\" : \"";
  private static final String NO_CHECKSUM = "00000000";
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);

  Placing {
    Objects.requireNonNull(keywords, "keywords");
    Objects.requireNonNull(soft, "soft");
    Objects.requireNonNull(foldIn, "foldIn");
    if (!(pictureScale > 0) || Float.isInfinite(pictureScale)) {
      throw new IllegalArgumentException(
          "pictureScale must be a finite number above 0; got: " + pictureScale);
    }
    if (foldIn.keywords() != keywords.keywords().size()) {
      throw new IllegalArgumentException(
          "places of "
              + foldIn.keywords()
              + " keywords for a vocabulary of "
              + keywords.keywords().size());
    }
    if (soft.regression().keywords() > keywords.keywords().size()) {
      throw new IllegalArgumentException(
          soft.regression().keywords()
              + " keywords are predicted of a vocabulary of "
              + keywords.keywords().size());
    }
  }

  /** The same for an index before and after songs and pictures were added or removed. */
  static String key(IndexMetadata identity) {
    TreeMap<String, String> options = new TreeMap<>(identity.build().options());
    options.remove(CatalogueIndexUpdater.CHANGES);
    return new Fingerprint()
        .add(identity.imageSpace().toString())
        .add(identity.graphSpace().toString())
        .add(identity.build().vocabularyHash())
        .add(options.toString())
        .hex()
        .substring(0, 16);
  }

  static boolean isThere(Path folder, IndexMetadata identity) {
    String key = key(identity);
    return EXTENSIONS.stream().allMatch(end -> Files.exists(folder.resolve(key + end)));
  }

  /** Whether {@link #read} gives these, so that they need not be made and written again. */
  static boolean isKept(
      Path folder,
      IndexMetadata identity,
      KeywordModel keywords,
      float pictureScale,
      LabelPropagation.Scale soft) {
    try {
      Placing kept = read(folder, identity);
      return kept.keywords().equals(keywords)
          && kept.pictureScale() == pictureScale
          && kept.soft().options().equals(soft.options())
          && kept.soft().reach() == soft.reach();
    } catch (IOException e) {
      return false; // not there or damaged: it is written anew
    }
  }

  void write(Path folder, IndexMetadata identity) throws IOException {
    Files.createDirectories(folder);
    ObjectNode json = JSON.createObjectNode();
    json.put("checksum", NO_CHECKSUM);
    json.put("format", FORMAT);
    json.put("embedding", foldIn.space());
    json.put("pictureScale", pictureScale);
    json.put("labelNeighbors", soft.options().neighbours());
    json.put("ownLabelWeight", soft.options().ownLabelWeight());
    json.put("regression", soft.options().regression());
    json.put("reach", soft.reach());
    json.set("keywordState", JSON.valueToTree(keywords));
    foldIn.write(folder.resolve(key(identity) + ".foldin"));
    soft.regression().write(folder.resolve(key(identity) + ".labels"));
    byte[] bytes =
        JSON.writer(new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n")))
            .writeValueAsBytes(json);
    byte[] checksum = checksum(bytes).getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(checksum, 0, bytes, CHECKSUM_START.length(), checksum.length);
    AtomicFiles.write(folder.resolve(key(identity) + ".json"), bytes);
  }

  /** CRC-32C of the text, whose first value, the checksum, counts as zeros: 8 digits. */
  private static String checksum(byte[] json) {
    CRC32C crc = new CRC32C();
    int at = CHECKSUM_START.length();
    crc.update(json, 0, at);
    crc.update(NO_CHECKSUM.getBytes(StandardCharsets.US_ASCII));
    crc.update(json, at + NO_CHECKSUM.length(), json.length - at - NO_CHECKSUM.length());
    return HexFormat.of().toHexDigits((int) crc.getValue());
  }

  private static boolean isWhole(byte[] json) {
    byte[] start = CHECKSUM_START.getBytes(StandardCharsets.US_ASCII);
    int end = start.length + NO_CHECKSUM.length();
    return json.length > end
        && Arrays.equals(json, 0, start.length, start, 0, start.length)
        && new String(json, start.length, NO_CHECKSUM.length(), StandardCharsets.US_ASCII)
            .equals(checksum(json));
  }

  /** Removes the files of all other indexes. */
  static void keepOnly(Path folder, IndexMetadata identity) throws IOException {
    String key = key(identity);
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        if (!file.getFileName().toString().startsWith(key)) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  static Placing read(Path folder, IndexMetadata identity) throws IOException {
    return read(
        folder,
        identity,
        json -> {
          LabelPropagationOptions options =
              new LabelPropagationOptions(
                  need(json, "labelNeighbors").intValue(),
                  need(json, "ownLabelWeight").doubleValue(),
                  need(json, "regression").doubleValue());
          return new Placing(
              keywords(json),
              need(json, "pictureScale").floatValue(),
              new LabelPropagation.Scale(
                  options,
                  need(json, "reach").doubleValue(),
                  regression(folder.resolve(key(identity) + ".labels"), identity)),
              FoldIn.read(folder.resolve(key(identity) + ".foldin"), identity.graphSpace().id()));
        });
  }

  /** What the keyword stage learned alone, without reading the other two files. */
  static KeywordModel readKeywords(Path folder, IndexMetadata identity) throws IOException {
    return read(folder, identity, Placing::keywords);
  }

  private static KeywordModel keywords(JsonNode json) throws IOException {
    return JSON.treeToValue(need(json, "keywordState"), KeywordModel.class);
  }

  /** Makes something of what the first file says. */
  private interface Maker<T> {
    T make(JsonNode json) throws IOException;
  }

  private static <T> T read(Path folder, IndexMetadata identity, Maker<T> maker)
      throws IOException {
    Path file = folder.resolve(key(identity) + ".json");
    try {
      byte[] bytes = Files.readAllBytes(file);
      JsonNode json = JSON.readTree(bytes);
      if (need(json, "format").asInt() != FORMAT) {
        throw new IOException(
            file
                + " was written by another version of the program (format "
                + json.get("format")
                + "); run the same 'seesong build' again, which writes it anew");
      }
      if (!isWhole(bytes)) {
        throw new IllegalArgumentException("its checksum is wrong");
      }
      return maker.make(json);
    } catch (NoSuchFileException e) {
      throw new IOException(
          e.getFile()
              + " is missing, without which nothing can be added to the index; run the same"
              + " 'seesong build' again, which writes it",
          e);
    } catch (JsonProcessingException | IllegalArgumentException | NullPointerException e) {
      throw new IOException(
          file + " is damaged (" + e.getMessage() + "); run the same 'seesong build' again", e);
    }
  }

  private static RidgeClassifier regression(Path file, IndexMetadata identity) throws IOException {
    RidgeClassifier regression = RidgeClassifier.read(file);
    int dimension = identity.imageSpace().dimension();
    if (regression.keywords() > 0 && regression.dimension() != dimension) {
      throw new IOException(
          file
              + " is for pictures of "
              + regression.dimension()
              + " dimensions, but the index has "
              + dimension
              + "; run the same 'seesong build' again");
    }
    return regression;
  }

  private static JsonNode need(JsonNode json, String name) {
    JsonNode value = json.get(name);
    if (value == null) {
      throw new IllegalArgumentException("'" + name + "' is missing");
    }
    return value;
  }
}
