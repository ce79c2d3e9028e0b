package org.seesong.push;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.apache.solr.common.SolrDocumentList;
import org.apache.solr.common.util.NamedList;

/**
 * Solr's answers as trees: whatever mixture of lists, maps and named lists a version of Solr sends,
 * one way of reading it.
 */
final class Reply {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private Reply() {}

  static JsonNode tree(Object value) {
    if (value instanceof SolrDocumentList documents) {
      ObjectNode node = NODES.objectNode();
      node.put("numFound", documents.getNumFound());
      ArrayNode docs = node.putArray("docs");
      documents.forEach(document -> docs.add(tree(document)));
      return node;
    }
    if (value instanceof NamedList<?> list) {
      ObjectNode node = NODES.objectNode();
      for (Map.Entry<String, ?> entry : list) {
        // A name may come twice or be absent; the first one counts.
        if (entry.getKey() != null && !node.has(entry.getKey())) {
          node.set(entry.getKey(), tree(entry.getValue()));
        }
      }
      return node;
    }
    if (value instanceof Map<?, ?> map) {
      ObjectNode node = NODES.objectNode();
      map.forEach((name, element) -> node.set(String.valueOf(name), tree(element)));
      return node;
    }
    if (value instanceof Iterable<?> values) {
      ArrayNode node = NODES.arrayNode();
      values.forEach(element -> node.add(tree(element)));
      return node;
    }
    return leaf(value);
  }

  private static JsonNode leaf(Object value) {
    if (value instanceof Float number) {
      return NODES.numberNode(number);
    }
    if (value instanceof Double number) {
      return NODES.numberNode(number);
    }
    if (value instanceof Number number) {
      return NODES.numberNode(number.longValue());
    }
    if (value instanceof Boolean flag) {
      return NODES.booleanNode(flag);
    }
    return value == null ? NODES.nullNode() : NODES.textNode(value.toString());
  }
}
