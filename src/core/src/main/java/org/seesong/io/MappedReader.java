package org.seesong.io;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexInput;
import org.apache.lucene.store.MMapDirectory;
import org.apache.lucene.util.IOUtils;

/**
 * Reads a growing file through memory maps.
 *
 * <p>A map has the length that the file had when it was made. Bytes behind it are read with
 * ordinary reads until they are as many as the mapped ones (and at least {@value #MIN_TAIL_BYTES});
 * then the whole file is mapped anew. So the number of maps grows with the logarithm of the file.
 * Older maps stay until {@link #close}, because other threads may be reading them.
 *
 * <p>Safe for any number of threads.
 */
final class MappedReader implements Closeable {
  private static final int MIN_TAIL_BYTES = 1 << 20;

  private final MMapDirectory folder;
  private final String name;
  private final FileBytes bytes;
  private final List<IndexInput> maps = new ArrayList<>();
  private volatile IndexInput current;
  private boolean closed;

  MappedReader(MMapDirectory folder, String name, FileBytes bytes) {
    this.folder = folder;
    this.name = name;
    this.bytes = bytes;
  }

  /** Copies bytes that are known to be in the file. */
  void read(long position, byte[] into, int length) throws IOException {
    IndexInput map = mapFor(position + length);
    if (position + length <= map.length()) {
      IndexInput own = map.clone();
      own.seek(position);
      own.readBytes(into, 0, length);
    } else {
      bytes.read(position, into, length);
    }
  }

  private IndexInput mapFor(long end) throws IOException {
    IndexInput map = current;
    return map != null && end - map.length() <= tailLimit(map) ? map : grow(end);
  }

  private synchronized IndexInput grow(long end) throws IOException {
    if (closed) {
      throw new IOException(name + " is closed");
    }
    if (current == null || end - current.length() > tailLimit(current)) {
      IndexInput map = folder.openInput(name, IOContext.DEFAULT);
      maps.add(map);
      current = map;
    }
    return current;
  }

  private static long tailLimit(IndexInput map) {
    return Math.max(MIN_TAIL_BYTES, map.length());
  }

  @Override
  public synchronized void close() throws IOException {
    closed = true;
    IOUtils.close(maps);
  }
}
