package org.seesong.solr;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.lucene.index.ExitableDirectoryReader;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.FieldExistsQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.util.BytesRefBuilder;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.SolrException.ErrorCode;
import org.apache.solr.common.params.CommonParams;
import org.apache.solr.common.params.SolrParams;
import org.apache.solr.common.util.NamedList;
import org.apache.solr.common.util.SimpleOrderedMap;
import org.apache.solr.core.SolrCore;
import org.apache.solr.request.SolrQueryRequest;
import org.apache.solr.schema.SchemaField;
import org.apache.solr.search.QParser;
import org.apache.solr.search.QueryLimits;
import org.apache.solr.search.SolrIndexSearcher;
import org.apache.solr.search.SyntaxError;
import org.seesong.index.DocumentValues;
import org.seesong.knn.KnnSearcher;
import org.seesong.knn.Neighbour;
import org.seesong.knn.SearchTimeoutException;
import org.seesong.query.TwoHopOptions;
import org.seesong.select.RankFusion;
import org.seesong.solr.DocumentFields.Weighted;
import org.seesong.vector.FloatVector;
import org.seesong.vector.VectorSpace;

/**
 * A shard's part of a hop: neighbours among its own documents. {@link TwoHopCoordinator} reads what
 * is written here. Safe for any number of threads.
 */
final class ShardSearch {
  /** Filters of pictures; apart from {@code fq}, for one collection may hold both kinds. */
  static final String PICTURE_FILTER = "image.fq";

  static final String SPACE_ID = "space";
  static final String SPACE_DIMENSION = "dimension";
  static final String DOCUMENTS = "documents";
  static final String ID = "id";
  static final String DISTANCE = "d2";
  static final String VECTOR = "vector";
  static final String KEYWORDS = "keywords";
  static final String WEIGHTS = "weights";
  static final String OUT_OF_TIME = "outOfTime";

  /** Why a shard cannot tell the keywords of its songs. */
  static final String NO_KEYWORDS = "noKeywords";

  private final Fields fields;
  private final KeywordSums sums;

  /**
   * A search in one collection.
   *
   * @param always filters that the handler adds to every request
   */
  ShardSearch(Fields fields, SolrParams always) {
    this.fields = fields;
    this.sums = new KeywordSums(fields, always);
  }

  /** Does what the request's hop says; says so if time was over before the end. */
  NamedList<Object> answer(SolrQueryRequest request) throws IOException {
    try {
      String hop = request.getParams().required().get(HopParams.HOP);
      return switch (hop) {
        case HopParams.VECTOR -> vector(request);
        case HopParams.PICTURES -> pictures(request);
        case HopParams.SONGS -> songs(request);
        case HopParams.WORDS -> words(request);
        case HopParams.KEYWORDS -> sums.answer(request, searcher(request));
        case HopParams.VERSIONS -> versions(request);
        default -> throw new SolrException(ErrorCode.BAD_REQUEST, "unknown hop '" + hop + "'");
      };
    } catch (SearchTimeoutException | ExitableDirectoryReader.ExitingReaderException e) {
      return outOfTime();
    }
  }

  /** Computes in its turn; filters, which may wait for other nodes, are done before. */
  private static NamedList<Object> inTurn(
      SolrQueryRequest request, NodeProcessors.Task<NamedList<Object>> task) throws IOException {
    return NodeProcessors.of(request.getCoreContainer())
        .compute("searching", Deadline.of(request), task)
        .orElseGet(ShardSearch::outOfTime);
  }

  private static NamedList<Object> outOfTime() {
    NamedList<Object> nothing = new SimpleOrderedMap<>();
    nothing.add(OUT_OF_TIME, true);
    return nothing;
  }

