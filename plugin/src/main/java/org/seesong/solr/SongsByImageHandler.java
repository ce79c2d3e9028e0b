package org.seesong.solr;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.solr.client.solrj.SolrRequest.SolrRequestType;
import org.apache.solr.common.SolrDocumentList;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.SolrException.ErrorCode;
import org.apache.solr.common.params.CommonParams;
import org.apache.solr.common.params.HighlightParams;
import org.apache.solr.common.params.ModifiableSolrParams;
import org.apache.solr.common.params.ShardParams;
import org.apache.solr.common.params.SolrParams;
import org.apache.solr.common.util.NamedList;
import org.apache.solr.common.util.SimpleOrderedMap;
import org.apache.solr.common.util.Utils;
import org.apache.solr.core.PluginInfo;
import org.apache.solr.core.SolrCore;
import org.apache.solr.request.SolrQueryRequest;
import org.apache.solr.request.SolrQueryRequestBase;
import org.apache.solr.request.json.RequestUtil;
import org.apache.solr.response.SolrQueryResponse;
import org.apache.solr.search.QueryParsing;
import org.apache.solr.security.AuthorizationContext;
import org.apache.solr.security.PermissionNameProvider;
import org.apache.solr.util.circuitbreaker.CircuitBreakerRegistry;
import org.apache.solr.util.circuitbreaker.CircuitBreakerUtils;
import org.apache.solr.util.plugin.PluginInfoInitialized;
import org.apache.solr.util.plugin.SolrCoreAware;
import org.seesong.query.TwoHopQuery;
import org.seesong.select.Confidence;
import org.seesong.solr.TwoHopResponse.Anchor;
import org.seesong.solr.TwoHopResponse.PickedSong;

/**
 * Answers "which songs fit this picture?" inside Solr: one picture, words or both in, an ordinary
 * search result over songs out, with {@code anchors} (the pictures of the index that led there) and
 * {@code why}.
 *
 * <p>The node that gets a request encodes the picture and the words once. Hop one asks all shards
 * of the picture collection, hop two each shard of the song collection once, and both are merged as
 * the library merges them. Then Solr searches the picked songs, with everything else that the
 * request says.
 *
 * <p>Arguments of the handler, all optional:
 *
 * <ul>
 *   <li>{@code encoder}: {@code none} (the default: clients send vectors), {@code descriptor}, or a
 *       model of this node; {@code models}: the folder of models, else that of {@code seesong.home}
 *   <li>{@code encoderQueue}, {@code encoderTimeLimitMillis}: pictures under way at most on this
 *       node (32), and how long one may take to come, to wait and to encode, each (30,000)
 *   <li>{@code maxBytes}, {@code maxPixels}: the largest picture taken
 *   <li>{@code urlAllowList}: where the server may fetch pictures; nowhere by default; {@code
 *       urlPrivateAddresses}: whether hosts listed by name may have private addresses (false)
 *   <li>{@code confidence}: how sure answers are, as a build fitted it; 'seesong push' writes it
 *   <li>{@code fields}: names of fields, where they are not ours
 * </ul>
 *
 * <p>Safe for any number of threads.
 */
