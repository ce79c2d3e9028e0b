package org.seesong.solr;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.search.DisjunctionMaxQuery;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.Query;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.SolrException.ErrorCode;
import org.apache.solr.common.params.ModifiableSolrParams;
import org.apache.solr.common.params.ShardParams;
import org.apache.solr.common.params.SolrParams;
import org.apache.solr.common.util.StrUtils;
import org.apache.solr.request.SolrQueryRequest;
import org.apache.solr.search.QParser;
import org.apache.solr.search.QueryUtils;
import org.apache.solr.search.SyntaxError;
import org.seesong.index.IndexLayout;
import org.seesong.vector.FloatVector;
import org.seesong.vector.VectorSpace;

/**
 * What {@code {!image}} and {@code {!songsNear}} have in common: documents whose vectors are near
 * some points, by Lucene's graph, with the score 1/(1 + d^2) of the nearest point. Points come as
 * vectors or as ids of documents, which are looked up once for all shards.
 */
final class NearQParser extends QParser {
  private static final String VECTOR = "vec";
  private static final String ID = "id";
  private static final String FIELD = "f";
  private static final String COUNT = "k";
  private static final String HANDLER = "handler";
  private static final int MAX_POINTS = 100;
  private static final int MAX_COUNT = 10_000;

  private final Kind kind;

  /** Which of the two it is: its field unless told, what its spaces are made by. */
  record Kind(String parser, String field, String maker, boolean graph) {}

  NearQParser(
      Kind kind, String text, SolrParams local, SolrParams params, SolrQueryRequest request) {
    super(text, local, params, request);
    this.kind = kind;
  }

  @Override
  public Query parse() throws SyntaxError {
    String field = local(FIELD, kind.field());
    String collection = ShardSearch.collection(req);
    VectorSpaceField vectors = Fields.vectors(req.getSchema(), field, collection);
    int count = localParams == null ? 100 : localParams.getInt(COUNT, 100);
    if (count < 1 || count > MAX_COUNT) {
      throw refusal("'k' must be 1 to " + MAX_COUNT + "; got: " + count);
    }
    List<Query> queries = new ArrayList<>();
    try {
      Query filter = filter();
      for (TwoHopCoordinator.Target point : points()) {
        Fields.check(point.space(), vectors, kind.maker(), collection);
        float[] target = vectors.embedding(point.vector(), point.space()).values();
        queries.add(new KnnFloatVectorQuery(field, target, count, filter));
      }
    } catch (IOException e) {
      throw new SolrException(ErrorCode.SERVER_ERROR, e);
    }
    return queries.size() == 1 ? queries.get(0) : new DisjunctionMaxQuery(queries, 0);
  }

  /** As Solr's own vector query does: as the main query it finds its number within the filters. */
  private Query filter() throws SyntaxError, IOException {
    if (isFilter() || recurseCount > 0) {
      return null;
    }
    List<Query> filters = QueryUtils.parseFilterQueries(req);
    filters = filters.stream().filter(query -> query != null).toList();
    return filters.isEmpty() ? null : req.getSearcher().getDocSet(filters).makeQuery();
  }

  private List<TwoHopCoordinator.Target> points() throws IOException {
    String vectors = local(VECTOR, "");
    String ids = local(ID, "");
    if (vectors.isEmpty() == ids.isEmpty()) {
      throw refusal("needs 'vec', vectors, or 'id', documents, and not both");
    }
    List<String> values = StrUtils.splitSmart(vectors + ids, ",", true);
    if (values.size() > MAX_POINTS) {
      throw refusal("takes at most " + MAX_POINTS + " points; got: " + values.size());
    }
    List<String> trimmed = values.stream().map(String::trim).toList();
    return vectors.isEmpty() ? indexed(trimmed) : trimmed.stream().map(this::given).toList();
  }

  private TwoHopCoordinator.Target given(String text) {
    FloatVector vector = HopParams.decode("'vec' of {!" + kind.parser() + "}", text);
    if (vector.norm() > IndexLayout.MAX_NORM) {
      throw refusal(
          "'vec' must have a length of at most "
              + IndexLayout.MAX_NORM
              + "; got: "
              + vector.norm());
    }
    String space = local(kind.maker(), "");
    if (space.isEmpty()) {
      throw refusal(
          "needs '" + kind.maker() + "', the id of the " + kind.maker() + " that made the vector");
    }
    try {
      return new TwoHopCoordinator.Target(vector, new VectorSpace(space, vector.dimension()));
    } catch (IllegalArgumentException e) {
      throw refusal(e.getMessage());
    }
  }

  /**
   * Vectors of documents. The node that got the request asks all shards once and puts what they say
   * among the request's parameters, where shards find it.
   */
  private List<TwoHopCoordinator.Target> indexed(List<String> ids) throws IOException {
    String path = local(HANDLER, "/songs-by-image");
    if (!(req.getCore().getRequestHandler(path) instanceof SongsByImageHandler handler)) {
      throw refusal("looks ids up by the handler '" + path + "', which this collection lacks");
    }
    Map<String, TwoHopCoordinator.Target> points = new HashMap<>();
    if (req.getParams().getBool(ShardParams.IS_SHARD, false)) {
      ids.forEach(id -> points.put(id, sent(path, id)));
    } else {
      lookUp(path, handler, ids, points);
    }
    return ids.stream().map(points::get).toList();
  }

  private TwoHopCoordinator.Target sent(String path, String id) {
    String name = HopParams.point(path, id, kind.graph());
    String text = req.getParams().get(name);
    if (text == null) {
      throw refusal(
          "looks ids up where a request arrives, which does not read this parameter ('facet.query',"
              + " or 'image.fq' of another collection); give 'vec' instead of 'id', or use a JSON"
              + " facet");
    }
    return HopParams.decodeTarget(name, text);
  }

  private void lookUp(
      String path,
      SongsByImageHandler handler,
      List<String> ids,
      Map<String, TwoHopCoordinator.Target> points)
      throws IOException {
    @SuppressWarnings("unchecked")
    Map<String, TwoHopCoordinator.Target> known =
        (Map<String, TwoHopCoordinator.Target>)
            req.getContext().computeIfAbsent(NearQParser.class.getName(), first -> new HashMap<>());
    List<String> unknown =
        ids.stream()
            .distinct()
            .filter(id -> !known.containsKey(HopParams.point(path, id, kind.graph())))
            .toList();
    if (!unknown.isEmpty()) {
      List<TwoHopCoordinator.Target> found =
          new IndexedVectors(new ShardClient(req, path, handler.search()), "", Deadline.of(req))
              .get("{!" + kind.parser() + "}", unknown, kind.graph());
      ModifiableSolrParams params = new ModifiableSolrParams(req.getParams());
      for (int i = 0; i < found.size(); i++) {
        String name = HopParams.point(path, unknown.get(i), kind.graph());
        known.put(name, found.get(i));
        params.set(name, HopParams.encode(found.get(i)));
      }
      req.setParams(params);
    }
    ids.forEach(id -> points.put(id, known.get(HopParams.point(path, id, kind.graph()))));
  }

  private String local(String name, String otherwise) {
    return localParams == null ? otherwise : localParams.get(name, otherwise);
  }

  private SolrException refusal(String message) {
    return new SolrException(ErrorCode.BAD_REQUEST, "{!" + kind.parser() + "} " + message);
  }
}