  private NamedList<Object> vector(SolrQueryRequest request) throws IOException {
    List<String> candidates =
        request.getParams().getBool(HopParams.GRAPH, false)
            ? List.of(fields.songNetworkVector(), fields.pictureNetworkVector())
            : List.of(fields.pictureVector());
    IndexSearcher searcher = searcher(request);
    List<NamedList<Object>> documents = new ArrayList<>();
    for (String id : request.getParams().required().getParams(HopParams.ID)) {
      vector(request, searcher, id, candidates).ifPresent(documents::add);
    }
    NamedList<Object> result = new SimpleOrderedMap<>();
    result.add(DOCUMENTS, documents);
    return result;
  }

  /** The first vector that a document has in some fields, if this shard has the document. */
  private static Optional<NamedList<Object>> vector(
      SolrQueryRequest request, IndexSearcher searcher, String id, List<String> candidates)
      throws IOException {
    SchemaField key = request.getSchema().getUniqueKeyField();
    BytesRefBuilder term = new BytesRefBuilder();
    key.getType().readableToIndexed(id, term);
    TopDocs found = searcher.search(new TermQuery(new Term(key.getName(), term.get())), 1);
    for (String field : found.scoreDocs.length == 0 ? List.<String>of() : candidates) {
      FloatVector vector =
          DocumentValues.vector(searcher.getIndexReader(), field, found.scoreDocs[0].doc);
      if (!vector.isEmpty()) {
        NamedList<Object> result = spaceOf(request, field);
        result.add(ID, id);
        result.add(VECTOR, HopParams.bytes(vector));
        return Optional.of(result);
      }
    }
    return Optional.empty();
  }

  private NamedList<Object> pictures(SolrQueryRequest request) throws IOException {
    SolrParams params = request.getParams();
    VectorSpace given = HopParams.space(params);
    String collection = collection(request);
    Fields.check(
        given,
        Fields.vectors(request.getSchema(), fields.pictureVector(), collection),
        "encoder",
        collection);
    List<Query> filters = filters(request, PICTURE_FILTER);
    if (params.getBool(HopParams.CONNECTED, false)) {
      filters.add(new FieldExistsQuery(fields.pictureNetworkVector()));
    }
    List<float[]> target = HopParams.targets(params, given);
    Near near = new Near(fields.pictureVector(), given, target, k(request));
    Optional<Query> filter = filter(request, filters);
    return inTurn(request, () -> pictures(request, near, filter));
  }

  private NamedList<Object> pictures(SolrQueryRequest request, Near near, Optional<Query> filter)
      throws IOException {
    String collection = collection(request);
    IndexSearcher searcher = searcher(request);
    List<Neighbour> nearest = nearest(searcher, request, near, filter).get(0);
    List<NamedList<Object>> documents = new ArrayList<>();
    DocumentFields stored = new DocumentFields(searcher.getIndexReader(), request.getSchema());
    Set<Integer> numbers = numbers(List.of(nearest));
    Map<Integer, FloatVector> embeddings =
        DocumentValues.vectors(searcher.getIndexReader(), fields.pictureNetworkVector(), numbers);
    Map<Integer, List<String>> keywords = stored.inOrder(fields.pictureKeyword(), numbers);
    Map<Integer, Weighted> weighted =
        want(request).contains(HopParams.WEIGHTS)
            ? stored
                .weighted(fields.pictureKeyword(), fields.pictureKeywordWeight(), numbers)
                .orElseThrow(
                    () ->
                        new SolrException(
                            ErrorCode.BAD_REQUEST,
                            "'confidence' of the handler needs stored fields '"
                                + fields.pictureKeyword()
                                + "' and '"
                                + fields.pictureKeywordWeight()
                                + "' in collection '"
                                + collection
                                + "'"))
            : Map.of();
    for (Neighbour picture : nearest) {
      NamedList<Object> document = new SimpleOrderedMap<>();
      document.add(ID, picture.documentId());
      document.add(DISTANCE, picture.squaredDistance());
      document.add(
          VECTOR,
          HopParams.bytes(embeddings.getOrDefault(picture.document(), FloatVector.empty())));
      document.add(KEYWORDS, keywords.getOrDefault(picture.document(), List.of()));
      if (weighted.containsKey(picture.document())) {
        document.add(WEIGHTS, weighted.get(picture.document()).weights());
      }
      documents.add(document);
    }
    NamedList<Object> result = spaceOf(request, fields.pictureNetworkVector());
    result.add(DOCUMENTS, documents);
    return result;
  }

