package org.seesong.server;

import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What surrounds every request: its id, headers that keep browsers safe, the time it took, a line
 * in the log, and a JSON body for errors of handlers that write none.
 */
final class RequestFrame extends Handler.Wrapper {
  /** The route of all files of the page. */
  static final String PAGE = "page";

  private static final Logger LOG = LoggerFactory.getLogger("org.seesong.server.requests");
  private static final String ID = RequestFrame.class.getName() + ".id";
  private static final String ROUTE = RequestFrame.class.getName() + ".route";
  private static final String HEADER = "X-Request-Id";
  private static final Pattern FROM_PROXY = Pattern.compile("[A-Za-z0-9._-]{8,64}");
  private static final int RADIX = 36;

  private static final String POLICY =
      "default-src 'self'; img-src 'self' blob: data:; frame-ancestors 'none'; base-uri 'none';"
          + " form-action 'self'; object-src 'none'";

  private final ServerMetrics metrics;

  RequestFrame(Handler next, ServerMetrics metrics) {
    super(next);
    this.metrics = metrics;
  }

  /** The id of a request, or a new one for what did not get so far. */
  static String idOf(Request request) {
    Object id = request.getAttribute(ID);
    if (id == null) {
      String given = request.getHeaders().get(HEADER);
      id = given != null && FROM_PROXY.matcher(given).matches() ? given : newId();
      request.setAttribute(ID, id);
    }
    return id.toString();
  }

  static String newId() {
    long number = ThreadLocalRandom.current().nextLong(1L << 60, Long.MAX_VALUE);
    return Long.toString(number, RADIX);
  }

  static void setRoute(Request request, String route) {
    request.setAttribute(ROUTE, route);
  }

  static void putHeaders(HttpFields.Mutable headers, String id) {
    headers.put(HEADER, id);
    headers.put("Content-Security-Policy", POLICY);
    headers.put("Cross-Origin-Opener-Policy", "same-origin");
    headers.put("Referrer-Policy", "no-referrer");
    headers.put("X-Content-Type-Options", "nosniff");
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    String id = idOf(request);
    putHeaders(response.getHeaders(), id);
    long start = System.nanoTime();
    Request.addCompletionListener(
        request, failure -> completed(request, response, start, failure != null));
    return super.handle(request, new WithErrorBody(request, response), callback);
  }

  private void completed(Request request, Response response, long start, boolean broken) {
    long nanos = System.nanoTime() - start;
    Object named = request.getAttribute(ROUTE);
    String route = named == null ? "none" : named.toString();
    int status = broken && !response.isCommitted() ? 500 : response.getStatus();
    metrics.request(request.getMethod(), route, status, nanos);
    if (LOG.isInfoEnabled()) {
      LOG.info(
          "{} {} {} {} {} ms{}",
          idOf(request),
          Log.clean(request.getMethod()),
          route,
          status,
          String.format(Locale.ROOT, "%.1f", nanos / 1e6),
          broken ? " broken off" : "");
    }
  }

  /** Gives an error without a body one in JSON. */
  private static final class WithErrorBody extends Response.Wrapper {
    WithErrorBody(Request request, Response wrapped) {
      super(request, wrapped);
    }

    @Override
    public void write(boolean last, ByteBuffer content, Callback callback) {
      boolean bare =
          last
              && !isCommitted()
              && (content == null || !content.hasRemaining())
              && getStatus() >= 400
              && !getHeaders().contains(HttpHeader.CONTENT_TYPE);
      if (bare) {
        ErrorReplies.write(getRequest(), getWrapped(), callback);
      } else {
        super.write(last, content, callback);
      }
    }
  }
}
