package org.seesong.solr;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.SolrException.ErrorCode;
import org.apache.solr.common.util.ContentStream;
import org.apache.solr.common.util.ContentStreamBase;

/** A picture in a request's body: the body itself or the one file of a form. */
@SuppressWarnings("deprecation") // Solr 9.10 deprecates ContentStream but has nothing in its stead.
final class PictureBody implements NodeEncoder.Source {
  private static final int PART = 1 << 16;
  private static final long MAX_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final ContentStream stream;
  private final int maxBytes;

  private PictureBody(ContentStream stream, int maxBytes) {
    this.stream = stream;
    this.maxBytes = maxBytes;
  }

  /** The body's picture, if there is a body that is none of Solr's JSON. */
  static Optional<PictureBody> of(Iterable<ContentStream> streams, int maxBytes) {
    List<ContentStream> found = new ArrayList<>();
    if (streams != null) {
      streams.forEach(found::add);
    }
    found.removeIf(stream -> stream.getSize() != null && stream.getSize() == 0);
    if (found.isEmpty() || found.stream().allMatch(PictureBody::isJson)) {
      return Optional.empty();
    }
    if (found.size() > 1) {
      throw new SolrException(
          ErrorCode.BAD_REQUEST, "a request must have one picture; got " + found.size() + " files");
    }
    ContentStream stream = found.get(0);
    if (stream instanceof ContentStreamBase.URLStream
        || stream instanceof ContentStreamBase.FileStream) {
      throw new SolrException(
          ErrorCode.BAD_REQUEST,
          "the server does not read files or addresses for a picture; send it in the body");
    }
    return Optional.of(new PictureBody(stream, maxBytes));
  }

  private static boolean isJson(ContentStream stream) {
    String type = stream.getContentType();
    return type != null && type.toLowerCase(Locale.ROOT).contains("/json");
  }

  @Override
  public byte[] read() throws IOException {
    if (stream.getSize() != null && stream.getSize() > maxBytes) {
      throw tooLarge(maxBytes, "its announced size is " + stream.getSize());
    }
    try (InputStream in = stream.getStream()) {
      return read(in);
    }
  }

  /** A body that trickles in would hold its place at the encoder for as long as it likes. */
  private byte[] read(InputStream in) throws IOException {
    long start = System.nanoTime();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] part = new byte[PART];
    for (int read = in.read(part); read >= 0; read = in.read(part)) {
      bytes.write(part, 0, read);
      if (bytes.size() > maxBytes) {
        throw tooLarge(maxBytes, "more came");
      }
      if (System.nanoTime() - start > MAX_NANOS) {
        throw new StatusException(StatusException.TIMEOUT, "the picture came too slowly");
      }
    }
    return bytes.toByteArray();
  }

  static StatusException tooLarge(int maxBytes, String what) {
    return new StatusException(
        StatusException.TOO_LARGE, "a picture must have at most " + maxBytes + " bytes; " + what);
  }
}