  private static Set<Integer> numbers(List<List<Neighbour>> lists) {
    Set<Integer> numbers = new LinkedHashSet<>();
    lists.forEach(list -> list.forEach(neighbour -> numbers.add(neighbour.document())));
    return numbers;
  }

  private NamedList<Object> songs(SolrQueryRequest request) throws IOException {
    Near near = nearSongs(request);
    Optional<Query> filter = filter(request, filters(request, CommonParams.FQ));
    return inTurn(
        request,
        () -> {
          IndexSearcher searcher = searcher(request);
          return lists(
              searcher, request, nearest(searcher, request, near, filter), Optional.empty());
        });
  }

  /** The request for songs near graph embeddings, a list for each. */
  private Near nearSongs(SolrQueryRequest request) {
    VectorSpace given = HopParams.space(request.getParams());
    String collection = collection(request);
    Fields.check(
        given,
        Fields.vectors(request.getSchema(), fields.songNetworkVector(), collection),
        "embedding",
        collection);
    List<float[]> targets = HopParams.targets(request.getParams(), given);
    return new Near(fields.songNetworkVector(), given, targets, k(request));
  }

  /** As {@link #songs} if there are pictures, and a last list of the songs nearest to words. */
  private NamedList<Object> words(SolrQueryRequest request) throws IOException {
    SolrParams params = request.getParams();
    TwoHopCoordinator.Target words =
        HopParams.decodeTarget(HopParams.TEXT, params.required().get(HopParams.TEXT));
    String collection = collection(request);
    Fields.check(
        words.space(),
        Fields.texts(request.getSchema(), fields.songTextVector(), collection),
        Fields.TEXT_ENCODER,
        collection);
    List<Near> near = new ArrayList<>();
    if (params.get(HopParams.TARGET) != null) {
      near.add(nearSongs(request));
    }
    int k = params.required().getInt(HopParams.TEXT_K);
    float[] target = words.vector().values();
    if (k > 0) {
      near.add(new Near(fields.songTextVector(), words.space(), List.of(target), k));
    }
    Optional<Query> filter = filter(request, filters(request, CommonParams.FQ));
    return inTurn(
        request,
        () -> {
          IndexSearcher searcher = searcher(request);
          List<List<Neighbour>> nearest = new ArrayList<>();
          for (Near each : near) {
            nearest.addAll(nearest(searcher, request, each, filter));
          }
          if (k == 0) {
            nearest.add(List.of());
          }
          return lists(searcher, request, nearest, Optional.of(target));
        });
  }

