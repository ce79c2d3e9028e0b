package org.seesong.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.CopyOption;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.apache.lucene.tests.mockfile.FilterFileChannel;
import org.apache.lucene.tests.mockfile.FilterFileSystemProvider;
import org.apache.lucene.tests.mockfile.FilterOutputStream2;

/**
 * The ordinary file system, in which every change can be counted and made to fail, and whose power
 * can go off: then everything is refused until {@link #loseWhatWasNotSynced}, which cuts files at a
 * point behind their last sync, and takes back the newest moves into folders that were not synced
 * since. A write is two changes, so that it can fail in its middle.
 *
 * <p>Files that are opened by {@link Path#toFile} are written past it.
 */
public final class FaultyDisk extends FilterFileSystemProvider {
  /** A sort of change. */
  public enum Change {
    /** A file or folder begins. */
    CREATE,
    /** Half of the bytes that are written at once. */
    WRITE,
    /** Bytes, or a folder's entries, are made to last. */
    SYNC,
    /** A file or folder gets another name. */
    MOVE,
    /** A file or folder goes. */
    DELETE
  }

  /** Decides on each change before it is done. */
  @FunctionalInterface
  public interface Fault {
    /**
     * Lets it happen, or not.
     *
     * @param number counts changes from 1
     * @throws IOException if it is to fail
     */
    void before(Change change, long number) throws IOException;
  }

  /** A move that its folder does not know for sure. */
  private record Moved(Path from, Path to, byte[] before) {}

  private final Map<Path, Long> lasting = new TreeMap<>();
  private final List<Moved> moves = new ArrayList<>();
  private Fault fault = (change, number) -> {};
  private long changes;

  /** A disk without faults. */
  public FaultyDisk() {
    super("faulty://", FileSystems.getDefault());
  }

  /** A path of the ordinary file system as one of this. */
  public Path path(Path path) {
    return wrapPath(path.toAbsolutePath());
  }

  /** Counts from 1 again, with this fault from now on. */
  public synchronized void set(Fault next) {
    fault = next;
    changes = 0;
  }

  /** Fails every change from a number on. */
  public void offAt(long number) {
    set(
        (change, now) -> {
          if (now >= number) {
            throw new IOException("the power is off");
          }
        });
  }

  /** Has no room for a file or a byte from a number on. */
  public void fullAt(long number) {
    set(
        (change, now) -> {
          if (now >= number && (change == Change.CREATE || change == Change.WRITE)) {
            throw new IOException("No space left on device");
          }
        });
  }

  /** Changes since the fault was set. */
  public synchronized long changes() {
    return changes;
  }

