package org.seesong.server;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.MimeTypes;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Fields;

/**
 * A request that met a route.
 *
 * @param segments what stands for the braces in the route's path, decoded
 */
record Call(Request request, List<String> segments, RequestBody.Reader bodies) {
  /** What the body is, in lower case and without parameters; "" if nothing says. */
  String contentType() {
    String type = fullContentType();
    int end = type.indexOf(';');
    return (end < 0 ? type : type.substring(0, end)).strip().toLowerCase(Locale.ROOT);
  }

  String fullContentType() {
    HttpField field = request.getHeaders().getField(HttpHeader.CONTENT_TYPE);
    return field == null || field.getValue() == null ? "" : field.getValue();
  }

  /** Refuses JSON that says that it is not in UTF-8. */
  static void requireUtf8(String contentType) {
    String charset = MimeTypes.getCharsetFromContentType(contentType);
    if (charset != null
        && !charset.equalsIgnoreCase("utf-8")
        && !charset.equalsIgnoreCase("us-ascii")) {
      throw new ApiException(
          415, "type-unsupported", "JSON must be in UTF-8; got: charset " + Log.clean(charset));
    }
  }

  String header(String name) {
    String value = request.getHeaders().get(name);
    return value == null ? "" : value;
  }

  /** Parameters of the address in order. */
  Map<String, List<String>> parameters() {
    Fields fields;
    try {
      fields = Request.extractQueryParameters(request, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw ApiException.invalid(
          "the query of the address cannot be read; write it in UTF-8 with %-escapes");
    }
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    for (Fields.Field field : fields) {
      parameters.put(field.getName(), field.getValues());
    }
    return parameters;
  }

  /** Reads a body with pictures whole, of as many bytes as the server's owner allows. */
  RequestBody pictures(long most) {
    return bodies.read(
        request, most, "send a smaller picture, or raise the limit with --max-upload-bytes");
  }

  /**
   * Reads a body of JSON whole.
   *
   * @throws ApiException if it is of another charset than UTF-8, or as {@link RequestBody.Reader}
   */
  RequestBody json(long most) {
    requireUtf8(fullContentType());
    return bodies.read(request, most, "this is the most for JSON here");
  }
}
