package org.seesong.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.seesong.query.NearNames;

/** Reads the fields of a JSON object, each by its type; null counts as absent. */
final class Fields {
  private static final int SHOWN = 40;

  private final ObjectNode json;
  private final String where;

  /**
   * Of an object.
   *
   * @param where what messages call it, such as {@code pictures[0]}
   * @throws ApiException if it has a field that is not among those known
   */
  Fields(ObjectNode json, String where, List<String> known) {
    this.json = json;
    this.where = where;
    json.fieldNames().forEachRemaining(name -> requireKnown(name, where, known));
  }

  static void requireKnown(String name, String where, List<String> known) {
    if (!known.contains(name)) {
      throw new ApiException(
          400,
          "field-unknown",
          where
              + " has an unknown field '"
              + shown(name)
              + "'"
              + NearNames.hint(NearNames.of(name, known))
              + "; known: "
              + String.join(", ", known));
    }
  }

  String where() {
    return where;
  }

  Optional<String> text(String name) {
    JsonNode value = value(name);
    if (value == null) {
      return Optional.empty();
    }
    if (!value.isTextual()) {
      throw wrong(name, "a text", value);
    }
    if (value.textValue().isBlank()) {
      throw ApiException.invalid(
          name + " in " + where + " must not be blank; leave it out instead");
    }
    return Optional.of(value.textValue());
  }

  List<String> texts(String name) {
    JsonNode value = value(name);
    List<String> texts = new ArrayList<>();
    if (value != null) {
      if (!value.isArray()) {
        throw wrong(name, "a list of texts", value);
      }
      for (JsonNode each : value) {
        if (!each.isTextual()) {
          throw wrong(name, "a list of texts", each);
        }
        texts.add(each.textValue());
      }
    }
    return texts;
  }

  Optional<Double> number(String name) {
    JsonNode value = value(name);
    if (value == null) {
      return Optional.empty();
    }
    if (!value.isNumber() || !Double.isFinite(value.doubleValue())) {
      throw wrong(name, "a number", value);
    }
    return Optional.of(value.doubleValue());
  }

  Optional<Integer> whole(String name) {
    JsonNode value = value(name);
    if (value == null) {
      return Optional.empty();
    }
    if (!value.isIntegralNumber() || !value.canConvertToInt()) {
      throw wrong(name, "a whole number", value);
    }
    return Optional.of(value.intValue());
  }

  boolean flag(String name) {
    JsonNode value = value(name);
    if (value != null && !value.isBoolean()) {
      throw wrong(name, "true or false", value);
    }
    return value != null && value.booleanValue();
  }

  /** Objects of a list, each read with fields of its own; nothing if the list is absent. */
  Optional<List<Fields>> objects(String name, List<String> known) {
    JsonNode value = value(name);
    if (value == null) {
      return Optional.empty();
    }
    if (!value.isArray()) {
      throw wrong(name, "a list of objects", value);
    }
    List<Fields> objects = new ArrayList<>();
    for (JsonNode each : value) {
      if (!(each instanceof ObjectNode object)) {
        throw wrong(name, "a list of objects", each);
      }
      objects.add(new Fields(object, name + "[" + objects.size() + "]", known));
    }
    return Optional.of(objects);
  }

  private JsonNode value(String name) {
    JsonNode value = json.get(name);
    return value == null || value.isNull() ? null : value;
  }

  private ApiException wrong(String name, String kind, JsonNode got) {
    return ApiException.invalid(
        name + " in " + where + " must be " + kind + "; got: " + shown(got.toString()));
  }

  private static String shown(String text) {
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
  }
}