  /**
   * What hop two sends of songs.
   *
   * @param words from which the distances of songs' text embeddings are told, if any
   */
  private NamedList<Object> lists(
      IndexSearcher searcher,
      SolrQueryRequest request,
      List<List<Neighbour>> nearest,
      Optional<float[]> words)
      throws IOException {
    String collection = collection(request);
    Set<Integer> documents = numbers(nearest);
    Set<String> want = want(request);
    DocumentFields stored = new DocumentFields(searcher.getIndexReader(), request.getSchema());
    Map<Integer, Float> texts =
        words.isPresent()
            ? textDistances(searcher.getIndexReader(), words.get(), documents)
            : Map.of();
    Optional<Map<Integer, Weighted>> weighted =
        want.contains(HopParams.WEIGHTS)
            ? stored.weighted(fields.songKeyword(), fields.songKeywordWeight(), documents)
            : Optional.empty();
    boolean explained = request.getParams().get(HopParams.TARGET) != null;
    Map<Integer, List<String>> keywords =
        explained && weighted.isEmpty()
            ? stored.inAnyOrder(fields.songKeyword(), documents)
            : Map.of();
    if (want.contains(HopParams.ARTIST) && !stored.canRead(fields.songArtist())) {
      throw new SolrException(
          ErrorCode.BAD_REQUEST,
          ImageRequest.MAX_PER_ARTIST
              + " needs the artists of songs, but "
              + unreadable(collection, fields.songArtist(), "songArtist"));
    }
    Map<Integer, List<String>> artists =
        want.contains(HopParams.ARTIST)
            ? stored.inAnyOrder(fields.songArtist(), documents)
            : Map.of();
    Map<Integer, Long> contentKeys =
        DocumentValues.contentKeys(searcher.getIndexReader(), documents);
    Map<Integer, FloatVector> embeddings =
        want.contains(HopParams.EMBEDDING)
            ? DocumentValues.vectors(
                searcher.getIndexReader(), fields.songNetworkVector(), documents)
            : Map.of();
    Map<Integer, Integer> numbers = new HashMap<>();
    List<SongLists.Song> songs = new ArrayList<>();
    List<List<SongLists.Near>> lists = new ArrayList<>();
    for (List<Neighbour> list : nearest) {
      List<SongLists.Near> near = new ArrayList<>();
      for (Neighbour song : list) {
        int document = song.document();
        Integer number = numbers.putIfAbsent(document, songs.size());
        if (number == null) {
          number = songs.size();
          List<String> by = artists.getOrDefault(document, List.of());
          songs.add(
              new SongLists.Song(
                  song.documentId(),
                  weighted
                      .map(all -> all.getOrDefault(document, Weighted.NONE).keywords())
                      .orElse(keywords.getOrDefault(document, List.of())),
                  weighted.map(all -> all.getOrDefault(document, Weighted.NONE).weights()),
                  by.isEmpty() ? "" : by.get(0),
                  contentKeys.getOrDefault(document, 0L),
                  embeddings.getOrDefault(document, FloatVector.empty()),
                  texts.getOrDefault(document, 0f)));
        }
        near.add(new SongLists.Near(number, song.squaredDistance()));
      }
      lists.add(near);
    }
    NamedList<Object> reply = new SongLists(songs, lists).encoded();
    if (explained && !stored.canRead(fields.songKeyword())) {
      reply.add(
          NO_KEYWORDS,
          "'why' lacks keywords, for "
              + unreadable(collection, fields.songKeyword(), "songKeyword"));
    }
    return reply;
  }

  private Map<Integer, Float> textDistances(
      IndexReader reader, float[] words, Set<Integer> documents) throws IOException {
    Map<Integer, FloatVector> vectors =
        DocumentValues.vectors(reader, fields.songTextVector(), documents);
    Map<Integer, Float> distances = new HashMap<>();
    for (int document : documents) {
      FloatVector text = vectors.get(document);
      distances.put(document, text == null ? RankFusion.FARTHEST : text.squaredDistance(words));
    }
    return distances;
  }

  /** For each key, as text, the ids of its songs. */
  private static NamedList<Object> versions(SolrQueryRequest request) throws IOException {
    NamedList<Object> result = new SimpleOrderedMap<>();
    DocumentValues.versions(
            searcher(request),
            HopParams.keys(request.getParams()),
            filter(request, filters(request, CommonParams.FQ)),
            request.getSchema().getUniqueKeyField().getName())
        .forEach((key, ids) -> result.add(Long.toString(key), List.copyOf(ids)));
    return result;
  }

  static Optional<Query> filter(SolrQueryRequest request, List<Query> filters) throws IOException {
    return filters.isEmpty()
        ? Optional.empty()
        : Optional.of(request.getSearcher().getDocSet(filters).makeQuery());
  }

  private static Set<String> want(SolrQueryRequest request) {
    String[] wanted = request.getParams().getParams(HopParams.WANT);
    return wanted == null ? Set.of() : Set.of(wanted);
  }

