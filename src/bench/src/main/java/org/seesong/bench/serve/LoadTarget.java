package org.seesong.bench.serve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.util.List;

/**
 * A service that answers a posted picture with songs.
 *
 * @param search where pictures are posted to
 * @param varying fields of an answer that differ from one to the next
 */
record LoadTarget(URI search, List<String> varying) {
  private static final ObjectMapper JSON = new ObjectMapper();

  LoadTarget {
    varying = List.copyOf(varying);
  }

  /** {@code seesong serve} at an address. */
  static LoadTarget server(URI address) {
    return new LoadTarget(address.resolve("api/search"), List.of("timing", "uploads"));
  }

  /** A collection of Solr. */
  static LoadTarget solr(String node, String collection) {
    return new LoadTarget(
        URI.create(node + "/" + collection + "/songs-by-image?rows=10&fl=id,song_title"),
        List.of("responseHeader"));
  }

  /** An answer without what differs each time. */
  JsonNode comparable(byte[] body) throws IOException {
    ObjectNode answer = (ObjectNode) JSON.readTree(body);
    answer.remove(varying);
    return answer;
  }

  /** What an error says. */
  static String message(byte[] body) throws IOException {
    JsonNode error = JSON.readTree(body).path("error");
    return error.path("message").asText(error.path("msg").asText());
  }

  /** How long Solr itself says that an answer took, in milliseconds; NaN of others. */
  static double toldMillis(byte[] body) throws IOException {
    return JSON.readTree(body).path("responseHeader").path("QTime").asDouble(Double.NaN);
  }
}
