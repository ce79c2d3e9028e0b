package org.seesong.server;

import java.io.IOException;
import java.util.Objects;
import org.seesong.encoder.BatchingEncoder;
import org.seesong.encoder.BatchingOptions;
import org.seesong.encoder.ImageEncoder;
import org.seesong.encoder.ModelHome;
import org.seesong.index.IndexMetadata;

/**
 * Opens encoders, each once: indexes that are served one after another share theirs, and the last
 * one that lets go closes it. Safe for any number of threads.
 */
final class Encoders {
  private final ModelHome models;
  private final BatchingOptions options;
  private Shared current;

  Encoders(ModelHome models, BatchingOptions options) {
    this.models = Objects.requireNonNull(models, "models");
    this.options = Objects.requireNonNull(options, "options");
  }

  /** An encoder that some indexes use. Its count is guarded by the outer object. */
  private static final class Shared {
    private final BatchingEncoder encoder;
    private int users;

    private Shared(BatchingEncoder encoder) {
      this.encoder = encoder;
    }
  }

  /** The right to use an encoder until it is closed. */
  final class Lease implements AutoCloseable {
    private final Shared shared;

    private Lease(Shared shared) {
      this.shared = shared;
    }

    BatchingEncoder encoder() {
      return shared.encoder;
    }

    @Override
    public void close() {
      release(shared);
    }
  }

  /**
   * The encoder of an index.
   *
   * @throws IOException if it is not installed, damaged, or another than the index's
   * @throws org.seesong.encoder.EncoderException if its engine does not start or load it
   */
  synchronized Lease open(IndexMetadata metadata) throws IOException {
    if (current == null || !current.encoder.space().equals(metadata.encoderSpace())) {
      ImageEncoder opened = models.open(metadata.encoderName());
      try {
        metadata.checkEncoder(opened.space(), "the index");
      } catch (IOException e) {
        opened.close();
        throw e;
      }
      current = new Shared(new BatchingEncoder(opened, options));
    }
    current.users++;
    return new Lease(current);
  }

  private void release(Shared shared) {
    synchronized (this) {
      shared.users--;
      if (shared.users > 0) {
        return;
      }
      if (shared.equals(current)) {
        current = null;
      }
    }
    shared.encoder.close(); // takes as long as a batch
  }
}
