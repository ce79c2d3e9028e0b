package org.seesong.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Options in the query of an address, as the JSON request has them; lists repeat. */
final class QueryParameters {
  private static final Set<String> LISTS = Set.of("filters", "pictureFilters", "boosts", "exclude");
  private static final Set<String> FLAGS = Set.of("fill", "versions", "exact");
  private static final Set<String> NUMBERS = Set.of("wordsWeight", "coverage", "variety");
  private static final Set<String> WHOLE =
      Set.of("songs", "nearestPictures", "songsPerPicture", "maxPerArtist");

  private QueryParameters() {}

  /** The JSON request that means the same. */
  static ObjectNode toJson(Map<String, List<String>> parameters) {
    List<String> known = SearchRequest.FIELDS.stream().filter(f -> !f.equals("pictures")).toList();
    ObjectNode json = Json.object();
    parameters.forEach(
        (name, values) -> {
          Fields.requireKnown(name, "the query of the address", known);
          if (LISTS.contains(name)) {
            values.forEach(json.withArray(name)::add);
          } else if (values.size() > 1) {
            throw ApiException.invalid(
                name + " is given " + values.size() + " times; give it once");
          } else {
            put(json, name, values.get(0));
          }
        });
    return json;
  }

  private static void put(ObjectNode json, String name, String value) {
    try {
      if (WHOLE.contains(name)) {
        json.put(name, Integer.parseInt(value));
      } else if (NUMBERS.contains(name)) {
        json.put(name, Double.parseDouble(value));
      } else if (FLAGS.contains(name) && (value.equals("true") || value.equals("false"))) {
        json.put(name, value.equals("true"));
      } else {
        json.put(name, value);
      }
    } catch (NumberFormatException e) {
      json.put(name, value); // whose type is then refused by name
    }
  }
}
