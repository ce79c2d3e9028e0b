package org.seesong.solr;

import java.time.Duration;
import java.util.Optional;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.SolrException.ErrorCode;
import org.apache.solr.request.SolrQueryRequest;
import org.seesong.query.TwoHopQuery;
import org.seesong.vector.FloatVector;
import org.seesong.vector.VectorSpace;

/**
 * Turns the words of a request into a point of text space: by the encoder that the request's
 * collection names as the space of its songs' text embeddings, or as the client says.
 */
final class QueryWords {
  private final Fields fields;
  private final Duration timeLimit;

  QueryWords(HandlerSettings settings) {
    this.fields = settings.fields();
    this.timeLimit = settings.timeLimit();
  }

  /** The words of a request; nothing if it has none. */
  Optional<TwoHopQuery.Words> of(WordsRequest words, SolrQueryRequest request) {
    if (words.isEmpty()) {
      return Optional.empty();
    }
    String collection = ShardSearch.collection(request);
    VectorSpaceField field = Fields.texts(request.getSchema(), fields.songTextVector(), collection);
    if (words.hasTexts()) {
      return Optional.of(
          NodeTextEncoders.of(request.getCoreContainer()).encode(words, field.space(), timeLimit));
    }
    TwoHopQuery.Words given = given(words);
    Fields.check(given.space(), field, Fields.TEXT_ENCODER, collection);
    return Optional.of(given);
  }

  private static TwoHopQuery.Words given(WordsRequest words) {
    FloatVector vector = HopParams.decode(WordsRequest.VECTOR, words.vector());
    try {
      return new TwoHopQuery.Words(
          new VectorSpace(words.encoder(), vector.dimension()),
          vector,
          true,
          Optional.empty(),
          TwoHopQuery.Words.DEFAULT_WEIGHT);
    } catch (IllegalArgumentException e) {
      throw new SolrException(
          ErrorCode.BAD_REQUEST, WordsRequest.VECTOR + ": " + e.getMessage(), e);
    }
  }
}
