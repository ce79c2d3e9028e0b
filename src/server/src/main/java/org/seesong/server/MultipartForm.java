package org.seesong.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.MultiPart;
import org.eclipse.jetty.http.MultiPartConfig;
import org.eclipse.jetty.http.MultiPartFormData;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.Attributes;
import org.seesong.query.TwoHopQuery;

/**
 * A form of pictures and perhaps a request.
 *
 * @param pictures in order, by the names that messages call them
 * @param request JSON; empty if there is none
 */
record MultipartForm(Map<String, byte[]> pictures, byte[] request) {
  private static final int MAX_HEADERS = 8192;

  /** Parses a form; it is in memory, so nothing is waited for. */
  static MultipartForm parse(byte[] body, String contentType) throws IOException {
    MultiPartConfig config =
        new MultiPartConfig.Builder()
            .maxParts(TwoHopQuery.MAX_EXAMPLES + 1)
            .maxSize(body.length)
            .maxPartSize(body.length)
            .maxMemoryPartSize(body.length)
            .maxHeadersSize(MAX_HEADERS)
            .useFilesForPartsWithoutFileName(false)
            .build();
    Content.Source source = Content.Source.from(ByteBuffer.wrap(body));
    try (MultiPartFormData.Parts parts = parts(source, contentType, config)) {
      return read(parts);
    }
  }

  private static MultiPartFormData.Parts parts(
      Content.Source source, String contentType, MultiPartConfig config) {
    try {
      return MultiPartFormData.getParts(source, new Attributes.Mapped(), contentType, config);
    } catch (RuntimeException e) { // of several kinds, and only for what is in the form
      Throwable cause = e instanceof CompletionException ? e.getCause() : e;
      throw ApiException.invalid(
          "the form cannot be read as multipart/form-data ("
              + cause.getMessage()
              + "); send file parts named 'picture' and perhaps a part 'request' with JSON");
    }
  }

  private static MultipartForm read(MultiPartFormData.Parts parts) throws IOException {
    List<byte[]> pictures = new ArrayList<>();
    byte[] request = null;
    for (MultiPart.Part part : parts) {
      String name = part.getName();
      if (name == null) {
        throw ApiException.invalid(
            "a part of the form has no name; name its parts 'picture' or 'request'");
      } else if (name.equals("picture")) {
        pictures.add(bytes(part));
      } else if (name.equals("request") && request == null) {
        Call.requireUtf8(String.valueOf(part.getHeaders().get(HttpHeader.CONTENT_TYPE)));
        request = bytes(part);
      } else if (name.equals("request")) {
        throw ApiException.invalid("the form has several parts 'request'; send one");
      } else {
        Fields.requireKnown(name, "the form", List.of("picture", "request"));
      }
    }
    return new MultipartForm(SearchApi.named(pictures), request == null ? new byte[0] : request);
  }

  private static byte[] bytes(MultiPart.Part part) throws IOException {
    ByteBuffer buffer = Content.Source.asByteBuffer(part.getContentSource());
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }
}
