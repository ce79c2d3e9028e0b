package org.seesong.server;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.regex.Pattern;

/** Reads and writes JSON: strictly, since it comes from anybody. */
final class Json {
  private static final int MAX_DEPTH = 20;
  private static final int MAX_STRING = 1_000_000;

  /** What the library's messages say to its programmers, which senders of JSON are not. */
  private static final Pattern ADVICE =
      Pattern.compile(", from `[^`]*`|: enable `[^`]*` to allow| \\(start marker at [^\\]]*\\]\\)");

  private static final ObjectMapper MAPPER = mapper();

  private Json() {}

  private static ObjectMapper mapper() {
    ObjectMapper mapper = new ObjectMapper();
    mapper
        .getFactory()
        .setStreamReadConstraints(
            StreamReadConstraints.builder()
                .maxNestingDepth(MAX_DEPTH)
                .maxStringLength(MAX_STRING)
                .build());
    mapper.enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
    mapper.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    return mapper;
  }

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  static byte[] write(Object value) {
    try {
      return MAPPER.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot be written as JSON: " + value.getClass(), e);
    }
  }

  /** An object, or an error that says where it is none. */
  static ObjectNode readObject(byte[] body) {
    JsonNode node;
    try {
      node = MAPPER.readTree(body);
    } catch (JsonProcessingException e) {
      String where =
          e.getLocation() == null
              ? ""
              : " at line "
                  + e.getLocation().getLineNr()
                  + ", column "
                  + e.getLocation().getColumnNr();
      throw new ApiException(
          400,
          "json-invalid",
          "the request is no JSON"
              + where
              + ": "
              + ADVICE.matcher(e.getOriginalMessage()).replaceAll(""));
    } catch (IOException e) {
      throw new ApiException(400, "json-invalid", "the request is no JSON: " + e.getMessage());
    }
    if (node instanceof ObjectNode object) {
      return object;
    }
    throw new ApiException(
        400, "json-invalid", "the request must be a JSON object such as {\"keyword\":\"snow\"}");
  }
}
