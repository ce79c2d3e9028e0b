package org.seesong.solr;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.SolrException.ErrorCode;

/**
 * Pictures that the server fetches itself. Only from addresses that the handler's {@code
 * urlAllowList} names: scheme, host, port and the start of the path must agree. Redirects are not
 * followed, for they lead elsewhere. Without a list nothing is fetched. Safe for any number of
 * threads.
 *
 * <p>All share one client, whose threads end when it is closed (from Java 21 on) or collected.
 */
final class PictureUrls implements Closeable {
  private static final Duration CONNECT = Duration.ofSeconds(5);

  private final List<URI> allowed;
  private final int maxBytes;
  private final Duration timeLimit;

  /** There if anything may be fetched. */
  private final Optional<HttpClient> client;

  /**
   * Addresses to fetch from.
   *
   * @param allowed their addresses; none to fetch nothing
   * @param maxBytes how large a picture may be
   * @param timeLimit how long a picture may take to come
   */
  PictureUrls(List<String> allowed, int maxBytes, Duration timeLimit) {
    this.maxBytes = maxBytes;
    this.timeLimit = timeLimit;
    List<URI> bases = new ArrayList<>();
    for (String text : allowed) {
      URI base = parse(text, ErrorCode.SERVER_ERROR, "urlAllowList");
      if (base.getPath() == null || !base.getPath().endsWith("/")) {
        throw new SolrException(
            ErrorCode.SERVER_ERROR, "urlAllowList must name folders that end in '/': " + text);
      }
      bases.add(base);
    }
    this.allowed = List.copyOf(bases);
    this.client =
        bases.isEmpty()
            ? Optional.empty()
            : Optional.of(
                HttpClient.newBuilder()
                    .connectTimeout(CONNECT)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .build());
  }

  private static URI parse(String text, ErrorCode code, String what) {
    try {
      URI uri = URI.create(text).normalize();
      boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      if (web && uri.getHost() != null && uri.getUserInfo() == null) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      throw new SolrException(code, what + ": " + e.getMessage(), e);
    }
    throw new SolrException(code, what + " must be http(s)://host/...; got: '" + text + "'");
  }

  NodeEncoder.Source source(String text) {
    if (allowed.isEmpty()) {
      throw new SolrException(
          ErrorCode.BAD_REQUEST,
          ImageRequest.URL
              + " is off: this server fetches no pictures; send the picture in the body");
    }
    URI uri = parse(text, ErrorCode.BAD_REQUEST, ImageRequest.URL);
    if (allowed.stream().noneMatch(base -> isBelow(uri, base))) {
      throw new SolrException(
          ErrorCode.BAD_REQUEST, ImageRequest.URL + " is not in this server's list: '" + uri + "'");
    }
    return () -> fetch(uri);
  }

  private static boolean isBelow(URI uri, URI base) {
    return uri.getScheme().equals(base.getScheme())
        && uri.getHost().equalsIgnoreCase(base.getHost())
        && uri.getPort() == base.getPort()
        && Objects.toString(uri.getPath(), "").startsWith(base.getPath())
        && !uri.getPath().contains("..");
  }

  private byte[] fetch(URI uri) throws IOException {
    HttpRequest request = HttpRequest.newBuilder(uri).timeout(timeLimit).build();
    long end = System.nanoTime() + timeLimit.toNanos();
    HttpResponse<InputStream> response;
    try {
      response = client.orElseThrow().send(request, BodyHandlers.ofInputStream());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StatusException(
          ErrorCode.SERVICE_UNAVAILABLE.code, "interrupted while fetching " + uri);
    } catch (HttpTimeoutException e) {
      throw tooSlow(uri, e.getMessage());
    } catch (IOException e) {
      throw new SolrException(
          ErrorCode.BAD_REQUEST, ImageRequest.URL + " '" + uri + "' gives no picture: " + e, e);
    }
    try (InputStream in = response.body()) {
      if (response.statusCode() != 200) {
        throw new SolrException(
            ErrorCode.BAD_REQUEST,
            ImageRequest.URL
                + " '"
                + uri
                + "' answers "
                + response.statusCode()
                + (response.statusCode() / 100 == 3 ? "; redirects are not followed" : ""));
      }
      return body(uri, in, end);
    }
  }

  /** The client's own limit ends with the headers, so what follows has an end set here. */
  private byte[] body(URI uri, InputStream in, long end) throws IOException {
    CompletableFuture<Void> over = new CompletableFuture<>();
    CompletableFuture<Void> unused =
        over.orTimeout(Math.max(1, end - System.nanoTime()), TimeUnit.NANOSECONDS)
            .whenComplete((done, late) -> closeIfLate(in, late));
    try {
      byte[] bytes = in.readNBytes(maxBytes);
      if (in.read() >= 0) {
        throw PictureBody.tooLarge(maxBytes, "'" + uri + "' has more");
      }
      return bytes;
    } catch (IOException e) {
      if (over.isCompletedExceptionally()) {
        throw tooSlow(uri, "no end within " + timeLimit.toMillis() + " ms");
      }
      throw new SolrException(
          ErrorCode.BAD_REQUEST, ImageRequest.URL + " '" + uri + "' breaks off: " + e, e);
    } finally {
      over.complete(null);
    }
  }

  private static void closeIfLate(InputStream in, Throwable late) {
    if (late != null) {
      try {
        in.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Waits for what is under way, where Java's client can be closed. */
  @Override
  public void close() throws IOException {
    if (client.orElse(null) instanceof AutoCloseable closeable) {
      try {
        closeable.close();
      } catch (IOException e) {
        throw e;
      } catch (Exception e) {
        throw new IOException(e);
      }
    }
  }

  private static StatusException tooSlow(URI uri, String what) {
    return new StatusException(
        StatusException.TIMEOUT, ImageRequest.URL + " '" + uri + "' is too slow: " + what);
  }
}
