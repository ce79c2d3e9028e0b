package org.seesong.solr;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.solr.core.CoreContainer;
import org.seesong.image.ModelHome;
import org.seesong.image.SharedEncoder;
import org.seesong.image.SharedEncoderOptions;

/**
 * The encoders of a node. Cores that want the same one share it; the last to let go closes it. Safe
 * for any number of threads.
 */
final class NodeEncoders implements Closeable {
  private final Map<EncoderSettings, Shared> encoders = new HashMap<>();
  private boolean closed;

  private static final class Shared {
    private final NodeEncoder encoder;
    private int users;

    Shared(NodeEncoder encoder) {
      this.encoder = encoder;
    }
  }

  /** The encoders of a node; made with the first core, closed with the node. */
  static NodeEncoders of(CoreContainer node) {
    // Cores that load the plugin by class loaders of their own cannot share.
    String key =
        NodeEncoders.class.getName()
            + '@'
            + System.identityHashCode(NodeEncoders.class.getClassLoader());
    return node.getObjectCache()
        .computeIfAbsent(key, NodeEncoders.class, absent -> new NodeEncoders());
  }

  /**
   * Opens an encoder or joins its users; every call is to be followed by one of {@link #release}.
   */
  synchronized NodeEncoder acquire(EncoderSettings settings) throws IOException {
    if (closed) {
      throw new IllegalStateException("the node's encoders are closed");
    }
    Shared shared = encoders.get(settings);
    if (shared == null) {
      SharedEncoder encoder =
          new SharedEncoder(
              new ModelHome(settings.models()).open(settings.name()),
              SharedEncoderOptions.DEFAULT
                  .withQueue(settings.queue())
                  .withTimeLimit(settings.timeLimit()));
      shared = new Shared(new NodeEncoder(encoder, settings));
      encoders.put(settings, shared);
    }
    shared.users++;
    return shared.encoder;
  }

  /** Ends one use. */
  void release(EncoderSettings settings) {
    NodeEncoder unused = null;
    synchronized (this) {
      Shared shared = encoders.get(settings);
      if (shared != null && --shared.users == 0) {
        encoders.remove(settings);
        unused = shared.encoder;
      }
    }
    if (unused != null) {
      unused.close();
    }
  }

  /** How many encoders are open. */
  synchronized int open() {
    return encoders.size();
  }

  @Override
  public void close() {
    List<NodeEncoder> rest = new ArrayList<>();
    synchronized (this) {
      closed = true;
      encoders.values().forEach(shared -> rest.add(shared.encoder));
      encoders.clear();
    }
    rest.forEach(NodeEncoder::close);
  }
}
