package org.seesong.solr;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.SolrException.ErrorCode;

/**
 * Pictures that the server fetches itself. Only from addresses that the handler's {@code
 * urlAllowList} names: scheme, host, port and the start of the path must agree. Redirects are not
 * followed, for they lead elsewhere. A host that is listed by its name must have public addresses
 * only, and the connection goes to the address that was looked at. Without a list nothing is
 * fetched. Safe for any number of threads.
 */
final class PictureUrls {
  private static final Duration CONNECT = Duration.ofSeconds(5);

  private final List<URI> allowed;
  private final boolean privateAddresses;
  private final int maxBytes;
  private final Duration timeLimit;
  private final Names names;

  /**
   * Addresses to fetch from.
   *
   * @param allowed their addresses; none to fetch nothing
   * @param privateAddresses whether hosts may have addresses of this machine and its network
   * @param maxBytes how large a picture may be
   * @param timeLimit how long a picture may take to come
   */
  PictureUrls(List<String> allowed, boolean privateAddresses, int maxBytes, Duration timeLimit) {
    this(allowed, privateAddresses, maxBytes, timeLimit, InetAddress::getAllByName);
  }

  /** Looks names up as a test says. */
  PictureUrls(
      List<String> allowed,
      boolean privateAddresses,
      int maxBytes,
      Duration timeLimit,
      Names names) {
    this.privateAddresses = privateAddresses;
    this.names = names;
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
  }

  /** Looks up the addresses of a host. */
  interface Names {
    InetAddress[] addresses(String host) throws UnknownHostException;
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

  /** The address to connect to, looked up once. */
  private InetAddress address(URI uri) throws UnknownHostException {
    InetAddress[] addresses = names.addresses(uri.getHost());
    for (InetAddress address : addresses) {
      if (!mayBeAsked(uri, address)) {
        throw new SolrException(
            ErrorCode.BAD_REQUEST,
            ImageRequest.URL
                + " '"
                + uri
                + "' leads to "
                + address.getHostAddress()
                + ", which is no public address; an operator may list the address itself instead of"
                + " the name, or set urlPrivateAddresses");
      }
    }
    return addresses[0];
  }

  private boolean mayBeAsked(URI uri, InetAddress address) {
    return isLiteral(uri.getHost())
        || PublicAddresses.isPublic(address)
        || (privateAddresses && PublicAddresses.isPrivate(address));
  }

  /** Whether the list names an address rather than a host. */
  private static boolean isLiteral(String host) {
    return host.startsWith("[") || host.matches("\\d+(\\.\\d+){3}");
  }

  /** Reads until the end, or until time is over: a server may stop at any point of its answer. */
  private byte[] fetch(URI uri) throws IOException {
    CompletableFuture<Void> over = new CompletableFuture<>();
    try {
      HttpURLConnection connection = PinnedConnection.open(uri, address(uri));
      connection.setInstanceFollowRedirects(false);
      connection.setUseCaches(false);
      connection.setConnectTimeout((int) Math.min(CONNECT.toMillis(), timeLimit.toMillis()));
      connection.setReadTimeout((int) timeLimit.toMillis());
      connection.setRequestProperty("Connection", "close");
      CompletableFuture<Void> unused =
          over.orTimeout(timeLimit.toNanos(), TimeUnit.NANOSECONDS)
              .whenComplete((done, late) -> connection.disconnect());
      return read(uri, connection);
    } catch (IOException e) {
      if (over.isCompletedExceptionally() || e instanceof SocketTimeoutException) {
        throw new StatusException(
            StatusException.TIMEOUT,
            ImageRequest.URL
                + " '"
                + uri
                + "' is too slow: no end within "
                + timeLimit.toMillis()
                + " ms");
      }
      throw new SolrException(
          ErrorCode.BAD_REQUEST, ImageRequest.URL + " '" + uri + "' gives no picture: " + e, e);
    } finally {
      over.complete(null);
    }
  }

  private byte[] read(URI uri, HttpURLConnection connection) throws IOException {
    int status = connection.getResponseCode();
    if (status != HttpURLConnection.HTTP_OK) {
      throw new SolrException(
          ErrorCode.BAD_REQUEST,
          ImageRequest.URL
              + " '"
              + uri
              + "' answers "
              + status
              + (status / 100 == 3 ? "; redirects are not followed" : ""));
    }
    try (InputStream in = connection.getInputStream()) {
      byte[] bytes = in.readNBytes(maxBytes);
      if (in.read() >= 0) {
        throw PictureBody.tooLarge(maxBytes, "'" + uri + "' has more");
      }
      return bytes;
    }
  }
}