  /** A change that the test knows of, though it was done past this disk. */
  public void passedBy() {
    try {
      before(Change.WRITE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Holds the disk while it decides, so that a fault that waits stops all other threads, too. */
  private synchronized void before(Change change) throws IOException {
    changes++;
    fault.before(change, changes);
  }

  /** What the disk holds when the power is back; no fault from then on. */
  public synchronized void loseWhatWasNotSynced(SplittableRandom random) throws IOException {
    set((change, number) -> {});
    int last = moves.isEmpty() ? 0 : random.nextInt(moves.size() + 1);
    for (int i = moves.size() - 1; i >= last; i--) {
      takeBack(moves.get(i));
    }
    moves.clear();
    for (Map.Entry<Path, Long> file : lasting.entrySet()) {
      if (Files.isRegularFile(file.getKey(), LinkOption.NOFOLLOW_LINKS)) {
        try (FileChannel channel = FileChannel.open(file.getKey(), StandardOpenOption.WRITE)) {
          long size = channel.size();
          channel.truncate(random.nextLong(Math.min(size, file.getValue()), size + 1));
        }
      }
    }
    lasting.clear();
  }

  private void takeBack(Moved move) throws IOException {
    if (!Files.exists(move.to()) || Files.exists(move.from())) {
      return; // gone since
    }
    Files.createDirectories(move.from().getParent());
    Files.move(move.to(), move.from());
    rename(move.to(), move.from());
    if (move.before() != null) {
      Files.write(move.to(), move.before());
    }
  }

  private void rename(Path from, Path to) {
    Map<Path, Long> moved = new TreeMap<>();
    lasting.keySet().removeIf(file -> file.startsWith(to));
    lasting.forEach(
        (file, length) -> {
          if (file.startsWith(from)) {
            moved.put(file.equals(from) ? to : to.resolve(from.relativize(file)), length);
          }
        });
    lasting.keySet().removeIf(file -> file.startsWith(from));
    lasting.putAll(moved);
  }

  private synchronized void written(Path file, long from) {
    lasting.merge(file, from, Math::min);
  }

  private synchronized void synced(Path path) {
    lasting.remove(path);
    moves.removeIf(move -> move.to().getParent().equals(path));
  }

  @Override
  public void createDirectory(Path folder, FileAttribute<?>... attributes) throws IOException {
    if (!Files.exists(toDelegate(folder))) {
      before(Change.CREATE);
    }
    super.createDirectory(folder, attributes);
  }

  @Override
  public void delete(Path path) throws IOException {
    before(Change.DELETE);
    super.delete(path);
    forget(toDelegate(path));
  }

  @Override
  public boolean deleteIfExists(Path path) throws IOException {
    if (!Files.exists(toDelegate(path), LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    before(Change.DELETE);
    boolean gone = super.deleteIfExists(path);
    forget(toDelegate(path));
    return gone;
  }

  private synchronized void forget(Path path) {
    lasting.remove(path);
  }

  @Override
  public void copy(Path from, Path to, CopyOption... options) throws IOException {
    before(Change.CREATE);
    super.copy(from, to, options);
    if (Files.isRegularFile(toDelegate(to))) {
      written(toDelegate(to), 0);
    }
    before(Change.WRITE);
  }

  @Override
  public void move(Path from, Path to, CopyOption... options) throws IOException {
    before(Change.MOVE);
    Path old = toDelegate(from);
    Path now = toDelegate(to);
    byte[] replaced =
        List.of(options).contains(StandardCopyOption.REPLACE_EXISTING) && Files.isRegularFile(now)
            ? Files.readAllBytes(now)
            : null;
    super.move(from, to, options);
    synchronized (this) {
      rename(old, now);
      moves.add(new Moved(old, now, replaced));
    }
  }

  private void opening(Path path, Set<? extends OpenOption> options) throws IOException {
    boolean there = Files.exists(path);
    if (!there) {
      before(Change.CREATE);
    }
    if (!there || options.contains(StandardOpenOption.TRUNCATE_EXISTING)) {
      written(path, 0);
    }
  }

  @Override
  public OutputStream newOutputStream(Path path, OpenOption... options) throws IOException {
    Path file = toDelegate(path);
    opening(file, Set.of(options));
    OutputStream out = super.newOutputStream(path, options);
    return new FilterOutputStream2(out) {
      @Override
      public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
      }

      @Override
      public void write(byte[] bytes) throws IOException {
        write(bytes, 0, bytes.length);
      }

      @Override
      public void write(byte[] bytes, int from, int length) throws IOException {
        before(Change.WRITE);
        delegate.write(bytes, from, length / 2);
        before(Change.WRITE);
        delegate.write(bytes, from + length / 2, length - length / 2);
      }
    };
  }

  @Override
  public FileChannel newFileChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    Path file = toDelegate(path);
    if (options.contains(StandardOpenOption.WRITE) || options.contains(StandardOpenOption.APPEND)) {
      opening(file, options);
    }
    return new Watched(super.newFileChannel(path, options, attributes), file);
  }

  /** Tells of writes and syncs. */
  private final class Watched extends FilterFileChannel {
    private final Path file;

    Watched(FileChannel delegate, Path file) {
      super(delegate);
      this.file = file;
    }

    @Override
    public int write(ByteBuffer bytes) throws IOException {
      int length = bytes.remaining();
      before(Change.WRITE);
      written(file, delegate.size());
      int end = bytes.limit();
      bytes.limit(bytes.position() + length / 2);
      writeAll(bytes);
      bytes.limit(end);
      before(Change.WRITE);
      writeAll(bytes);
      return length;
    }

    private void writeAll(ByteBuffer bytes) throws IOException {
      while (bytes.hasRemaining()) {
        delegate.write(bytes);
      }
    }

    @Override
    public void force(boolean metaData) throws IOException {
      try {
        before(Change.SYNC);
      } catch (IOException e) {
        if (Files.isDirectory(file)) {
          return; // Lucene's assertions hold this for impossible
        }
        throw e;
      }
      delegate.force(metaData);
      synced(file);
    }
  }
}
