package org.seesong.push;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.lucene.document.Document;
import org.apache.solr.common.SolrInputDocument;
import org.apache.solr.common.SolrInputField;
import org.apache.solr.common.params.CommonParams;
import org.apache.solr.common.params.ModifiableSolrParams;
import org.seesong.index.IndexLayout;

/**
 * Makes of a document for Solr the Lucene document that Solr would make of it by the schema of
 * Seesong's configset. A test compares both, field by field and file format by file format.
 *
 * <p>A mapping of our own of some twenty fields, since Solr's own code would bring the server, 113
 * jars of 70 MB, into the command line.
 */
final class SolrFields {
  private static final Map<String, FieldForm> FORMS =
      Map.ofEntries(
          Map.entry(IndexLayout.ID, FieldForm.TERM),
          Map.entry(IndexLayout.KIND, FieldForm.TERM),
          Map.entry(IndexLayout.PICTURE_PATH, FieldForm.TERM),
          Map.entry(IndexLayout.PICTURE_KEYWORD, FieldForm.TERMS),
          Map.entry(IndexLayout.PICTURE_KEYWORD_WEIGHT, FieldForm.STORED_DOUBLES),
          Map.entry(IndexLayout.PICTURE_THUMBNAIL, FieldForm.BYTES),
          Map.entry(IndexLayout.PICTURE_IMAGE_EMBEDDING, FieldForm.VECTOR),
          Map.entry(IndexLayout.PICTURE_GRAPH_EMBEDDING, FieldForm.STORED_VECTOR),
          Map.entry(IndexLayout.SONG_TITLE, FieldForm.TERM),
          Map.entry(IndexLayout.SONG_TITLE_TEXT, FieldForm.TEXT),
          Map.entry(IndexLayout.SONG_ARTIST, FieldForm.TERM),
          Map.entry(IndexLayout.SONG_LANGUAGE, FieldForm.TERM),
          Map.entry(IndexLayout.SONG_YEAR, FieldForm.INT),
          Map.entry(IndexLayout.SONG_POPULARITY, FieldForm.DOUBLE),
          Map.entry(IndexLayout.SONG_KEYWORD, FieldForm.TERMS),
          Map.entry(IndexLayout.SONG_KEYWORD_WEIGHT, FieldForm.STORED_DOUBLES),
          Map.entry(IndexLayout.SONG_KEYWORD_LINE, FieldForm.TEXTS),
          Map.entry(IndexLayout.SONG_FIRST_LINE, FieldForm.TEXTS),
          Map.entry(IndexLayout.SONG_CONTENT_KEY, FieldForm.LONG_VALUE),
          Map.entry(IndexLayout.SONG_GRAPH_EMBEDDING, FieldForm.STORED_VECTOR),
          Map.entry(IndexLayout.SONG_TEXT_EMBEDDING, FieldForm.STORED_VECTOR));

  /** Fields by which Solr adds to documents what only Solr knows. */
  private static final Set<String> SOLRS_OWN = Set.of("_root_", "_nest_path_");

  private SolrFields() {}

  private static FieldForm form(String field) {
    FieldForm form =
        field.startsWith(IndexLayout.ATTRIBUTE_PREFIX) ? FieldForm.TERMS : FORMS.get(field);
    if (form == null) {
      throw new IllegalStateException("no form for field " + field);
    }
    return form;
  }

  /**
   * Makes a Lucene document.
   *
   * @param fields what a push would send
   * @param version Solr's version of the document
   */
  static Document toLucene(SolrInputDocument fields, long version) {
    Document document = new Document();
    for (SolrInputField field : fields) {
      form(field.getName()).addAll(document, field.getName(), field.getValue());
    }
    FieldForm.LONG_VALUE.add(document, CommonParams.VERSION_FIELD, version);
    return document;
  }

  /**
   * Refuses a collection whose schema would make Solr write other Lucene documents than {@link
   * #toLucene}.
   *
   * @param fields fields that documents have
   */
  static void requireSchema(Cloud cloud, String collection, Set<String> fields) throws IOException {
    JsonNode schema = read(cloud, collection, "");
    JsonNode all = read(cloud, collection, "/fields").path("fields");
    JsonNode dynamic = read(cloud, collection, "/dynamicfields").path("dynamicFields");
    Map<String, FieldForm> wanted = new TreeMap<>();
    fields.forEach(field -> wanted.put(field, form(field)));
    wanted.put(CommonParams.VERSION_FIELD, FieldForm.LONG_VALUE);
    Map<String, String> problems = new TreeMap<>();
    for (Map.Entry<String, FieldForm> field : wanted.entrySet()) {
      JsonNode there = field(field.getKey(), all, dynamic);
      String problem =
          field.getValue().problem(there, named(schema.path("fieldTypes"), there.path("type")));
      if (!problem.isEmpty()) {
        problems.put(field.getKey(), problem);
      }
    }
    for (JsonNode there : all) {
      String name = there.path("name").asText();
      boolean fills = there.has("default") || there.path("required").asBoolean();
      if (SOLRS_OWN.contains(name) || (fills && !wanted.containsKey(name))) {
        problems.put(name, "filled by Solr or required");
      }
    }
    for (JsonNode copy : schema.path("copyFields")) {
      if (wanted.keySet().stream()
          .anyMatch(f -> ExistingSchema.matches(copy.path("source").asText(), f))) {
        problems.put(copy.path("source").asText(), "copied to " + copy.path("dest").asText());
      }
    }
    if (!problems.isEmpty()) {
      throw new PushException(
          "the schema of collection '"
              + collection
              + "' is not Seesong's, and files for it would not be what Solr writes: "
              + problems
              + "; push without --shards-from, or take the fields from the managed-schema.xml of"
              + " Seesong's plugin");
    }
  }

  private static JsonNode read(Cloud cloud, String collection, String part) throws IOException {
    ModifiableSolrParams params = new ModifiableSolrParams();
    params.set("showDefaults", true);
    JsonNode reply = cloud.nodes().get("/" + collection + "/schema" + part, params);
    return part.isEmpty() ? reply.path("schema") : reply;
  }

  private static JsonNode named(JsonNode list, JsonNode name) {
    for (JsonNode one : list) {
      if (one.path("name").equals(name)) {
        return one;
      }
    }
    return MissingNode.getInstance();
  }

  /** A field as Solr finds it: by its name, or by the longest pattern that fits. */
  private static JsonNode field(String name, JsonNode all, JsonNode dynamic) {
    JsonNode found = named(all, TextNode.valueOf(name));
    if (found.isMissingNode()) {
      for (JsonNode pattern : dynamic) {
        String text = pattern.path("name").asText();
        if (ExistingSchema.matches(text, name)
            && text.length() > found.path("name").asText().length()) {
          found = pattern;
        }
      }
    }
    return found;
  }
}
