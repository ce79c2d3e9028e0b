package org.seesong.solr;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.apache.solr.core.CoreContainer;
import org.seesong.encoder.BatchingEncoder;
import org.seesong.encoder.BatchingOptions;
import org.seesong.encoder.ImageEncoder;
import org.seesong.encoder.ModelHome;

/**
 * The encoders of a node. Cores that want the same model share it, whatever queue and time limit
 * they set; the last to let go closes it. While one model is loaded, others can be opened and used.
 * Safe for any number of threads.
 */
final class NodeEncoders implements Closeable {
  private final Opener opener;
  private final NodeProcessors processors;
  private final Map<Key, Shared> models = new HashMap<>();
  private boolean closed;

  /** Loads a model. */
  interface Opener {
    ImageEncoder open(Path models, String name) throws IOException;
  }

  private record Key(Path models, String name) {
    static Key of(EncoderSettings settings) {
      return new Key(settings.models(), settings.name());
    }
  }

  /** A model that is loaded or about to be. All but the task is guarded by the owner's monitor. */
  private static final class Shared {
    private final FutureTask<NodeEncoder.Model> model;
    private final Map<EncoderSettings, NodeEncoder> encoders = new HashMap<>();
    private int users;

    Shared(FutureTask<NodeEncoder.Model> model) {
      this.model = model;
    }
  }

  NodeEncoders(NodeProcessors processors) {
    this((models, name) -> new ModelHome(models).open(name), processors);
  }

  NodeEncoders(Opener opener, NodeProcessors processors) {
    this.opener = opener;
    this.processors = processors;
  }

  /** The encoders of a node; made with the first core, closed with the node. */
  static NodeEncoders of(CoreContainer node) {
    // Cores that load the plugin by class loaders of their own cannot share.
    String key =
        NodeEncoders.class.getName()
            + '@'
            + System.identityHashCode(NodeEncoders.class.getClassLoader());
    NodeProcessors processors = NodeProcessors.of(node);
    return node.getObjectCache()
        .computeIfAbsent(key, NodeEncoders.class, absent -> new NodeEncoders(processors));
  }

  /**
   * Opens an encoder or joins its users; every call that returns is to be followed by one of {@link
   * #release}.
   */
  NodeEncoder acquire(EncoderSettings settings) throws IOException {
    Shared shared;
    synchronized (this) {
      if (closed) {
        throw new IllegalStateException("the node's encoders are closed");
      }
      shared =
          models.computeIfAbsent(
              Key.of(settings), key -> new Shared(new FutureTask<>(() -> load(key))));
      shared.users++;
    }
    // The first one loads, and the others wait for that model only.
    shared.model.run();
    NodeEncoder.Model model = loaded(settings, shared);
    synchronized (this) {
      return shared.encoders.computeIfAbsent(settings, each -> new NodeEncoder(model, each));
    }
  }

  private NodeEncoder.Model load(Key key) throws IOException {
    return new NodeEncoder.Model(
        new BatchingEncoder(
            opener.open(key.models(), key.name()),
            BatchingOptions.DEFAULT.withQueue(EncoderSettings.MAX_QUEUE)),
        processors);
  }

  private NodeEncoder.Model loaded(EncoderSettings settings, Shared shared) throws IOException {
    try {
      return shared.model.get();
    } catch (InterruptedException e) {
      release(settings);
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while model '" + settings.name() + "' loaded");
    } catch (ExecutionException e) {
      synchronized (this) {
        // The next one tries again.
        models.remove(Key.of(settings), shared);
      }
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
    }
  }

  /** Ends one use. */
  void release(EncoderSettings settings) {
    Shared shared;
    synchronized (this) {
      shared = models.get(Key.of(settings));
      if (shared == null || --shared.users > 0) {
        return;
      }
      models.remove(Key.of(settings));
    }
    close(shared);
  }

  /** Waits until it is loaded; so never to be called within the owner's monitor. */
  private static void close(Shared shared) {
    try {
      shared.model.get().close();
    } catch (ExecutionException e) {
      // It was never loaded; its callers got the reason.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** How many models are open. */
  synchronized int open() {
    return models.size();
  }

  @Override
  public void close() {
    List<Shared> rest = new ArrayList<>();
    synchronized (this) {
      closed = true;
      rest.addAll(models.values());
      models.clear();
    }
    rest.forEach(NodeEncoders::close);
  }
}
