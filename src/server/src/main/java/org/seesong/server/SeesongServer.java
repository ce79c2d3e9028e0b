package org.seesong.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.URI;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.CrossOriginHandler;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.server.handler.QoSHandler;
import org.eclipse.jetty.server.handler.SizeLimitHandler;
import org.eclipse.jetty.server.handler.StatisticsHandler;
import org.eclipse.jetty.server.handler.ThreadLimitHandler;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.VirtualThreadPool;
import org.seesong.encoder.BatchingOptions;
import org.seesong.encoder.TextEncoder;
import org.seesong.server.Routes.Route;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An HTTP server over an index: searches by pictures, words, keywords and songs, parts of the
 * catalogue, and a page for people. {@code src/docs/server.md} has its requests.
 *
 * <p>Later commits to the folder, and new builds put in its place, are served without a restart.
 * Threads are virtual from Java 21 on, and bounded either way. Safe for any number of threads.
 */
public final class SeesongServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SeesongServer.class);

  /** Requests in work at once, and of one address, and further ones that may wait. */
  private static final int MAX_REQUESTS = 128;

  private static final int MAX_REQUESTS_OF_ADDRESS = 96;
  private static final int MAX_WAITING = 256;
  private static final int MAX_CONNECTIONS = 2048;
  private static final int MAX_THREADS = 200;
  private static final int IDLE_MILLIS = 30_000;

  /** Connections on which nothing is under way are ended so long after a stop was asked for. */
  private static final int STOP_IDLE_MILLIS = 100;

  private final Server server;
  private final ServerConnector connector;
  private final LiveIndex live;
  private final Optional<VoteLog> votes;
  private final ServerMetrics metrics;
  private final Routes routes;
  private final ServerOptions options;

  private SeesongServer(LiveIndex live, Optional<VoteLog> votes, ServerOptions options) {
    this.live = live;
    this.votes = votes;
    this.options = options;
    this.metrics = new ServerMetrics();
    Work work = new Work(options);
    Uploads uploads = new Uploads(options, work);
    this.routes = routes(uploads, work);
    this.server = new Server(threads());
    this.connector = connector();
    server.addConnector(connector);
    server.addBean(new NetworkConnectionLimit(MAX_CONNECTIONS, connector));
    server.setErrorHandler(new ErrorReplies());
    server.setStopTimeout(options.timeLimit().toMillis());
    QoSHandler quality = quality(new ApiHandler(routes, live, options));
    StatisticsHandler statistics = new StatisticsHandler(limitOfAddress(quality));
    Handler inner = new GracefulHandler(statistics);
    server.setHandler(new RequestFrame(crossOrigin(inner), metrics));
    gauges(uploads, work, quality, statistics);
  }

  /**
   * Opens an index and begins to serve it. An encoder that is not installed is no error: see {@link
   * #encoderProblem}.
   *
   * @param folder the folder that a build made, or the folder {@code index} in it
   * @return the server, which accepts requests; to be closed by the caller
   * @throws org.seesong.index.IndexMismatchException if Seesong did not make the index, or in
   *     another layout
   * @throws org.seesong.query.QueryException if the index has no songs that could be found
   * @throws IOException if there is no index or it cannot be read, the port is taken, or the file
   *     of votes cannot be written
   */
  public static SeesongServer start(Path folder, ServerOptions options) throws IOException {
    Encoders.Source models = metadata -> options.models().open(metadata.encoderName());
    return start(folder, options, models, Optional.empty());
  }

  /** The same with encoders of the caller's, who closes that of texts. */
  static SeesongServer start(
      Path folder, ServerOptions options, Encoders.Source images, Optional<TextEncoder> text)
      throws IOException {
    Objects.requireNonNull(folder, "folder");
    Encoders encoders =
        new Encoders(
            images,
            text,
            BatchingOptions.DEFAULT
                .withQueue(options.encoderQueue())
                .withTimeLimit(options.timeLimit()));
    LiveIndex live = new LiveIndex(folder, encoders, options.watchInterval());
    Optional<VoteLog> votes = Optional.empty();
    try {
      if (options.votes().isPresent()) {
        votes = Optional.of(VoteLog.open(options.votes().get()));
      }
      SeesongServer server = new SeesongServer(live, votes, options);
      server.listen();
      return server;
    } catch (IOException | RuntimeException e) {
      live.close();
      if (votes.isPresent()) {
        votes.get().close();
      }
      throw e;
    }
  }

  private void listen() throws IOException {
    try {
      server.start();
    } catch (BindException e) {
      close();
      throw new IOException(portTaken(), e);
    } catch (IOException e) {
      close();
      throw e.getCause() instanceof BindException ? new IOException(portTaken(), e) : e;
    } catch (Exception e) { // what Jetty's life cycle declares
      close();
      throw new IOException("the server cannot start: " + e, e);
    }
  }

  private String portTaken() {
    return "cannot listen on "
        + options.host()
        + ", port "
        + options.port()
        + ": another program does, or this machine has no such address; name another with --port or"
        + " --host";
  }

  private static QueuedThreadPool threads() {
    QueuedThreadPool pool = new QueuedThreadPool(MAX_THREADS);
    pool.setName("seesong-http");
    if (VirtualThreads.areSupported()) {
      VirtualThreadPool virtual = new VirtualThreadPool(MAX_THREADS);
      virtual.setName("seesong-http-virtual");
      pool.addBean(virtual); // else it is never started, and platform threads are taken in silence
      pool.setVirtualThreadsExecutor(virtual);
    }
    return pool;
  }

  private ServerConnector connector() {
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setSendDateHeader(true);
    // Ids may hold slashes, and all paths are split before they are decoded.
    http.setUriCompliance(
        UriCompliance.from(
            EnumSet.of(
                UriCompliance.Violation.AMBIGUOUS_PATH_SEPARATOR,
                UriCompliance.Violation.AMBIGUOUS_PATH_ENCODING,
                UriCompliance.Violation.AMBIGUOUS_EMPTY_SEGMENT,
                UriCompliance.Violation.SUSPICIOUS_PATH_CHARACTERS)));
    ServerConnector made = new ServerConnector(server, new HttpConnectionFactory(http));
    made.setHost(options.host());
    made.setPort(options.port());
    made.setIdleTimeout(IDLE_MILLIS);
    made.setShutdownIdleTimeout(STOP_IDLE_MILLIS);
    return made;
  }

  private QoSHandler quality(Handler next) {
    SizeLimitHandler sizes = new SizeLimitHandler(options.maxUploadBytes(), -1);
    sizes.setHandler(next);
    QoSHandler quality = new QoSHandler(sizes);
    quality.setMaxRequestCount(MAX_REQUESTS);
    quality.setMaxSuspendedRequestCount(MAX_WAITING);
    quality.setMaxSuspend(options.timeLimit());
    return quality;
  }

  private Handler limitOfAddress(Handler next) {
    ThreadLimitHandler limit =
        options.forwarded()
            ? new ThreadLimitHandler("X-Forwarded-For")
            : new ThreadLimitHandler(null, false);
    limit.setThreadLimit(MAX_REQUESTS_OF_ADDRESS);
    limit.setHandler(next);
    return limit;
  }

  private Handler crossOrigin(Handler next) {
    if (options.origins().isEmpty()) {
      return next;
    }
    CrossOriginHandler handler = new CrossOriginHandler();
    handler.setAllowedOriginPatterns(
        options.origins().stream().map(Pattern::quote).collect(Collectors.toSet()));
    handler.setAllowedMethods(Set.of("GET", "HEAD", "POST"));
    handler.setAllowedHeaders(Set.of("Authorization", "Content-Type", "If-None-Match"));
    handler.setExposedHeaders(Set.of("ETag", "Retry-After", "X-Request-Id"));
    handler.setHandler(next);
    return handler;
  }

  private Routes routes(Uploads uploads, Work work) {
    SearchApi search = new SearchApi(live, uploads, work, options.maxUploadBytes());
    CatalogueApi catalogue = new CatalogueApi(live, options);
    MapApi map = new MapApi(live);
    VotesApi voting = new VotesApi(live, votes);
    return new Routes(
        List.of(
            new Route("POST", "/api/search", false, search::search),
            new Route("GET", "/api/info", false, catalogue::info),
            new Route("GET", "/api/keywords", false, catalogue::keywords),
            new Route("GET", "/api/pictures", false, catalogue::samples),
            new Route("GET", "/api/pictures/{id}", false, catalogue::picture),
            new Route("GET", "/api/pictures/{id}/thumbnail", false, catalogue::thumbnail),
            new Route("GET", "/api/songs/{id}", false, catalogue::song),
            new Route("GET", "/api/map", false, map::map),
            new Route("GET", "/api/map/points", false, map::points),
            new Route("GET", "/api/map/points/{id}", false, map::point),
            new Route("GET", "/api/map/place", false, map::place),
            new Route("POST", "/api/votes", false, voting::vote),
            new Route("GET", "/api/health/live", true, call -> health("live")),
            new Route("GET", "/api/health/ready", true, call -> ready()),
            new Route("GET", "/metrics", false, metrics::scrape),
            new Route("GET", "/openapi.json", true, OpenApi::reply)));
  }

  /** While the server stops every request is refused before it gets here. */
  private static Reply health(String status) {
    return Reply.json(Map.of("status", status));
  }

  private Reply ready() throws IOException {
    Optional<ApiException> damage = live.inspect();
    if (damage.isPresent()) {
      throw damage.get();
    }
    return health("ready");
  }

  private void gauges(
      Uploads uploads, Work work, QoSHandler quality, StatisticsHandler statistics) {
    metrics.gauge("seesong.encoder.pictures", "Uploaded pictures in work", work::pictures);
    metrics.gauge("seesong.encoder.waiting", "Pictures that wait for the encoder", this::waiting);
    metrics.gauge("seesong.uploads", "Vectors of uploads remembered", uploads::remembered);
    metrics.gauge("seesong.index.generation", "States of the index served", live::generation);
    metrics.gauge("seesong.index.songs", "Songs of the index", () -> facts().songs());
    metrics.gauge("seesong.index.pictures", "Pictures of the index", () -> facts().pictures());
    metrics.gauge(
        "seesong.http.active", "Requests in work or waiting", statistics::getRequestsActive);
    metrics.gauge(
        "seesong.http.suspended", "Requests that wait", quality::getSuspendedRequestCount);
  }

  private int waiting() {
    return read(index -> index.encoder().map(encoder -> encoder.waiting()).orElse(0));
  }

  private IndexFacts facts() {
    return read(ServedIndex::facts);
  }

  private <T> T read(Function<ServedIndex, T> what) {
    try {
      ServedIndex index = live.acquire();
      try {
        return what.apply(index);
      } finally {
        live.release(index);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where the server answers. */
  public URI uri() {
    String host = options.host();
    String shown =
        host.equals("0.0.0.0") || host.equals("::")
            ? "localhost"
            : host.contains(":") ? "[" + host + "]" : host;
    return URI.create("http://" + shown + ":" + connector.getLocalPort() + "/");
  }

  /** Why pictures from outside cannot be asked by just now; "" if they can. */
  public String encoderProblem() {
    return read(ServedIndex::encoderProblem);
  }

  /** The routes, for a test of what documents them. */
  Routes routes() {
    return routes;
  }

  /** Counts the states of the index that were served, from 1. */
  long generation() {
    return live.generation();
  }

  /** Waits until the server is closed. */
  public void join() throws InterruptedException {
    server.join();
  }

  /**
   * Takes no more requests, lets those in work end, for as long as the time limit, and closes the
   * index. A second call does nothing.
   */
  @Override
  public void close() throws IOException {
    try {
      server.stop();
    } catch (
        Exception e) { // what Jetty's life cycle declares; the rest is to be closed all the same
      LOG.warn("the server did not stop in order: {}", Log.clean(String.valueOf(e)));
    }
    live.close();
    metrics.close();
    if (votes.isPresent()) {
      votes.get().close();
    }
  }
}
