package org.seesong.solr;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.SolrException.ErrorCode;
import org.seesong.image.BusyException;
import org.seesong.image.EncoderException;
import org.seesong.image.ImageDecoder;
import org.seesong.image.ImageException;
import org.seesong.image.ImageSize;
import org.seesong.image.RgbImage;
import org.seesong.image.SharedEncoder;
import org.seesong.vector.FloatVector;
import org.seesong.vector.VectorSpace;

/**
 * A node's encoder with room for so many requests, from their first byte to their vector: what
 * comes beyond is refused at once, so that pictures cannot fill the memory. Safe for any number of
 * threads.
 */
final class NodeEncoder {
  private final SharedEncoder encoder;
  private final EncoderSettings settings;
  private final Semaphore places;

  /** Decoding is work for the processor; more at once would only share it. */
  private final Semaphore decoders =
      new Semaphore(Runtime.getRuntime().availableProcessors(), true);

  NodeEncoder(SharedEncoder encoder, EncoderSettings settings) {
    this.encoder = encoder;
    this.settings = settings;
    this.places = new Semaphore(settings.queue());
  }

  /** A picture that is yet to be read. */
  interface Source {
    byte[] read() throws IOException;
  }

  VectorSpace space() {
    return new VectorSpace(encoder.id(), encoder.dimension());
  }

  /** Requests between first byte and vector. */
  int underWay() {
    return settings.queue() - places.availablePermits();
  }

  /**
   * Reads, decodes and encodes; refuses with 400, 413 or 503, or says that the node is at fault.
   */
  FloatVector encode(Source source, ImageDecoder decoder) throws IOException {
    if (!places.tryAcquire()) {
      throw new StatusException(
          ErrorCode.SERVICE_UNAVAILABLE.code,
          "encoder '"
              + encoder.id()
              + "' is busy with "
              + settings.queue()
              + " pictures; retry in a moment");
    }
    try {
      RgbImage picture = decode(source.read(), decoder);
      return new FloatVector(encoder.encode(List.of(picture)));
    } catch (ImageException e) {
      throw new SolrException(ErrorCode.BAD_REQUEST, e.getMessage(), e);
    } catch (BusyException e) {
      throw new StatusException(ErrorCode.SERVICE_UNAVAILABLE.code, e.getMessage());
    } catch (IllegalStateException e) {
      throw new StatusException(
          ErrorCode.SERVICE_UNAVAILABLE.code, "this node is stopping: " + e.getMessage());
    } catch (EncoderException e) {
      throw new SolrException(ErrorCode.SERVER_ERROR, e.getMessage(), e);
    } finally {
      places.release();
    }
  }

  private RgbImage decode(byte[] bytes, ImageDecoder decoder) throws IOException {
    try {
      if (!decoders.tryAcquire(settings.timeLimit().toMillis(), TimeUnit.MILLISECONDS)) {
        throw new StatusException(
            ErrorCode.SERVICE_UNAVAILABLE.code, "this node is busy decoding pictures; retry soon");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StatusException(
          ErrorCode.SERVICE_UNAVAILABLE.code, "interrupted while a picture waited");
    }
    try {
      ImageSize size = ImageSize.square(encoder.inputSize());
      return decoder.decode(bytes, "picture", List.of(size)).get(0);
    } finally {
      decoders.release();
    }
  }

  void close() {
    encoder.close();
  }
}
