package org.seesong.server;

import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** Errors that Jetty finds, in the form of ours. */
final class ErrorReplies extends ErrorHandler {
  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    if (request.getAttribute(ERROR_EXCEPTION) instanceof HttpException refusal) {
      response.setStatus(refusal.getCode());
    }
    write(request, response, callback);
    return true;
  }

  /** Writes the error that a response's status says. */
  static void write(Request request, Response response, Callback callback) {
    String id = RequestFrame.idOf(request);
    RequestFrame.putHeaders(response.getHeaders(), id);
    int status = response.getStatus();
    if (status == 503 || status == 429) {
      response.getHeaders().put(HttpHeader.RETRY_AFTER, "1");
    }
    ApiHandler.write(Reply.error(status, code(status), message(status), id), response, callback);
  }

  private static String code(int status) {
    return switch (status) {
      case 404 -> "address-unknown";
      case 405 -> "method-not-allowed";
      case 408 -> "request-slow";
      case 413 -> "upload-too-large";
      case 429, 503 -> "overloaded";
      case 505 -> "request-invalid";
      default -> status < 500 ? "request-invalid" : "internal";
    };
  }

  private static String message(int status) {
    return switch (status) {
      case 404 -> "there is nothing at this address; /openapi.json lists what is";
      case 408 -> "the request did not arrive in time";
      case 413 ->
          "the request is too large; send a smaller picture, or raise the limit with"
              + " --max-upload-bytes";
      case 414, 431 -> "the address or the headers are too long; put options into a JSON request";
      case 505 -> "this server speaks HTTP/1.1 and 1.0";
      case 429, 503 -> "the server is busy or stopping; retry in a moment";
      default ->
          status < 500
              ? "the request is no HTTP that this server reads"
              : "the server failed; its log says more";
    };
  }
}
