package org.seesong.solr;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.SolrException.ErrorCode;
import org.apache.solr.common.util.ContentStream;
import org.apache.solr.common.util.ContentStreamBase;

/** A picture in a request's body: the body itself or the one file of a form. */
@SuppressWarnings("deprecation") // Solr 9.10 deprecates ContentStream but has nothing in its stead.
final class PictureBody implements NodeEncoder.Source {
  private static final int PART = 1 << 16;

  private final ContentStream stream;
  private final int maxBytes;
  private final Duration timeLimit;

  private PictureBody(ContentStream stream, int maxBytes, Duration timeLimit) {
    this.stream = stream;
    this.maxBytes = maxBytes;
    this.timeLimit = timeLimit;
  }

  /**
   * The body's picture, if there is a body that is none of Solr's JSON.
   *
   * @param maxBytes how large it may be
   * @param timeLimit how long it may take to come
   */
  static Optional<PictureBody> of(
      Iterable<ContentStream> streams, int maxBytes, Duration timeLimit) {
    List<ContentStream> found = new ArrayList<>();
    if (streams != null) {
      streams.forEach(found::add);
    }
    if (found.stream().anyMatch(PictureBody::isElsewhere)) {
      // Before its type is looked at: Solr would fetch what is said to be JSON.
      throw new SolrException(
          ErrorCode.BAD_REQUEST,
          "the server does not read files or addresses for a picture; send it in the body");
    }
    found.removeIf(stream -> stream.getSize() != null && stream.getSize() == 0);
    if (found.isEmpty() || found.stream().allMatch(PictureBody::isJson)) {
      return Optional.empty();
    }
    if (found.size() > 1) {
      throw new SolrException(
          ErrorCode.BAD_REQUEST, "a request must have one picture; got " + found.size() + " files");
    }
    return Optional.of(new PictureBody(found.get(0), maxBytes, timeLimit));
  }

  private static boolean isElsewhere(ContentStream stream) {
    return stream instanceof ContentStreamBase.URLStream
        || stream instanceof ContentStreamBase.FileStream;
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
    long start = System.nanoTime();
    try (InputStream in = stream.getStream()) {
      return read(in, start);
    } catch (IOException e) {
      // The server gives up on a sender that is silent for long.
      if (e instanceof InterruptedIOException || e.getCause() instanceof TimeoutException) {
        throw tooSlow("stopped coming: " + e.getMessage());
      }
      throw e;
    }
  }

  /** A body that trickles in would keep an encoder busy for as long as it likes. */
  private byte[] read(InputStream in, long start) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] part = new byte[PART];
    for (int read = in.read(part); read >= 0; read = in.read(part)) {
      bytes.write(part, 0, read);
      if (bytes.size() > maxBytes) {
        throw tooLarge(maxBytes, "more came");
      }
      if (System.nanoTime() - start > timeLimit.toNanos()) {
        throw tooSlow(
            "must come within " + timeLimit.toMillis() + " ms; " + bytes.size() + " bytes came");
      }
    }
    return bytes.toByteArray();
  }

  private static StatusException tooSlow(String what) {
    return new StatusException(StatusException.TIMEOUT, "the picture " + what);
  }

  static StatusException tooLarge(int maxBytes, String what) {
    return new StatusException(
        StatusException.TOO_LARGE, "a picture must have at most " + maxBytes + " bytes; " + what);
  }
}
