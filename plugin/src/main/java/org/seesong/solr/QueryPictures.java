package org.seesong.solr;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.util.Optional;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.SolrException.ErrorCode;
import org.apache.solr.core.CloseHook;
import org.apache.solr.core.SolrCore;
import org.seesong.encoder.EncoderException;
import org.seesong.image.ImageDecoder;
import org.seesong.index.IndexLayout;
import org.seesong.vector.FloatVector;
import org.seesong.vector.VectorSpace;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns the picture of a request into a point of visual space, by the node's encoder or as the
 * client says. Belongs to one core. Safe for any number of threads once open.
 */
final class QueryPictures {
  private static final Logger LOG = LoggerFactory.getLogger(MethodHandles.lookup().lookupClass());

  private final Optional<EncoderSettings> settings;
  private final ImageDecoder decoder;
  private final PictureUrls urls;
  private volatile NodeEncoder encoder;
  private volatile String problem =
      "this collection takes no pictures, only vectors: the handler's 'encoder' is 'none'; send "
          + ImageRequest.VECTOR
          + " and "
          + ImageRequest.ENCODER;

  QueryPictures(HandlerSettings settings) {
    this.settings = settings.encoder();
    this.decoder = new ImageDecoder(settings.limits());
    this.urls =
        new PictureUrls(
            settings.urlAllowList(),
            settings.urlPrivateAddresses(),
            settings.limits().maxBytes(),
            settings.timeLimit());
  }

  /** Opens the encoder for as long as the core is; without it the core still takes vectors. */
  void open(SolrCore core) {
    if (settings.isEmpty()) {
      return;
    }
    NodeEncoders encoders = NodeEncoders.of(core.getCoreContainer());
    try {
      encoder = encoders.acquire(settings.get());
      core.addCloseHook(
          new CloseHook() {
            @Override
            public void postClose(SolrCore closed) {
              encoders.release(settings.get());
            }
          });
    } catch (IOException | EncoderException e) {
      problem =
          "this node's encoder '" + settings.get().name() + "' is not there: " + e.getMessage();
      LOG.error("{}", problem, e);
    }
  }

  int underWay() {
    NodeEncoder open = encoder;
    return open == null ? 0 : open.underWay();
  }

  TwoHopCoordinator.Target encode(ImageRequest image, Optional<PictureBody> body)
      throws IOException {
    NodeEncoder.Source source = body.isPresent() ? body.get() : urls.source(image.value());
    NodeEncoder open = encoder;
    if (open == null) {
      throw new SolrException(
          settings.isEmpty() ? ErrorCode.BAD_REQUEST : ErrorCode.SERVER_ERROR, problem);
    }
    return target(open.encode(source, decoder), open.space());
  }

  /** A vector that the client made, and says by what. */
  static TwoHopCoordinator.Target vector(ImageRequest image) {
    if (image.encoder().isEmpty()) {
      throw new SolrException(
          ErrorCode.BAD_REQUEST,
          ImageRequest.VECTOR
              + " needs "
              + ImageRequest.ENCODER
              + ", the id of the encoder that made it");
    }
    FloatVector vector = HopParams.decode(ImageRequest.VECTOR, image.value());
    try {
      return target(vector, new VectorSpace(image.encoder(), vector.dimension()));
    } catch (IllegalArgumentException e) {
      throw new SolrException(
          ErrorCode.BAD_REQUEST, ImageRequest.ENCODER + ": " + e.getMessage(), e);
    }
  }

  private static TwoHopCoordinator.Target target(FloatVector vector, VectorSpace space) {
    double norm = vector.norm();
    if (norm == 0) {
      throw new SolrException(
          ErrorCode.BAD_REQUEST,
          "the picture's vector is all zeros: the encoder found nothing in it; try another one");
    }
    if (norm > IndexLayout.MAX_NORM) {
      throw new SolrException(
          ErrorCode.BAD_REQUEST,
          "the picture's vector must have a length of at most "
              + IndexLayout.MAX_NORM
              + "; got: "
              + norm);
    }
    return new TwoHopCoordinator.Target(vector, space);
  }
}
