package org.seesong.app;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A print stream that remembers why it could not write; an ordinary one only that it could not. */
final class DataStream extends PrintStream {
  private final Watched watched;
  private boolean standardOutput;

  DataStream(OutputStream out) {
    this(new Watched(out));
  }

  private DataStream(Watched watched) {
    super(watched, true, StandardCharsets.UTF_8);
    this.watched = watched;
  }

  /** Standard output of this process. */
  static DataStream standardOutput() {
    DataStream stream = new DataStream(new FileOutputStream(FileDescriptor.out));
    stream.standardOutput = true;
    return stream;
  }

  boolean isStandardOutput() {
    return standardOutput;
  }

  /** The first failure. */
  Optional<IOException> failure() {
    return Optional.ofNullable(watched.failure);
  }

  private static final class Watched extends FilterOutputStream {
    private volatile IOException failure;

    Watched(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int single) throws IOException {
      write(new byte[] {(byte) single}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      try {
        out.write(bytes, from, length);
      } catch (IOException e) {
        if (failure == null) {
          failure = e;
        }
        throw e;
      }
    }
  }
}
