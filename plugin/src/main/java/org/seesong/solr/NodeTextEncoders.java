package org.seesong.solr;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.SolrException.ErrorCode;
import org.apache.solr.core.CoreContainer;
import org.seesong.encoder.EncoderException;
import org.seesong.encoder.TextEncoder;
import org.seesong.encoder.TextModel;
import org.seesong.query.TwoHopQuery;
import org.seesong.vector.VectorSpace;

/**
 * The text encoders of a node, each opened by the first request with words of its space and shared
 * by all cores until the node stops: about 0.3 s and 100 MB. Requests encode in their turn, see
 * {@link NodeProcessors}. Safe for any number of threads.
 */
final class NodeTextEncoders implements Closeable {
  private final Opener opener;
  private final Map<String, TextEncoder> encoders = new HashMap<>();
  private final NodeProcessors processors;
  private boolean closed;

  /** Loads a text encoder by its id. */
  interface Opener {
    TextEncoder open(String id) throws IOException;
  }

  NodeTextEncoders(Opener opener, NodeProcessors processors) {
    this.opener = opener;
    this.processors = processors;
  }

  /** The text encoders of a node; closed with it. */
  static NodeTextEncoders of(CoreContainer node) {
    // Cores that load the plugin by class loaders of their own cannot share.
    String key =
        NodeTextEncoders.class.getName()
            + '@'
            + System.identityHashCode(NodeTextEncoders.class.getClassLoader());
    NodeProcessors processors = NodeProcessors.of(node);
    return node.getObjectCache()
        .computeIfAbsent(
            key,
            NodeTextEncoders.class,
            absent -> new NodeTextEncoders(TextModel::openEncoder, processors));
  }

  /**
   * Encodes the words of a request; refuses with 503, or says that the node is at fault.
   *
   * @param space of the songs' text embeddings
   * @param timeLimit how long to wait for a turn
   */
  TwoHopQuery.Words encode(WordsRequest request, VectorSpace space, Duration timeLimit) {
    try {
      return processors.compute(
          "encoding words",
          timeLimit,
          () -> TwoHopQuery.Words.encode(open(space.id()), request.words(), request.without()));
    } catch (IOException e) {
      throw new SolrException(
          ErrorCode.SERVER_ERROR,
          "this node cannot encode words: "
              + e.getMessage()
              + " (jars go into modules/seesong/lib of every node, which then needs a restart;"
              + " clients may send "
              + WordsRequest.VECTOR
              + " instead)",
          e);
    } catch (EncoderException e) {
      throw new SolrException(
          ErrorCode.SERVER_ERROR, "this node cannot encode words: " + e.getMessage(), e);
    } catch (IllegalStateException e) {
      throw new StatusException(
          ErrorCode.SERVICE_UNAVAILABLE.code, "this node is stopping: " + e.getMessage());
    }
  }

  private synchronized TextEncoder open(String id) throws IOException {
    if (closed) {
      throw new IllegalStateException("the node's text encoders are closed");
    }
    TextEncoder encoder = encoders.get(id);
    if (encoder == null) {
      encoder = opener.open(id);
      encoders.put(id, encoder);
    }
    return encoder;
  }

  @Override
  public synchronized void close() {
    closed = true;
    encoders.values().forEach(TextEncoder::close);
    encoders.clear();
  }
}