  private static String unreadable(String collection, String field, String name) {
    return "collection '"
        + collection
        + "' has no field '"
        + field
        + "' of texts in docValues or stored; name one in 'fields' of the handler ("
        + name
        + ")";
  }

  /** The k nearest neighbours in a field of each of some vectors of one space. */
  private record Near(String field, VectorSpace space, List<float[]> targets, int k) {}

  private static int k(SolrQueryRequest request) {
    return request.getParams().required().getInt(HopParams.K);
  }

  private static List<List<Neighbour>> nearest(
      IndexSearcher searcher, SolrQueryRequest request, Near near, Optional<Query> filter)
      throws IOException {
    SolrParams params = request.getParams();
    TwoHopOptions options =
        TwoHopOptions.builder()
            .mode(ImageRequest.mode(params.required().get(HopParams.MODE)))
            .candidates(params.required().getInt(HopParams.CANDIDATES))
            .build();
    SchemaField key = request.getSchema().getUniqueKeyField();
    if (!key.hasDocValues() && !key.isUninvertible()) {
      throw new SolrException(
          ErrorCode.BAD_REQUEST,
          "field '"
              + key.getName()
              + "' of collection '"
              + collection(request)
              + "' needs docValues=\"true\" or uninvertible=\"true\", for the hops read ids");
    }
    KnnSearcher vectors = new KnnSearcher(searcher, near.field(), key.getName());
    VectorSpaceField held = Fields.vectors(request.getSchema(), near.field(), collection(request));
    List<float[]> targets =
        near.targets().stream()
            .map(target -> held.embedding(new FloatVector(target), near.space()).values())
            .toList();
    int candidates = options.candidatesFor(vectors.numbers() * targets.size());
    return vectors.nearest(targets, near.k(), candidates, filter);
  }

  /** Solr's filters of one parameter, to be looked up in its cache. */
  static List<Query> filters(SolrQueryRequest request, String parameter) {
    return filters(request, request.getParams(), parameter);
  }

  /** Solr's filters of one parameter of some. */
  static List<Query> filters(SolrQueryRequest request, SolrParams params, String parameter) {
    List<Query> filters = new ArrayList<>();
    String[] texts = params.getParams(parameter);
    for (String text : texts == null ? new String[0] : texts) {
      if (!text.isBlank()) {
        try {
          QParser parser = QParser.getParser(text, request);
          parser.setIsFilter(true);
          Query filter = parser.getQuery();
          if (filter != null) {
            filters.add(filter);
          }
        } catch (SyntaxError e) {
          throw new SolrException(ErrorCode.BAD_REQUEST, parameter + ": " + e.getMessage(), e);
        }
      }
    }
    return filters;
  }

  /** A searcher over what Solr's sees, on this thread alone and within the request's limits. */
  private static IndexSearcher searcher(SolrQueryRequest request) {
    SolrIndexSearcher solr = request.getSearcher();
    IndexSearcher searcher = new IndexSearcher(solr.getIndexReader());
    searcher.setQueryCache(null);
    QueryLimits limits = QueryLimits.getCurrentLimits();
    if (limits.isLimitsEnabled()) {
      searcher.setTimeout(limits);
    }
    return searcher;
  }

  private static NamedList<Object> spaceOf(SolrQueryRequest request, String field) {
    VectorSpace space = Fields.vectors(request.getSchema(), field, collection(request)).space();
    NamedList<Object> result = new SimpleOrderedMap<>();
    result.add(SPACE_ID, space.id());
    result.add(SPACE_DIMENSION, space.dimension());
    return result;
  }

  /** What messages call a request's collection, or core outside a cloud. */
  static String collection(SolrQueryRequest request) {
    return collection(request.getCore());
  }

  /** What messages call a core's collection, or the core outside a cloud. */
  static String collection(SolrCore core) {
    String name = core.getCoreDescriptor().getCollectionName();
    return name == null ? core.getName() : name;
  }
}
