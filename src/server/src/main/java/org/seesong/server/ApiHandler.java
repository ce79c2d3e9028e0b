package org.seesong.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.seesong.io.Digests;
import org.seesong.server.Routes.Route;

/** Answers requests by the routes, and else with the files of the page. */
final class ApiHandler extends Handler.Abstract {
  private static final Set<String> LOCAL_NAMES = Set.of("localhost", "::1", "[::1]");
  private static final Pattern LOCAL_ADDRESS = Pattern.compile("127(\\.[0-9]{1,3}){3}");

  private final Routes routes;
  private final PageFiles page;
  private final RequestBody.Reader bodies;
  private final LiveIndex live;
  private final Optional<byte[]> token;

  /** Whether only this machine's own names are answered to. */
  private final boolean local;

  ApiHandler(Routes routes, LiveIndex live, ServerOptions options) {
    this.routes = routes;
    this.page = new PageFiles();
    this.bodies = new RequestBody.Reader(options.timeLimit());
    this.live = live;
    this.token = options.token().map(ApiHandler::digest);
    this.local = isLocal(options.host()) && !options.forwarded();
  }

  /** Digests have one length, so that comparing them tells nothing of the token's. */
  private static byte[] digest(String token) {
    return Digests.sha256().digest(token.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    String id = RequestFrame.idOf(request);
    Reply reply;
    try {
      reply = reply(request);
    } catch (Throwable e) { // nothing may leave a client without an answer
      ApiException failure = Failure.of(e, indexFolder(), id, this::damage);
      failure.headers().forEach((name, value) -> response.getHeaders().put(name, value));
      reply = Reply.error(failure.status(), failure.code(), failure.getMessage(), id);
      // What did not come in time is not waited for again.
      if (failure.status() == 408 || !bodies.drain(request)) {
        response.getHeaders().put(HttpHeader.CONNECTION, "close");
      }
    }
    write(reply, response, callback);
    return true;
  }

  private Optional<ApiException> damage() {
    try {
      return live.inspect();
    } catch (IOException | RuntimeException e) {
      return Optional.empty(); // closed, or the folder cannot be read: the failure is told itself
    }
  }

  private String indexFolder() {
    try {
      ServedIndex index = live.acquire();
      try {
        return index.finder().read(open -> open.folder().toString());
      } finally {
        live.release(index);
      }
    } catch (IOException | RuntimeException e) {
      return ""; // closed: the message then has no folder either
    }
  }

  static void write(Reply reply, Response response, Callback callback) {
    response.setStatus(reply.status());
    if (!reply.contentType().isEmpty()) {
      response.getHeaders().put(HttpHeader.CONTENT_TYPE, reply.contentType());
    }
    reply.headers().forEach((name, value) -> response.getHeaders().put(name, value));
    if (reply.status() != 204 && reply.status() != 304) {
      response.getHeaders().put(HttpHeader.CONTENT_LENGTH, reply.body().length);
    }
    response.write(true, ByteBuffer.wrap(reply.body()), callback);
  }

  private static boolean isLocal(String host) {
    return LOCAL_NAMES.contains(host) || LOCAL_ADDRESS.matcher(host).matches();
  }

  /**
   * Refuses requests that reach this machine under a foreign name: a page that leads its own name
   * here (DNS rebinding) would be allowed by the browser to read answers.
   */
  private void requireOwnName(Request request) {
    String name = Request.getServerName(request);
    if (local && name != null && !isLocal(name)) {
      throw new ApiException(
          421,
          "host-unknown",
          "this server listens for its own machine alone and is asked for as '"
              + name
              + "'; ask for localhost, or start it with --host, or --behind-proxy");
    }
  }

  private Reply reply(Request request) throws IOException {
    requireOwnName(request);
    String path = request.getHttpURI().getPath();
    if (path == null || !path.startsWith("/")) {
      throw ApiException.invalid("the address must begin with /");
    }
    List<String> segments = Routes.segments(path);
    List<Route> found = routes.of(segments);
    Optional<Route> route = Routes.forMethod(found, request.getMethod());
    route.ifPresent(each -> RequestFrame.setRoute(request, each.path()));
    boolean api = !found.isEmpty() || segments.get(0).equals("api");
    if (api && !request.getMethod().equals("OPTIONS") && !route.map(Route::open).orElse(false)) {
      requireToken(request);
    }
    if (route.isPresent()) {
      Call call = new Call(request, route.get().variables(segments), bodies);
      return route.get().endpoint().reply(call);
    }
    if (!found.isEmpty()) {
      return otherMethod(request, Routes.allow(found));
    }
    return page(request, segments, api);
  }

  private Reply page(Request request, List<String> segments, boolean api) throws IOException {
    Optional<Reply> file =
        api ? Optional.empty() : page.reply(new Call(request, List.of(), bodies), segments);
    if (file.isEmpty()) {
      throw new ApiException(
          404, "address-unknown", "there is nothing at this address; /openapi.json lists what is");
    }
    RequestFrame.setRoute(request, RequestFrame.PAGE);
    return request.getMethod().equals("GET") || request.getMethod().equals("HEAD")
        ? file.get()
        : otherMethod(request, "GET, HEAD, OPTIONS");
  }

  private static Reply otherMethod(Request request, String allow) {
    if (request.getMethod().equals("OPTIONS")) {
      return new Reply(204, "", new byte[0], Map.of("Allow", allow));
    }
    throw new ApiException(
        405, "method-not-allowed", "this address answers " + allow, Map.of("Allow", allow));
  }

  private void requireToken(Request request) {
    if (token.isEmpty()) {
      return;
    }
    String given = request.getHeaders().get(HttpHeader.AUTHORIZATION);
    Map<String, String> challenge = Map.of("WWW-Authenticate", "Bearer");
    if (given == null || !given.regionMatches(true, 0, "Bearer ", 0, 7)) {
      throw new ApiException(
          401,
          "token-missing",
          "this server wants a token; send it as Authorization: Bearer TOKEN",
          challenge);
    }
    if (!MessageDigest.isEqual(digest(given.substring(7).strip()), token.get())) {
      throw new ApiException(401, "token-wrong", "this is not the server's token", challenge);
    }
  }
}