public final class SongsByImageHandler extends MeteredHandler
    implements SolrCoreAware, PluginInfoInitialized, PermissionNameProvider {
  private static final String RETRY_AFTER = "Retry-After";
  private static final String RETRY_SECONDS = "1";

  private final PickedSearch search = new PickedSearch();
  private HandlerSettings settings;
  private QueryPictures pictures;
  private QueryWords words;
  private ShardSearch shardSearch;

  /** For Solr, which calls {@link #init} next. */
  public SongsByImageHandler() {}

  @Override
  public void init(PluginInfo info) {
    super.init(info.initArgs);
    search.init(info);
    settings = HandlerSettings.from(info.initArgs);
    shardSearch =
        new ShardSearch(
            settings.fields(), SolrParams.wrapAppended(wrapped(invariants), wrapped(appends)));
    pictures = new QueryPictures(settings);
    words = new QueryWords(settings);
  }

  private static SolrParams wrapped(SolrParams given) {
    return given == null ? new ModifiableSolrParams() : given;
  }

  @Override
  public void inform(SolrCore core) {
    search.inform(core);
    pictures.open(core);
  }

  @Override
  int encodesUnderWay() {
    return pictures.underWay();
  }

  @Override
  public void handleRequestBody(SolrQueryRequest request, SolrQueryResponse response)
      throws Exception {
    HopParams.refuseFromOutside(request.getParams());
    if (request.getParams().get(HopParams.HOP) != null) {
      response.add(HopParams.HOP, shardSearch.answer(request));
      return;
    }
    Optional<PictureBody> body =
        PictureBody.of(
            request.getContentStreams(), settings.limits().maxBytes(), settings.timeLimit());
    if (body.isPresent()) {
      // Solr's search would take it for JSON.
      ((SolrQueryRequestBase) request).setContentStreams(null);
    }
    // Again from the start, for what JSON says comes before the handler's defaults.
    request.setParams(request.getOriginalParams());
    RequestUtil.processParams(search, request, defaults, appends, invariants);
    HopParams.refuseFromOutside(request.getParams());
    if (!request.getParams().getBool(ShardParams.IS_SHARD, false)) {
      answer(request, response, body);
    } else if (request.getParams().get(HopParams.PICKS) != null) {
      search.handleRequestBody(request, response);
    } else {
      throw new SolrException(
          ErrorCode.BAD_REQUEST, "'isShard' is for requests between nodes and lacks what they say");
    }
  }

  private void answer(
      SolrQueryRequest request, SolrQueryResponse response, Optional<PictureBody> body)
      throws Exception {
    CircuitBreakerRegistry breakers = request.getCore().getCircuitBreakerRegistry();
    if (breakers.isEnabled(SolrRequestType.QUERY)
        && CircuitBreakerUtils.reportErrorIfBreakersTripped(
            response, breakers.checkTripped(SolrRequestType.QUERY))) {
      return;
    }
    Deadline deadline = Deadline.of(request);
    ImageRequest image = ImageRequest.of(request.getParams(), body.isPresent());
    if (deadline.isOver()) {
      outOfTime(request, response);
      return;
    }
    String path = path(request);
    String other = request.getParams().get(ShardParams.SHARDS_QT, path);
    if (!other.equals(path)) {
      throw new SolrException(
          ErrorCode.BAD_REQUEST,
          "'shards.qt' is not taken, for shards are requested by "
              + path
              + "; got: '"
              + other
              + "'");
    }
    TwoHopCoordinator twoHops =
        new TwoHopCoordinator(
            new ShardClient(request, path, shardSearch), image, settings.confidence(), deadline);
    long start = System.nanoTime();
    Optional<TwoHopQuery.Words> said = words.of(image.words(), request);
    Optional<TwoHopCoordinator.Target> target = target(image, body, response, twoHops);
    long encodeNanos = System.nanoTime() - start;
    if (deadline.isOver()) {
      outOfTime(request, response);
      return;
    }
    resolveFilters(request, image);
    TwoHopResponse found = twoHops.answer(target, said);
    if (found.log().partialPictures() || found.log().partialSongs()) {
      countPartialAnswer();
      tellPartial(request, response, found.log());
    }
    if (deadline.isOver()) {
      outOfTime(request, response);
    } else {
      request.setParams(searchParams(request.getParams(), found, deadline));
      search.handleRequestBody(request, response);
    }
    tell(request.getParams(), response, found, encodeNanos);
  }

  /** Parses filters here, so that ids in them are looked up once and not by every shard. */
  private static void resolveFilters(SolrQueryRequest request, ImageRequest image) {
    ShardSearch.filters(request, CommonParams.FQ);
    if (image.collection().isEmpty()) {
      ShardSearch.filters(request, ShardSearch.PICTURE_FILTER);
    }
  }

  private static String path(SolrQueryRequest request) {
    return (String) request.getContext().get(CommonParams.PATH);
  }

  /** A shard's part of the hops, for query parsers of the same collection. */
  ShardSearch search() {
    return shardSearch;
  }

  private Optional<TwoHopCoordinator.Target> target(
      ImageRequest image,
      Optional<PictureBody> body,
      SolrQueryResponse response,
      TwoHopCoordinator twoHops)
      throws IOException {
    if (image.source().equals(ImageRequest.NONE)) {
      return Optional.empty();
    }
    if (image.source().equals(ImageRequest.ID)) {
      return Optional.of(twoHops.indexed(image.value()));
    }
    if (image.source().equals(ImageRequest.VECTOR)) {
      return Optional.of(QueryPictures.vector(image));
    }
    long start = System.nanoTime();
    try {
      TwoHopCoordinator.Target target = pictures.encode(image, body);
      countEncode(System.nanoTime() - start);
      return Optional.of(target);
    } catch (SolrException e) {
      countRefusal();
      if (e.code() == ErrorCode.SERVICE_UNAVAILABLE.code) {
        response.addHttpHeader(RETRY_AFTER, RETRY_SECONDS);
      }
      throw e;
    }
  }

  /** As Solr itself answers when {@code timeAllowed} is over: with what there is, and a flag. */
  private static void outOfTime(SolrQueryRequest request, SolrQueryResponse response) {
    response.setPartialResults(request);
    response.addResponse(new SolrDocumentList());
  }

  private static void tellPartial(
      SolrQueryRequest request, SolrQueryResponse response, TwoHopResponse.Log log) {
    response.setPartialResults(request);
    NamedList<Object> header = response.getResponseHeader();
    if (header != null) {
      header.add("partialPictures", log.partialPictures());
      header.add("partialSongs", log.partialSongs());
    }
  }

  /** What is left of the request once its songs are known. */
  private static SolrParams searchParams(
      SolrParams given, TwoHopResponse found, Deadline deadline) {
    ModifiableSolrParams params = new ModifiableSolrParams(given);
    for (String name : params.getParameterNames().toArray(String[]::new)) {
      if (name.startsWith("image.")) {
        params.remove(name);
      }
    }
    List<String> ids = found.songs().stream().map(PickedSong::id).toList();
    params.set(HopParams.PICKS, Utils.toJSONString(ids));
    params.set(CommonParams.Q, "*:*");
    params.set(QueryParsing.DEFTYPE, "lucene");
    if (params.get(CommonParams.ROWS) == null) {
      params.set(CommonParams.ROWS, ids.size());
    }
    if (params.get(ShardParams.DISTRIB_SINGLE_PASS) == null && !renamesFields(params)) {
      // The songs are known, so a shard has nothing to send that is not wanted.
      params.set(ShardParams.DISTRIB_SINGLE_PASS, true);
    }
    if (deadline.isSet()) {
      params.set(CommonParams.TIME_ALLOWED, Long.toString(Math.max(1, deadline.remainingMillis())));
    }
    if (found.log().partialSongs() && !found.log().answered().isEmpty()) {
      // Who failed or was late would be again, and has no song in the answer.
      params.set(ShardParams.SHARDS, String.join(",", found.log().answered()));
    }
    if (params.getBool(HighlightParams.HIGHLIGHT, false) && params.get(HighlightParams.Q) == null) {
      highlightKeywords(params, found);
    }
    return params;
  }

  /** Solr loses the key of a document in one pass if {@code fl} gives it another name. */
  private static boolean renamesFields(SolrParams params) {
    String[] lists = params.getParams(CommonParams.FL);
    return lists != null && Arrays.stream(lists).anyMatch(list -> list.indexOf(':') >= 0);
  }

  /** Shows where songs say what the pictures show. */
  private static void highlightKeywords(ModifiableSolrParams params, TwoHopResponse found) {
    List<String> quoted =
        found.songs().stream()
            .flatMap(song -> song.keywords().stream())
            .distinct()
            .map(keyword -> '"' + keyword.replace("\\", "\\\\").replace("\"", "\\\"") + '"')
            .toList();
    if (!quoted.isEmpty()) {
      params.set(HighlightParams.Q, String.join(" OR ", quoted));
      params.set(HighlightParams.QPARSER, "lucene");
    }
  }

  private static void tell(
      SolrParams params, SolrQueryResponse response, TwoHopResponse found, long encodeNanos) {
    found.confidence().ifPresent(sure -> response.add(Confidence.OPTION, sure));
    response.add("anchors", found.anchors().stream().map(Anchor::shown).toList());
    NamedList<Object> why = new SimpleOrderedMap<>();
    boolean withKeywords = found.log().warnings().isEmpty();
    found.songs().forEach(song -> why.add(song.id(), song.shown(withKeywords)));
    response.add("why", why);
    List<String> warnings = new ArrayList<>(found.log().warnings());
    warnings.addAll(found.log().idleBoosts());
    if (!warnings.isEmpty() && response.getResponseHeader() != null) {
      response.getResponseHeader().add("warnings", warnings);
    }
    if (params.getBool(ShardParams.SHARDS_INFO, false)) {
      response.add("hops.info", found.log().shards());
    }
    if (response.getValues().get(CommonParams.DEBUG) instanceof NamedList<?> debug) {
      addTiming(debug, found.log().times(encodeNanos));
    }
  }

  @SuppressWarnings("unchecked")
  private static void addTiming(NamedList<?> debug, NamedList<Object> times) {
    ((NamedList<Object>) debug).add("hops", times);
  }

  @Override
  public PermissionNameProvider.Name getPermissionName(AuthorizationContext context) {
    return PermissionNameProvider.Name.READ_PERM;
  }

  @Override
  public String getDescription() {
    return "Songs that fit a picture";
  }
}
