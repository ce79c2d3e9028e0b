package org.seesong.solr;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.queries.function.FunctionScoreQuery;
import org.apache.lucene.search.DoubleValues;
import org.apache.lucene.search.DoubleValuesSource;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.BytesRefBuilder;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.SolrException.ErrorCode;
import org.apache.solr.common.util.Utils;
import org.apache.solr.handler.component.QueryComponent;
import org.apache.solr.handler.component.ResponseBuilder;
import org.apache.solr.schema.IndexSchema;
import org.apache.solr.schema.SchemaField;

/**
 * Solr's query component, whose query is the songs that the hops picked: each with a score by its
 * rank, so that the usual order is the answer's, and everything else of Solr sees a query.
 */
final class PicksComponent extends QueryComponent {
  @Override
  public void prepare(ResponseBuilder rb) throws IOException {
    super.prepare(rb);
    String picks = rb.req.getParams().get(HopParams.PICKS);
    if (picks != null) {
      rb.setQuery(query(picks, rb.req.getSchema()));
    }
  }

  private static Query query(String json, IndexSchema schema) {
    if (!(parsed(json) instanceof List<?> picks)) {
      throw new SolrException(ErrorCode.BAD_REQUEST, HopParams.PICKS + " must be a JSON list");
    }
    SchemaField key = schema.getUniqueKeyField();
    List<BytesRef> terms = new ArrayList<>();
    Map<String, Integer> scores = new HashMap<>();
    for (Object pick : picks) {
      BytesRefBuilder term = new BytesRefBuilder();
      key.getType().readableToIndexed(pick.toString(), term);
      terms.add(term.get());
      scores.put(term.get().utf8ToString(), picks.size() - scores.size());
    }
    return new FunctionScoreQuery(
        new TermInSetQuery(key.getName(), terms), new Ranks(key.getName(), scores));
  }

  private static Object parsed(String json) {
    try {
      return Utils.fromJSONString(json);
    } catch (RuntimeException e) {
      throw new SolrException(ErrorCode.BAD_REQUEST, HopParams.PICKS + ": " + e.getMessage(), e);
    }
  }

  /** The number of songs for the first, 1 for the last. */
  private static final class Ranks extends DoubleValuesSource {
    private final String field;
    private final Map<String, Integer> scores;

    Ranks(String field, Map<String, Integer> scores) {
      this.field = field;
      this.scores = scores;
    }

    @Override
    public DoubleValues getValues(LeafReaderContext context, DoubleValues queryScores)
        throws IOException {
      SortedDocValues ids = DocValues.getSorted(context.reader(), field);
      return new DoubleValues() {
        private double value;

        @Override
        public double doubleValue() {
          return value;
        }

        @Override
        public boolean advanceExact(int document) throws IOException {
          Integer score =
              ids.advanceExact(document)
                  ? scores.get(ids.lookupOrd(ids.ordValue()).utf8ToString())
                  : null;
          value = score == null ? 0 : score;
          return score != null;
        }
      };
    }

    @Override
    public boolean needsScores() {
      return false;
    }

    @Override
    public DoubleValuesSource rewrite(IndexSearcher searcher) {
      return this;
    }

    @Override
    public boolean isCacheable(LeafReaderContext context) {
      return true;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Ranks ranks
          && field.equals(ranks.field)
          && scores.equals(ranks.scores);
    }

    @Override
    public int hashCode() {
      return 31 * field.hashCode() + scores.hashCode();
    }

    @Override
    public String toString() {
      return "rank among " + scores.size() + " songs";
    }
  }
}
