package org.seesong.solr;

import org.apache.solr.common.SolrException;
import org.apache.solr.common.SolrException.ErrorCode;
import org.apache.solr.common.params.SolrParams;
import org.seesong.query.TwoHopQuery;

/**
 * The words of a request, checked: as texts, or as a vector that the client made of them.
 *
 * @param words what songs should speak of, or ""
 * @param without what they should not speak of, or ""
 * @param vector instead of both, in base64url, or ""
 * @param encoder id of the text encoder that made the vector, or ""
 * @param weight of the words against a picture, 0 to 1
 */
record WordsRequest(String words, String without, String vector, String encoder, double weight) {
  static final String WORDS = "image.words";
  static final String WITHOUT = "image.withoutWords";
  static final String VECTOR = "image.wordsVec";
  static final String ENCODER = "image.wordsEncoder";
  static final String WEIGHT = "image.wordsWeight";

  /** Reads and checks. */
  static WordsRequest of(SolrParams params) {
    WordsRequest request =
        new WordsRequest(
            text(params, WORDS),
            text(params, WITHOUT),
            params.get(VECTOR, ""),
            params.get(ENCODER, ""),
            params.getDouble(WEIGHT, TwoHopQuery.Words.DEFAULT_WEIGHT));
    if (!(request.weight >= 0 && request.weight <= 1)) {
      throw refusal(WEIGHT + " must be 0 to 1; got: " + request.weight);
    }
    if (params.get(VECTOR) != null) {
      if (request.hasTexts()) {
        throw refusal("give '" + WORDS + "' and '" + WITHOUT + "', or '" + VECTOR + "', not both");
      }
      if (request.encoder.isEmpty()) {
        throw refusal(
            VECTOR + " needs " + ENCODER + ", the id of the text encoder that made the vector");
      }
    }
    return request;
  }

  private static String text(SolrParams params, String name) {
    String text = params.get(name, "");
    if (params.get(name) != null && text.isBlank()) {
      throw refusal(name + " must not be blank");
    }
    TwoHopQuery.Words.checkLength(name, text);
    return text;
  }

  /** Refuses words that find no songs where there is no picture that does. */
  void requireSongs() {
    if (words.isEmpty() && !without.isEmpty()) {
      throw refusal(WITHOUT + " needs " + WORDS + " or a picture beside it");
    }
  }

  /** Whether there are none. */
  boolean isEmpty() {
    return !hasTexts() && vector.isEmpty();
  }

  /** Whether they are to be encoded. */
  boolean hasTexts() {
    return !words.isEmpty() || !without.isEmpty();
  }

  private static SolrException refusal(String message) {
    return new SolrException(ErrorCode.BAD_REQUEST, message);
  }
}
