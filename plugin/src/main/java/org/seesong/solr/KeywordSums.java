package org.seesong.solr;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.solr.common.params.CommonParams;
import org.apache.solr.common.params.SolrParams;
import org.apache.solr.common.util.NamedList;
import org.apache.solr.common.util.SimpleOrderedMap;
import org.apache.solr.request.SolrQueryRequest;
import org.apache.solr.schema.SchemaField;
import org.seesong.query.EmbeddingSum;
import org.seesong.vector.VectorSpace;

/**
 * A shard's part of boosts: sums of the graph embeddings of what carries keywords, and of all.
 * Filters of requests do not count, for what a keyword means does not depend on a request; those
 * that the handler adds to every request do, for they may hide documents. Without such, the sum of
 * all is kept until the index changes. Safe for any number of threads.
 */
final class KeywordSums {
  /** Of all pictures, or songs. */
  static final String ALL = "all";

  /** Of the carriers of each keyword, in the order of the request. */
  static final String CARRIERS = "carriers";

  private final Fields fields;
  private final SolrParams always;
  private final Map<String, Kept> kept = new ConcurrentHashMap<>();

  /** The sum of all of one state of the index. */
  private record Kept(Object state, EmbeddingSum sum) {}

  /**
   * Sums of one collection.
   *
   * @param always filters that the handler adds to every request
   */
  KeywordSums(Fields fields, SolrParams always) {
    this.fields = fields;
    this.always = always;
  }

  NamedList<Object> answer(SolrQueryRequest request, IndexSearcher searcher) throws IOException {
    SolrParams params = request.getParams();
    boolean ofSongs = params.getBool(HopParams.OF_SONGS, false);
    String vectors = ofSongs ? fields.songNetworkVector() : fields.pictureNetworkVector();
    String keywords = ofSongs ? fields.songKeyword() : fields.pictureKeyword();
    VectorSpace given = HopParams.space(params);
    String collection = ShardSearch.collection(request);
    Fields.check(
        given, Fields.vectors(request.getSchema(), vectors, collection), "embedding", collection);
    Optional<Query> seen =
        ShardSearch.filter(
            request,
            ShardSearch.filters(
                request, always, ofSongs ? CommonParams.FQ : ShardSearch.PICTURE_FILTER));
    NamedList<Object> answer = new SimpleOrderedMap<>();
    answer.add(
        ALL,
        encoded(
            seen.isPresent()
                ? EmbeddingSum.of(searcher, seen.get(), vectors)
                : all(searcher, vectors)));
    SchemaField field = request.getSchema().getFieldOrNull(keywords);
    List<Object> carriers = new ArrayList<>();
    for (String keyword : params.required().getParams(HopParams.KEYWORD)) {
      if (field == null || !field.indexed()) {
        carriers.add(encoded(EmbeddingSum.NONE));
      } else {
        Query query = field.getType().getFieldTermQuery(null, field, keyword);
        carriers.add(encoded(EmbeddingSum.of(searcher, both(query, seen), vectors)));
      }
    }
    answer.add(CARRIERS, carriers);
    return answer;
  }

  private static Query both(Query query, Optional<Query> seen) {
    return seen.isEmpty()
        ? query
        : new BooleanQuery.Builder()
            .add(query, BooleanClause.Occur.FILTER)
            .add(seen.get(), BooleanClause.Occur.FILTER)
            .build();
  }

  private EmbeddingSum all(IndexSearcher searcher, String vectors) throws IOException {
    IndexReader.CacheHelper helper = searcher.getIndexReader().getReaderCacheHelper();
    Kept last = kept.get(vectors);
    if (helper != null && last != null && last.state().equals(helper.getKey())) {
      return last.sum();
    }
    EmbeddingSum sum = EmbeddingSum.of(searcher, new MatchAllDocsQuery(), vectors);
    if (helper != null) {
      kept.put(vectors, new Kept(helper.getKey(), sum));
    }
    return sum;
  }

  /** Bytes of a sum: its count, then its numbers, in doubles, least byte first. */
  static byte[] encoded(EmbeddingSum sum) {
    ByteBuffer bytes = ByteBuffer.allocate(Double.BYTES * (1 + sum.sum().length));
    bytes.order(ByteOrder.LITTLE_ENDIAN).putDouble((double) sum.count());
    for (double value : sum.sum()) {
      bytes.putDouble(value);
    }
    return bytes.array();
  }

  /** Reads what {@link #encoded} writes. */
  static EmbeddingSum decoded(Object bytes) {
    ByteBuffer buffer = ByteBuffer.wrap((byte[]) bytes).order(ByteOrder.LITTLE_ENDIAN);
    long count = (long) buffer.getDouble();
    double[] sum = new double[buffer.remaining() / Double.BYTES];
    buffer.asDoubleBuffer().get(sum);
    return new EmbeddingSum(sum, count);
  }
}
