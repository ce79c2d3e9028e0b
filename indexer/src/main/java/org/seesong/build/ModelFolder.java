package org.seesong.build;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.seesong.embedding.FoldIn;
import org.seesong.encoder.TextEncoder;
import org.seesong.encoder.TextModel;
import org.seesong.index.CatalogueIndexUpdater;
import org.seesong.index.IndexMetadata;
import org.seesong.io.AtomicFiles;
import org.seesong.io.Digests;
import org.seesong.io.FramedFile;
import org.seesong.keyword.KeywordModel;
import org.seesong.keyword.KeywordTagger;
import org.seesong.keyword.KeywordTools;
import org.seesong.label.LabelModel;
import org.seesong.vector.VectorSpace;

/**
 * The files of a {@link CatalogueModel}, in the folder {@code model} beside the index:
 *
 * <pre>
 * KEY.json           manifest: layout (version of this folder), embedding (id of the space), options
 *                    of the build, files with name, bytes and SHA-256
 * KEY.keywords.json  {@link KeywordModel}, and pictureScale, the factor from a picture's keyword
 *                    weights to edges of the graph
 * KEY.factors        {@link FoldIn}
 * LABELS.labels      {@link LabelModel}
 * </pre>
 *
 * <p>KEY is a digest of what the index's metadata says of its spaces, vocabulary and options;
 * adding and removing do not change it. LABELS is a digest of what labels were propagated from, see
 * {@link PropagatedKeywords}. A build writes the files, the manifest last, before it commits the
 * index and removes others afterwards, so whichever index a crash leaves has its own.
 */
final class ModelFolder {
  private static final int LAYOUT = 3;
  private static final String LABELS = ".labels";

