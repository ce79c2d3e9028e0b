package org.seesong.solr;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.SolrException.ErrorCode;
import org.seesong.encoder.BatchingEncoder;
import org.seesong.encoder.EncoderException;
import org.seesong.encoder.EncoderOverloadedException;
import org.seesong.image.ImageDecoder;
import org.seesong.image.ImageException;
import org.seesong.image.ImageSize;
import org.seesong.image.RgbImage;
import org.seesong.vector.FloatVector;
import org.seesong.vector.VectorSpace;

/**
 * A node's encoder as one handler may use it: while no more than so many requests are between their
 * first byte and their vector. What comes beyond is refused at once, so that pictures cannot fill
 * the memory. Safe for any number of threads.
 */
final class NodeEncoder {
  private final Model model;
  private final EncoderSettings settings;

  /** A loaded model and the requests of all its users on this node. */
  static final class Model {
    private final BatchingEncoder encoder;
    private final AtomicInteger underWay = new AtomicInteger();
    private final NodeProcessors processors;
    private volatile boolean closed;

    Model(BatchingEncoder encoder, NodeProcessors processors) {
      this.encoder = encoder;
      this.processors = processors;
    }

    void close() {
      closed = true;
      encoder.close();
    }
  }

  NodeEncoder(Model model, EncoderSettings settings) {
    this.model = model;
    this.settings = settings;
  }

  /** A picture that is yet to be read. */
  interface Source {
    byte[] read() throws IOException;
  }

  VectorSpace space() {
    return new VectorSpace(model.encoder.id(), model.encoder.dimension());
  }

  /** Requests between first byte and vector, of all users of the model. */
  int underWay() {
    return model.underWay.get();
  }

  /**
   * Reads, decodes and encodes; refuses with 400, 413 or 503, or says that the node is at fault.
   */
  FloatVector encode(Source source, ImageDecoder decoder) throws IOException {
    int most = settings.queue();
    if (model.underWay.getAndUpdate(now -> now < most ? now + 1 : now) >= most) {
      throw new StatusException(
          ErrorCode.SERVICE_UNAVAILABLE.code,
          "encoder '"
              + model.encoder.id()
              + "' is busy with "
              + most
              + " pictures; retry in a moment");
    }
    try {
      RgbImage picture = decode(source.read(), decoder);
      return new FloatVector(model.encoder.encode(List.of(picture), settings.timeLimit()));
    } catch (ImageException e) {
      throw new SolrException(ErrorCode.BAD_REQUEST, e.getMessage(), e);
    } catch (EncoderOverloadedException e) {
      throw new StatusException(ErrorCode.SERVICE_UNAVAILABLE.code, e.getMessage());
    } catch (IllegalStateException e) {
      if (!model.closed) {
        throw e;
      }
      throw new StatusException(
          ErrorCode.SERVICE_UNAVAILABLE.code, "this node is stopping: " + e.getMessage());
    } catch (EncoderException e) {
      throw new SolrException(ErrorCode.SERVER_ERROR, e.getMessage(), e);
    } finally {
      model.underWay.decrementAndGet();
    }
  }

  private RgbImage decode(byte[] bytes, ImageDecoder decoder) throws IOException {
    ImageSize size = ImageSize.square(model.encoder.inputSize());
    return model.processors.compute(
        "decoding pictures",
        settings.timeLimit(),
        () -> decoder.decode(bytes, "picture", List.of(size)).get(0));
  }
}
