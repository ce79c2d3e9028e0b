package org.seesong.solr;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
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
 * by all cores until the node stops: about 0.3 s and 100 MB. As many requests as there are
 * processors encode at once, and others wait. Safe for any number of threads.
 */
final class NodeTextEncoders implements Closeable {
  private final Opener opener;
  private final Map<String, TextEncoder> encoders = new HashMap<>();
  private final Semaphore turns = new Semaphore(Runtime.getRuntime().availableProcessors(), true);
  private boolean closed;

  /** Loads a text encoder by its id. */
  interface Opener {
    TextEncoder open(String id) throws IOException;
  }

  NodeTextEncoders(Opener opener) {
    this.opener = opener;
  }

  /** The text encoders of a node; closed with it. */
  static NodeTextEncoders of(CoreContainer node) {
    // Cores that load the plugin by class loaders of their own cannot share.
    String key =
        NodeTextEncoders.class.getName()
            + '@'
            + System.identityHashCode(NodeTextEncoders.class.getClassLoader());
    return node.getObjectCache()
        .computeIfAbsent(
            key, NodeTextEncoders.class, absent -> new NodeTextEncoders(TextModel::openEncoder));
  }

  /**
   * Encodes the words of a request; refuses with 503, or says that the node is at fault.
   *
   * @param space of the songs' text embeddings
   * @param timeLimit how long to wait for a turn
   */
  TwoHopQuery.Words encode(WordsRequest request, VectorSpace space, Duration timeLimit) {
    try {
      if (!turns.tryAcquire(timeLimit.toMillis(), TimeUnit.MILLISECONDS)) {
        throw unavailable("this node is busy encoding words; retry soon");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable("interrupted while words waited");
    }
    try {
      return TwoHopQuery.Words.encode(open(space.id()), request.words(), request.without());
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
      throw unavailable("this node is stopping: " + e.getMessage());
    } finally {
      turns.release();
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

  private static StatusException unavailable(String message) {
    return new StatusException(ErrorCode.SERVICE_UNAVAILABLE.code, message);
  }

  @Override
  public synchronized void close() {
    closed = true;
    encoders.values().forEach(TextEncoder::close);
    encoders.clear();
  }
}