  /** Of a manifest: keywords, labels, factors. */
  private static final int FILES = 3;

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);
  private static final ObjectWriter PRETTY =
      JSON.writer(new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n")));

  private final Path folder;
  private final IndexMetadata index;
  private final String key;

  /** The files for an index; nothing is read yet. */
  ModelFolder(Path folder, IndexMetadata index) {
    this.folder = folder;
    this.index = index;
    this.key = key(index);
  }

  private static String key(IndexMetadata index) {
    TreeMap<String, String> options = new TreeMap<>(index.build().options());
    options.remove(CatalogueIndexUpdater.CHANGES);
    return new Fingerprint()
        .add(index.imageSpace().toString())
        .add(index.graphSpace().toString())
        .add(index.textSpace().toString())
        .add(index.build().vocabularyHash())
        .add(options.toString())
        .hex()
        .substring(0, 16);
  }

  /** Opens the encoder of an index's text embeddings; empty if it has none. */
  static Optional<TextEncoder> openTextEncoder(IndexMetadata index) throws IOException {
    return index.textSpace().isEmpty()
        ? Optional.empty()
        : Optional.of(TextModel.openEncoder(index.textSpace().get().id()));
  }

  /** Where labels propagated from one input are described. */
  static Path labels(Path folder, String labelKey) {
    return folder.resolve(labelKey + LABELS);
  }

  private Path manifest() {
    return folder.resolve(key + ".json");
  }

  VectorSpace graphSpace() {
    return index.graphSpace();
  }

  boolean isThere() {
    return Files.exists(manifest());
  }

  /** The keywords alone, without reading the other files. */
  KeywordModel readKeywords() throws IOException {
    return guarded(
        () -> JSON.treeToValue(need(keywords(readManifest()), "keywords"), KeywordModel.class));
  }

  /**
   * All of it, with the dictionaries that it names.
   *
   * @param encoder of lyrics, closed with the model or if this fails; empty if the index has no
   *     text embeddings
   */
  CatalogueModel read(Optional<? extends TextEncoder> encoder) throws IOException {
    try {
      return read(model -> model.reading().tools(), encoder);
    } catch (IOException | RuntimeException e) {
      encoder.ifPresent(TextEncoder::close);
      throw e;
    }
  }

  /** All of it, with tools that are there already. */
  CatalogueModel read(KeywordTools tools, Optional<? extends TextEncoder> encoder)
      throws IOException {
    return read(model -> tools, encoder);
  }

  private CatalogueModel read(
      Function<KeywordModel, KeywordTools> tools, Optional<? extends TextEncoder> encoder)
      throws IOException {
    return guarded(
        () -> {
          JsonNode manifest = readManifest();
          requireAsWritten(manifest);
          JsonNode json = keywords(manifest);
          KeywordModel keywords = JSON.treeToValue(need(json, "keywords"), KeywordModel.class);
          LabelModel labels = LabelModel.read(verified(manifest, "labels"));
          int dimension = index.imageSpace().dimension();
          if (labels.classifier().keywords() > 0 && labels.classifier().dimension() != dimension) {
            throw new IllegalArgumentException(
                "its labels are for pictures of "
                    + labels.classifier().dimension()
                    + " dimensions, but the index has "
                    + dimension);
          }
          FoldIn factors = FoldIn.read(verified(manifest, "factors"), index.graphSpace().id());
          KeywordTagger tagger;
          try {
            tagger = new KeywordTagger(keywords, tools.apply(keywords), encoder);
          } catch (IllegalArgumentException e) {
            boolean own = keywords.reading().ownSegmenter();
            throw new IOException(
                "what "
                    + folder
                    + " says of keywords cannot be used: "
                    + e.getMessage()
                    + (own ? "" : "; run the same 'seesong build' again"),
                e);
          }
          float scale = need(json, "pictureScale").floatValue();
          return new CatalogueModel(tagger, labels, scale, factors, encoder);
        });
  }

  private interface Read<T> {
    T read() throws IOException;
  }

  private <T> T guarded(Read<T> read) throws IOException {
    try {
      return read.read();
    } catch (NoSuchFileException e) {
      throw new IOException(
          e.getFile()
              + " is missing, without which nothing can be added to the index; run the same"
              + " 'seesong build' again, which writes it",
          e);
    } catch (JsonProcessingException | IllegalArgumentException | NullPointerException e) {
      throw new IOException(
          manifest()
              + " is damaged ("
              + e.getMessage()
              + "); run the same 'seesong build' again, which writes it anew",
          e);
    }
  }

  private JsonNode readManifest() throws IOException {
    JsonNode manifest = JSON.readTree(Files.readAllBytes(manifest()));
    if (need(manifest, "layout").asInt() != LAYOUT) {
      throw new IOException(
          manifest()
              + " was written by another version of the program (layout "
              + manifest.get("layout")
              + "); run the same 'seesong build' again, which writes it anew");
    }
    return manifest;
  }

  /** What the manifest says beside its files' sizes and sums, the index says, too. */
  private void requireAsWritten(JsonNode manifest) {
    ObjectNode expected = facts();
    expected.set("files", need(manifest, "files"));
    if (!expected.equals(manifest) || need(manifest, "files").size() != FILES) {
      throw new IllegalArgumentException("it is not as it was written for this index");
    }
  }

  private ObjectNode facts() {
    TreeMap<String, String> options = new TreeMap<>(index.build().options());
    options.remove(CatalogueIndexUpdater.CHANGES);
    ObjectNode facts = JSON.createObjectNode();
    facts.put("layout", LAYOUT);
    facts.put("embedding", index.graphSpace().id());
    facts.set("options", JSON.valueToTree(options));
    return facts;
  }

  private JsonNode keywords(JsonNode manifest) throws IOException {
    return JSON.readTree(Files.readAllBytes(verified(manifest, "keywords")));
  }

  /** A file of the manifest, if it is as the manifest says. */
  private Path verified(JsonNode manifest, String part) throws IOException {
    JsonNode entry = need(need(manifest, "files"), part);
    Path file = inside(need(entry, "name").asText());
    if (Files.size(file) != need(entry, "bytes").asLong()
        || !Digests.sha256(file).equals(need(entry, "sha256").asText())) {
      throw new IOException(
          file
              + " is damaged (it is not the file that "
              + manifest().getFileName()
              + " names); run the same 'seesong build' again, which writes it anew");
    }
    return file;
  }

  /** A file in this folder, whatever folder its name says. */
  private Path inside(String name) {
    return folder.resolve(folder.getFileSystem().getPath(name).getFileName());
  }

  private static JsonNode need(JsonNode json, String name) {
    JsonNode value = json.get(name);
    if (value == null) {
      throw new IllegalArgumentException("'" + name + "' is missing");
    }
    return value;
  }

  /** Writes a model; labels are left as they are if they are there and whole. */
  void write(CatalogueModel model, String labelKey) throws IOException {
    Files.createDirectories(folder);
    Path labels = labels(folder, labelKey);
    if (!Files.exists(labels) || !FramedFile.isWhole(labels)) {
      model.labels().write(labels);
    }
    Path factors = folder.resolve(key + ".factors");
    model.factors().write(factors);
    Path keywords = folder.resolve(key + ".keywords.json");
    ObjectNode json = JSON.createObjectNode();
    json.put("pictureScale", model.pictureScale());
    json.set("keywords", JSON.valueToTree(model.tagger().model()));
    AtomicFiles.write(keywords, PRETTY.writeValueAsBytes(json));
    ObjectNode manifest = facts();
    ObjectNode files = manifest.putObject("files");
    put(files, "keywords", keywords);
    put(files, "labels", labels);
    put(files, "factors", factors);
    AtomicFiles.write(manifest(), PRETTY.writeValueAsBytes(manifest));
  }

  private static void put(ObjectNode files, String part, Path file) throws IOException {
    files
        .putObject(part)
        .put("name", String.valueOf(file.getFileName()))
        .put("bytes", Files.size(file))
        .put("sha256", Digests.sha256(file));
  }

  /** The manifest and the files that it names. */
  List<Path> files() throws IOException {
    List<Path> files = new ArrayList<>(List.of(manifest()));
    JsonNode manifest = guarded(this::readManifest);
    for (JsonNode entry : manifest.path("files")) {
      files.add(inside(entry.path("name").asText()));
    }
    return files;
  }

  /** Removes the files of all other indexes. */
  void removeOthers() throws IOException {
    Set<Path> own = new HashSet<>(files());
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        if (!own.contains(file)) {
          Files.deleteIfExists(file);
        }
      }
    }
  }
}
