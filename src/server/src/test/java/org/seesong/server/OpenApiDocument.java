package org.seesong.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Compares answers with what {@code openapi.json} promises of them. */
final class OpenApiDocument {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final JsonSchemaFactory SCHEMAS =
      JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);

  private final JsonNode document;

  OpenApiDocument() throws IOException {
    document = JSON.readTree(OpenApi.read());
  }

  JsonNode document() {
    return document;
  }

  /** Fails unless the answer is one that the description has, of the form it says. */
  void check(String method, String path, int status, String contentType, byte[] body)
      throws IOException {
    String called = method + " " + path + " -> " + status;
    JsonNode operation = operation(method, path);
    if (operation == null) {
      assertThat(status)
          .as("%s, which the description lacks", called)
          .isIn(400, 401, 404, 405, 503);
      checkSchema("Error", body, called);
      return;
    }
    if (status == 405 || status == 500) {
      checkSchema("Error", body, called);
      return;
    }
    JsonNode response = resolve(operation.path("responses").path(Integer.toString(status)));
    assertThat(response.isMissingNode()).as("%s is no answer it promises", called).isFalse();
    if (method.equals("HEAD") || status == 204 || status == 304) {
      assertThat(body).as(called).isEmpty();
      return;
    }
    String type = contentType.replaceFirst(";.*", "");
    JsonNode content = response.path("content").path(type);
    assertThat(content.isMissingNode()).as("%s of type %s", called, type).isFalse();
    String reference = content.path("schema").path("$ref").asText();
    if (!reference.isEmpty()) {
      checkSchema(reference.substring(reference.lastIndexOf('/') + 1), body, called);
    }
  }

  /** Fails unless a JSON value is of a schema. */
  void checkSchema(String name, byte[] json, String called) throws IOException {
    Set<ValidationMessage> problems = problems(name, JSON.readTree(json));
    assertThat(problems)
        .as("%s as %s: %s", called, name, new String(json, StandardCharsets.UTF_8))
        .isEmpty();
  }

  Set<ValidationMessage> problems(String name, JsonNode value) {
    ObjectNode schema = JSON.createObjectNode();
    schema.put("$ref", "#/components/schemas/" + name);
    schema.set("components", document.get("components"));
    return SCHEMAS.getSchema(schema).validate(value);
  }

  private JsonNode resolve(JsonNode node) {
    String reference = node.path("$ref").asText();
    return reference.isEmpty() ? node : document.at(reference.substring(1));
  }

  /** Null where the description has no such address or method. */
  private JsonNode operation(String method, String path) {
    List<String> asked = List.of(path.replaceFirst("\\?.*", "").split("/", -1));
    String name = (method.equals("HEAD") ? "GET" : method).toLowerCase(Locale.ROOT);
    for (Iterator<String> each = document.get("paths").fieldNames(); each.hasNext(); ) {
      String template = each.next();
      List<String> parts = new ArrayList<>(List.of(template.split("/", -1)));
      boolean same = parts.size() == asked.size();
      for (int i = 0; same && i < parts.size(); i++) {
        same = parts.get(i).equals("{id}") || parts.get(i).equals(asked.get(i));
      }
      if (same) {
        return document.get("paths").get(template).get(name);
      }
    }
    return null;
  }
}
